"""Sample offices for a training record: offices, not invented people, at addresses that are nobody's.

The consents are examples and say so; no State has been asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.holding import hold
from casework.mandates import add_mandate
from casework.office import Office
from casework.people import add_person
from casework.terms import Appointment
from pathways.grammar.clearance import Role

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
    def appointment(self) -> Appointment:
        """The mandate to give."""
        consent = _CONSENT if self.role is Role.CHAMPION else None
        return Appointment(role=self.role, of=self.of, from_=_FROM, region=self.region, consent=consent)


def _serving(region: str, language: str, coordinator: str, champion: str) -> tuple[Sample, Sample]:
    """Return the two offices of a region; coordinator and champion are given by State."""
    place = region.lower()
    return (
        Sample(
            office=f"Regional coordinator, {region} (sample)",
            address=f"coordinator@{place}.example",
            language=language,
            role=Role.COORDINATOR,
            of=coordinator,
            region=region,
        ),
        Sample(
            office=f"Regional champion, {region} (sample)",
            address=f"champion@{place}.example",
            language=language,
            role=Role.CHAMPION,
            of=champion,
            region=region,
        ),
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
    *_serving("Asia", "en", "KOR", "JPN"),
    *_serving("Africa", "fr", "ZAF", "SEN"),
    *_serving("Americas", "es", "MEX", "CRI"),
)


def fill_offices(office: Office) -> None:
    """Put the sample offices on file with their mandates."""
    for sample in SAMPLES:
        person = add_person(office, sample.office, email=sample.address, language=sample.language)
        mandate = add_mandate(office, sample.appointment).mandate
        hold(office, person, mandate, from_=_FROM, lead=True)
