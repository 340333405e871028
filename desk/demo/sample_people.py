"""Sample people for a training record: offices, not invented persons, at addresses that are nobody's.

The consents are examples and say so; no State has been asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.core.workspace import Workspace
from casework.people.appointments import Appointment
from casework.people.holds import hold
from casework.people.mandates import add_mandate
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import Role, powers

TREATY = "att"  # of the demonstration
_FROM = date(2022, 1, 1)
_CONSENT = "example: no note verbale was sent"


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """An office, the mandate it holds, and the language it reads."""

    office: str
    address: str
    language: str
    role: Role
    of: str
    region: str | None = None

    @property
    def is_secretariat(self) -> bool:
        """Tell whether it keeps the record."""
        return powers(self.role).is_secretariat

    @property
    def appointment(self) -> Appointment:
        """The mandate to give."""
        consent = _CONSENT if powers(self.role).by_consent else None
        return Appointment(role=self.role, of=self.of, from_=_FROM, region=self.region, consent=consent, treaty=TREATY)


def _coordinator(region: str, state: str, language: str) -> Sample:
    return Sample(
        office=f"Regional coordinator, {region} (sample)",
        address=address_of_coordinator(region),
        language=language,
        role=Role.COORDINATOR,
        of=state,
        region=region,
    )


def address_of_coordinator(region: str) -> str:
    """Return the address of a region's sample coordinator."""
    return f"coordinator@{region.lower()}.example"


def _champion(region: str, state: str, language: str) -> Sample:
    return Sample(
        office=f"Regional champion, {region}, for {state} (sample)",
        address=f"champion.{state.lower()}@{region.lower()}.example",
        language=language,
        role=Role.CHAMPION,
        of=state,
        region=region,
    )


#: Each State was a party at the beginning of 2022.
SAMPLES = (
    Sample(
        office="ATT Secretariat (sample)",
        address="office@secretariat.example",
        language="en",
        role=Role.SECRETARIAT,
        of="ATT Secretariat",
    ),
    _coordinator("Asia", "KOR", "en"),
    _champion("Asia", "JPN", "en"),
    _champion("Asia", "LBN", "fr"),
    _coordinator("Africa", "ZAF", "en"),
    _champion("Africa", "NAM", "en"),
    _champion("Africa", "SEN", "fr"),
    _coordinator("Americas", "MEX", "es"),
    _champion("Americas", "CRI", "es"),
    _coordinator("Europe", "LVA", "en"),
    _champion("Europe", "DEU", "en"),
    _coordinator("Oceania", "NZL", "en"),
    _champion("Oceania", "AUS", "en"),
)

#: Through whose eyes a newcomer may look: the Secretariat's, and those of the newcomer's region.
GUIDES = tuple(s for s in SAMPLES if s.is_secretariat or s.of in ("ZAF", "NAM"))


def fill_offices(workspace: Workspace) -> None:
    """Put the sample offices on file with their mandates."""
    for sample in SAMPLES:
        person = add_person(workspace, sample.office, email=sample.address, language=sample.language, reader=OPERATOR)
        mandate = add_mandate(workspace, sample.appointment, reader=OPERATOR).mandate
        hold(workspace, person, mandate, from_=_FROM, lead=True, reader=OPERATOR, treaty=None)
