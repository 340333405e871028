"""The table of States: searched, narrowed, sorted, with the columns that were chosen; on the page and in an export.

Every row is a case as its reader sees it, so a filter or an order by what one may not know finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from casework.core.workspace import Workspace
from casework.overview.cases import Case, Cases, cases
from casework.overview.memo import Memos
from casework.overview.state_search import find
from casework.overview.states_columns import USUAL, Column
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.stages import LegalStatus, Stage, Standing
from sources.alphabet import alphabetical
from sources.states import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class StatesSearch:
    """What somebody asks of the table. Empty: everything. `sort` is a column, or None for the best match or name."""

    text: str = ""
    region: str = ""
    stage: str = ""
    status: str = ""
    standing: str = ""
    tier: str = ""
    sort: Column | None = None
    descending: bool = False
    columns: tuple[Column, ...] = USUAL

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the order and the columns was asked."""
        return any((self.text.strip(), self.region, self.stage, self.status, self.standing, self.tier))


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A value to narrow by, and how many States have it."""

    code: str
    count: int


@dataclass(frozen=True, kw_only=True, eq=False)
class StatesTable:
    """The States that fit. `exact` is the one whose name or code was written in full. The same only as itself."""

    today: date
    asked: StatesSearch
    rows: tuple[Case, ...]
    exact: str | None
    states: int  # before anything was narrowed
    regions: tuple[Choice, ...]
    stages: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    standings: tuple[Choice, ...]
    tiers: tuple[Choice, ...]


_MEMORIES: Memos[Cases, StatesTable] = Memos(most=50)


def states_table(
    workspace: Workspace, asked: StatesSearch, *, treaty: str, reader: Reader, language: str = "en"
) -> StatesTable:
    """Return the States that the reader asks for, as the reader may see them; what names none finds none."""
    found = cases(workspace, treaty=treaty, reader=reader, language=language)
    return _MEMORIES.of(workspace).of((treaty, reader, language, asked), found, lambda: _make(found, asked))


def _make(found: Cases, asked: StatesSearch) -> StatesTable:
    everything = {case.state: case for case in found.states}
    named = find(asked.text, found.register)
    rows = [case for case in found.states if case.state in named.ranks and _fits(case, asked)]
    typed = fold(asked.text)  # which the reader's own name of a State begins with, rather than another's
    rows.sort(key=lambda case: (named.ranks[case.state], not fold(case.name).startswith(typed)))  # else by name
    if asked.sort is not None:
        rows = _sorted(rows, asked.sort, descending=asked.descending)
    return StatesTable(
        today=found.today,
        asked=asked,
        rows=tuple(rows),
        exact=named.exact if named.exact in everything else None,
        states=len(found.states),
        regions=_choices(sorted({case.region for case in found.states}), (case.region for case in found.states)),
        stages=_choices(Stage, (case.stage for case in found.states)),
        statuses=_choices(LegalStatus, (case.snapshot.legal_status for case in found.states)),
        standings=_choices(Standing, (case.snapshot.standing for case in found.states)),
        tiers=_choices("123", (str(case.snapshot.tier) for case in found.states)),
    )


def _fits(case: Case, asked: StatesSearch) -> bool:
    snapshot = case.snapshot
    return (
        _is(asked.region.casefold(), case.region.casefold())
        and _is(asked.stage, case.stage)
        and _is(asked.status, snapshot.legal_status)
        and _is(asked.standing, snapshot.standing)
        and _is(asked.tier, snapshot.tier)
    )


def _is(asked: str, value: str | int | None) -> bool:
    return not asked or (value is not None and asked == str(value))


def _choices(codes: Iterable[str], values: Iterable[str | None]) -> tuple[Choice, ...]:
    """Return the values that any State has, in their own order."""
    there = list(values)
    found = (Choice(code=str(code), count=there.count(code)) for code in codes if code)
    return tuple(choice for choice in found if choice.count)


def _sorted(rows: Iterable[Case], column: Column, *, descending: bool) -> list[Case]:
    """Sort; who has no value stands last in either direction, and equals keep their order by name."""
    weighed = [(_weight(case, column), case) for case in rows]
    with_value = [(weight, case) for weight, case in weighed if weight is not None]
    with_value.sort(key=lambda pair: pair[0], reverse=descending)
    return [case for _, case in with_value] + [case for weight, case in weighed if weight is None]


_ORDERS: tuple[type[StrEnum], ...] = (Stage, LegalStatus, Standing)


def _weight(case: Case, column: Column) -> Any:
    """Return what a State is sorted by: codes in the order of the way, dates by their last day, texts as compared."""
    value = column.value(case)
    if isinstance(value, PartialDate):
        return value.last, value.first
    if isinstance(value, _ORDERS):
        return list(type(value)).index(value)
    return alphabetical(value) if isinstance(value, str) else value
