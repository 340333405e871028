"""Participation as the public knows it: who has deposited and signed on a day, and what has changed.

Read through the eyes of anyone, so that nothing else can come into it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from casework.core.as_of import AsOf, in_region, look
from casework.core.workspace import Workspace
from models.ledger import dossiers as dossier_rows
from pathways.grammar.clearance import ANYONE
from pathways.grammar.dates import PartialDate, Precision
from pathways.grammar.dossier import Dossier
from pathways.grammar.legal import DEPOSIT
from pathways.grammar.stages import Instrument, LegalStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class Share:
    """How many States of a region have deposited, have signed alone, and have done neither."""

    states: int
    deposits: int
    signatories: int

    @property
    def neither(self) -> int:
        """Return how many have neither deposited nor signed."""
        return self.states - self.deposits - self.signatories

    @property
    def per_cent(self) -> int:
        """Return the share of States that have deposited, to the nearest per cent."""
        return round(100 * self.deposits / self.states) if self.states else 0


@dataclass(frozen=True, kw_only=True)
class Participation:
    """The public facts of every State on a day. Dossiers are those that anyone may read."""

    on: date
    known: date
    regions: Mapping[str, str]
    dossiers: Mapping[str, Dossier]

    @cached_property
    def total(self) -> Share:
        """Return the share of all States."""
        return _share([*self.dossiers.values()])

    @cached_property
    def by_region(self) -> Mapping[str, Share]:
        """Return the share of each region, in the order of their names."""
        names = sorted(set(self.regions.values()))
        return {name: _share([d for s, d in self.dossiers.items() if self.regions[s] == name]) for name in names}

    @property
    def in_force(self) -> int:
        """Count the States for which the treaty is in force."""
        forces = [(d.legal.is_in_hand, d.legal.entry_into_force) for d in self.dossiers.values()]
        return sum(in_hand and force is not None and force.last <= self.on for in_hand, force in forces)

    @property
    def accessions(self) -> int:
        """Count the States that deposited without having signed."""
        return sum(d.legal.is_in_hand and d.legal.instrument is Instrument.ACCESSION for d in self.dossiers.values())

    @property
    def withdrawn(self) -> int:
        """Count the States that have withdrawn."""
        return sum(d.legal.status is LegalStatus.WITHDRAWN for d in self.dossiers.values())

    @property
    def unconfirmed(self) -> int:
        """Count the States of which an act is not yet confirmed by a file of the depositary."""
        return sum(bool(dossier.unconfirmed) for dossier in self.dossiers.values())

    def deposited(self) -> dict[str, PartialDate]:
        """Return the day of each deposit that is in effect, the earliest first."""
        found = {s: d.legal.deposit for s, d in self.dossiers.items() if d.legal.is_in_hand}
        days = {state: act.effective for state, act in found.items() if act is not None}
        return dict(sorted(days.items(), key=lambda one: (one[1].last, one[0])))

    def imprecise(self) -> list[str]:
        """Return the States whose day of deposit is known to the month or year alone."""
        return [state for state, day in self.deposited().items() if day.precision is not Precision.DAY]

    def signatories(self, region: str) -> list[str]:
        """Return the States of a region that have signed and not deposited."""
        return [s for s, d in self.dossiers.items() if self.regions[s] == region and _only_signed(d)]

    def by_year(self) -> dict[int, int]:
        """Return how many deposits in effect were made in each year, from the first to that of the day."""
        counts = Counter(day.first.year for day in self.deposited().values())
        return {year: counts[year] for year in range(min((*counts, self.on.year)), self.on.year + 1)}

    def between(self, after: date, until: date) -> int:
        """Count the deposits in effect that were made after a day and until another."""
        return sum(after < _counted(d) <= until for d in self.dossiers.values() if d.legal.is_in_hand)

    def since(self, day: date) -> dict[str, PartialDate]:
        """Return the deposits in effect that were made after a day."""
        return {s: on for s, on in self.deposited().items() if _counted(self.dossiers[s]) > day}


def participation(
    workspace: Workspace, *, treaty: str, on: date | None, known: date | None, region: str | None = None
) -> Participation:
    """Read who takes part in a treaty on a day, as was known on a day; UnknownRegion names the regions there are."""
    asked = look(workspace, treaty=treaty, on=on, known=known, reader=ANYONE)
    with workspace.reading() as connection:
        found = in_region(dossier_rows.records(connection, treaty), region)
        facts = dossier_rows.all_facts(connection, treaty)
    dossiers = {record.state: asked.dossier(record.state, facts.get(record.id, [])) for record in found}
    return _of(asked, dossiers, {record.state: record.region for record in found})


def _of(asked: AsOf, dossiers: Mapping[str, Dossier], regions: Mapping[str, str]) -> Participation:
    return Participation(on=asked.on, known=asked.known, regions=regions, dossiers=dossiers)


def _share(found: list[Dossier]) -> Share:
    return Share(
        states=len(found),
        deposits=sum(dossier.legal.is_in_hand for dossier in found),
        signatories=sum(map(_only_signed, found)),
    )


def _only_signed(dossier: Dossier) -> bool:
    return dossier.legal.status is LegalStatus.SIGNATORY


def _counted(dossier: Dossier) -> date:
    """Return the day from which a deposit counts."""
    deposit = dossier.legal.deposit
    assert deposit is not None, DEPOSIT
    return deposit.counts_from
