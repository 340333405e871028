"""The overview: how a treaty stands for its reader today, in a sentence, on the map, and stage by stage.

Counts what the reader may know and nothing else; the depositary's public word is everybody's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import UnknownRegion
from casework.core.workspace import Workspace
from casework.overview.board import StageColumn, column_of
from casework.overview.cases import Case, Cases, cases
from casework.overview.memo import Memos
from casework.overview.pressing_matters import PressingMatter, late_first
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Word, refusal
from pathways.grammar.roles import Reach
from pathways.grammar.stages import Stage

EVERYWHERE = "all"
_THIS_WEEK = range(7)  # days from today on


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A region of the record and how many States it has."""

    region: str
    states: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """How a region stands, in numbers. `apart`: coming, but paused or declined, and so not counted as on the way.

    `this_week`: dates of the seven days from today on.
    """

    states: int
    parties: int
    on_the_way: int
    apart: int
    late: int
    this_week: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """A State Party, with the year of its deposit."""

    state: str
    name: str
    year: int | None
    matter: PressingMatter | None


@dataclass(frozen=True, kw_only=True, eq=False)
class Overview:
    """One treaty, or one region of it, as a reader sees it today. The same only as itself.

    `stages` holds every State of the treaty for the map, None where the reader may not know the stage; `near` those of
    the region looked at. `matters` are the reader's own and those that wait for a role of the reader's, late first;
    `informed` are those of which nothing is asked of the reader; `with_others` counts those that wait for others.
    `dates` are those of the coming days that nobody has to bring about. `unknown` are the States on no column.
    """

    today: date
    region: str | None
    regions: tuple[Region, ...]
    summary: Summary
    knows_stages: bool  # of any State of the region; else the board is one of public acts
    stages: dict[str, Stage | None]
    near: frozenset[str]
    matters: tuple[PressingMatter, ...]
    informed: tuple[PressingMatter, ...]
    with_others: int
    dates: tuple[PressingMatter, ...]
    columns: tuple[StageColumn, ...]
    parties: tuple[Party, ...]
    unknown: tuple[Case, ...]
    own: tuple[Case, ...]  # of a State's contact
    rows: tuple[Case, ...]  # every State of the region by name: the map as a table

    @property
    def states_everywhere(self) -> int:
        """Count the States of the treaty."""
        return len(self.stages)


_MEMORIES: Memos[Cases, Overview] = Memos(most=100)


def overview(
    workspace: Workspace, *, treaty: str, region: str | None = None, reader: Reader, language: str = "en"
) -> Overview:
    """Show how a treaty stands; without a region, the one region that the reader serves, or else all.

    UnknownRegion names the regions there are.
    """
    found = cases(workspace, treaty=treaty, reader=reader, language=language)
    named = _region(found, region, reader)
    asker = (treaty, reader, language, named)
    return _MEMORIES.of(workspace).of(asker, found, lambda: _make(found, named, reader))


def _make(found: Cases, named: str | None, reader: Reader) -> Overview:
    here = tuple(c for c in found.states if named in (None, c.region))
    matters = _matters(found, here, named)
    wanting = [matter for matter in matters if not matter.wants_nobody]
    return Overview(
        today=found.today,
        region=named,
        regions=_regions(found.states),
        summary=_summary(here, matters),
        knows_stages=any(case.snapshot.knows_stage for case in here),
        stages={case.state: case.stage for case in found.states},
        near=frozenset(case.state for case in here) if named else frozenset(),
        matters=tuple(matter for matter in wanting if not (matter.is_others or matter.is_for_information)),
        informed=tuple(matter for matter in wanting if matter.is_for_information),
        with_others=sum(matter.is_others for matter in wanting),
        dates=tuple(matter for matter in matters if matter.wants_nobody and matter.days in _THIS_WEEK),
        columns=tuple(column_of(stage, here, found.today) for stage in Stage if stage is not Stage.IMPLEMENTATION),
        parties=_parties(here),
        unknown=tuple(case for case in here if case.stage is None),
        own=tuple(case for case in found.states if case.state in reader.own),
        rows=here,
    )


def _region(found: Cases, asked: str | None, reader: Reader) -> str | None:
    """Return the region to look at, as the record writes it; None for every one."""
    if asked is None:
        scope = reader.served(Reach.SCOPE)
        served = {case.region for case in found.states if case.state in scope}
        return next(iter(served)) if len(served) == 1 else None
    if asked.casefold() in ("", EVERYWHERE):
        return None
    known = {case.region.casefold(): case.region for case in found.states if case.region}
    if asked.casefold() not in known:
        names = tuple(map(Word, sorted(known.values())))
        raise UnknownRegion(refusal("no_region_of_that_name", field="region", regions=names))
    return known[asked.casefold()]


def _regions(states: Iterable[Case]) -> tuple[Region, ...]:
    counts = Counter(case.region for case in states if case.region)
    return tuple(Region(region=name, states=counts[name]) for name in sorted(counts))


def _matters(found: Cases, here: Iterable[Case], region: str | None) -> list[PressingMatter]:
    """Return what needs somebody, late first; what concerns no State belongs to a region or to all."""
    beside = [matter for place, matter in found.beside if region in (None, place)]
    return late_first([matter for case in here for matter in case.matters] + beside)


def _summary(here: Sequence[Case], matters: Sequence[PressingMatter]) -> Summary:
    return Summary(
        states=len(here),
        parties=sum(case.is_party for case in here),
        on_the_way=sum(case.is_coming and not case.is_apart for case in here),
        apart=sum(case.is_coming and case.is_apart for case in here),
        late=sum(matter.is_late for matter in matters),
        this_week=sum(matter.days in _THIS_WEEK for matter in matters),
    )


def _parties(here: Iterable[Case]) -> tuple[Party, ...]:
    """Return the States Parties, the last to deposit first."""
    found = [case for case in here if case.is_party]
    found.sort(key=lambda case: case.snapshot.deposit.last if case.snapshot.deposit else date.min, reverse=True)
    return tuple(_party(case) for case in found)


def _party(case: Case) -> Party:
    deposit = case.snapshot.deposit
    return Party(state=case.state, name=case.name, year=deposit.last.year if deposit else None, matter=case.matter)
