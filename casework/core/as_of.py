"""As of: the day a view shows, what was known on which day, and who reads it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar
from zoneinfo import ZoneInfo

from casework.core.workspace import Workspace
from models.store.engine import Connection
from pathways.grammar.clearance import Reader, may_know_reports, may_know_stage
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from pathways.grammar.refusals import Refused, refusal

if TYPE_CHECKING:
    from sources.states import Register


class UnknownRegion(Refused, LookupError):
    """The record groups no State under this name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AsOf:
    """One reader's look at one treaty: as of a day, as known at the end of another."""

    pathway: Pathway
    on: date
    known: date
    until: datetime | None  # None: everything known now
    reader: Reader
    is_today: bool
    register: Callable[[Connection], Register]  # the States as they were called on the day

    def dossier(self, state: str, facts: Sequence[Fact], *, on: date | None = None) -> Dossier:
        """Return what a State's facts add up to, on this look's day unless another is named."""
        day = on or self.on
        return project(self.pathway, state, facts, on=day, known=self.until, reader=self.reader)

    def may_know_stage(self, state: str) -> bool:
        """Tell whether the reader may know our assessment of a State: stage, tier and what is missing."""
        return may_know_stage(self.reader, state)

    def may_know_reports(self, state: str) -> bool:
        """Tell whether the reader may know which reports came; to others a duty might look undone that was done."""
        return may_know_reports(self.reader, state)


def look(workspace: Workspace, *, treaty: str, on: date | None, known: date | None, reader: Reader) -> AsOf:
    """Settle what was left open: the record's day, and everything known by now."""
    today = workspace.today()
    return AsOf(
        pathway=workspace.pathway(treaty),
        on=on or today,
        known=known or today,
        until=None if known is None else _end_of(known, workspace.settings.timezone),
        reader=reader,
        is_today=on is None or on == today,
        register=partial(workspace.register, on=on),
    )


def _end_of(day: date, zone: ZoneInfo) -> datetime:
    """Return the last instant of a day in the record's zone; `known` compares with it (ledger, Dates)."""
    if day == date.max:
        return datetime.combine(day, time.max, zone)
    return datetime.combine(day + timedelta(days=1), time.min, zone) - timedelta(microseconds=1)


class InRegion(Protocol):
    """Whatever a region is known of."""

    @property
    def region(self) -> str:
        """Return the region, empty where the record knows of none."""


Placed = TypeVar("Placed", bound=InRegion)


def in_region(found: Sequence[Placed], region: str | None) -> list[Placed]:
    """Return the dossiers of one region, or all of them; case does not matter."""
    if region is None:
        return list(found)
    regions = {record.region.casefold() for record in found if record.region}
    if region.casefold() not in regions:
        names = tuple(sorted({record.region for record in found if record.region}))
        raise UnknownRegion(refusal("no_such_region", field="region", region=region, regions=names))
    return [record for record in found if record.region.casefold() == region.casefold()]
