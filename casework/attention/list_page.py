"""The page of next steps: the lines narrowed and sorted as somebody asks, and put together by how near their day is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from casework.attention.next_steps import Line, next_steps
from casework.attention.promised import words_of_promises
from casework.attention.visibility import may_look
from casework.core.actors import number_of
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal
from sources.alphabet import alphabetical

#: What is due within so long is near.
NEAR = timedelta(days=30)
_HALF_A_YEAR, _A_YEAR = timedelta(days=182), timedelta(days=365)


class Group(StrEnum):
    """How near the day of a line is."""

    LATE = "late"
    NEAR = "near"
    LATER = "later"
    NO_DAY = "no_day"


class Show(StrEnum):
    """What the lines may be narrowed to."""

    LATE = "late"
    NO_ANSWER = "no_answer"  # to a question of half a year ago
    QUIET = "quiet"  # not heard for a year, or never
    NEVER = "never"
    PROMISE = "promise"  # whose day has come, or comes soon
    NOBODY = "nobody"
    MINE = "mine"
    WRITTEN = "written"


class Order(StrEnum):
    """By what the lines may be sorted."""

    DAY = "day"
    STATE = "state"
    REGION = "region"
    TIER = "tier"
    OWNER = "owner"
    HEARD = "heard"  # who was not heard for longest first


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody asks of the lines; empty: all of them, by their day. A value that is none finds nothing."""

    region: str = ""
    tier: str = ""
    show: str = ""
    sort: Order = Order.DAY


@dataclass(frozen=True, kw_only=True, slots=True)
class NextStepsPage:
    """The lines that fit, in order and by groups where they stand by their day, and how many there are of each.

    `counts` are of the region and tier that were asked for, `regions` and `tiers` of all lines; `words` are those of
    the promises of the lines that fit, by fact.
    """

    on: date
    asked: Asked
    groups: tuple[tuple[Group | None, tuple[Line, ...]], ...]
    everything: tuple[Line, ...]
    regions: Mapping[str, int]
    tiers: Mapping[int, int]
    counts: Mapping[str, int]
    here: int  # lines of the region and tier that were asked for
    words: Mapping[str, str]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return the lines that fit."""
        return tuple(line for _, there in self.groups for line in there)

    def count(self, show: str) -> int:
        """Count all lines of which something holds, whatever was asked."""
        return sum(_holds(line, show, self.on, None) for line in self.everything)


def next_steps_page(
    workspace: Workspace, asked: Asked, *, treaty: str, reader: Reader, language: str = "en"
) -> NextStepsPage:
    """Return the lines that somebody asks for; NotOnFile to whom no line can ever be shown."""
    if not may_look(reader):
        raise NotOnFile(refusal("nothing_at_this_address"))
    found = next_steps(workspace, treaty=treaty, reader=reader, language=language)
    person = number_of(reader)
    here = [line for line in found.lines if _is_of(line, asked)]
    fitting = [line for line in here if not asked.show or _holds(line, asked.show, found.on, person)]
    return NextStepsPage(
        on=found.on,
        asked=asked,
        groups=_grouped(fitting, found.on) if asked.sort is Order.DAY else _alone(_sorted(fitting, asked.sort)),
        everything=found.lines,
        regions=_counted(line.region for line in found.lines if line.region),
        tiers=_counted(line.tier for line in found.lines if line.tier is not None),
        counts={show.value: sum(_holds(line, show, found.on, person) for line in here) for show in Show},
        here=len(here),
        words=words_of_promises(workspace, fitting, reader),
    )


def _is_of(line: Line, asked: Asked) -> bool:
    is_of_region = not asked.region or line.region.casefold() == asked.region.casefold()
    return is_of_region and (not asked.tier or asked.tier == str(line.tier))


_HOLDS: Mapping[str, Callable[[Line, date], bool]] = MappingProxyType(
    {
        Show.LATE: lambda line, on: line.due_on is not None and line.due_on < on,
        Show.NO_ANSWER: lambda line, on: (
            line.unanswered_since is not None and line.unanswered_since <= on - _HALF_A_YEAR
        ),
        Show.QUIET: lambda line, on: line.last_word is None or line.last_word.on < on - _A_YEAR,
        Show.NEVER: lambda line, _: line.last_word is None,
        Show.PROMISE: lambda line, on: (
            line.promise is not None and line.promise.by is not None and line.promise.by.last <= on + NEAR
        ),
        Show.NOBODY: lambda line, _: line.owner is None,
        Show.WRITTEN: lambda line, _: line.written_by is not None,
    }
)


def _holds(line: Line, show: str, on: date, person: int | None) -> bool:
    if show == Show.MINE:
        return line.owner is not None and line.owner.person == person
    return show in _HOLDS and _HOLDS[show](line, on)


def _grouped(lines: Iterable[Line], on: date) -> tuple[tuple[Group | None, tuple[Line, ...]], ...]:
    """Put lines together by their day; they come in that order."""
    there: dict[Group, list[Line]] = {group: [] for group in Group}
    for line in lines:
        there[_group(line, on)].append(line)
    return tuple((group, tuple(found)) for group, found in there.items() if found)


def _group(line: Line, on: date) -> Group:
    if line.due_on is None:
        return Group.NO_DAY
    if line.due_on < on:
        return Group.LATE
    return Group.NEAR if line.due_on <= on + NEAR else Group.LATER


def _alone(lines: Sequence[Line]) -> tuple[tuple[Group | None, tuple[Line, ...]], ...]:
    return ((None, tuple(lines)),) if lines else ()


_WEIGHTS: Mapping[Order, Callable[[Line], Any]] = MappingProxyType(
    {
        Order.STATE: lambda line: (),
        Order.REGION: lambda line: line.region,
        Order.TIER: lambda line: line.tier or 0,
        Order.OWNER: lambda line: (line.owner is not None, alphabetical(line.owner.name) if line.owner else ()),
        Order.HEARD: lambda line: line.last_word.on if line.last_word else date.min,
    }
)


def _sorted(lines: Iterable[Line], order: Order) -> list[Line]:
    """Sort; equals stand by name."""
    by_name = sorted(lines, key=lambda line: alphabetical(line.name))
    return sorted(by_name, key=_WEIGHTS[order])


def _counted(values: Iterable[Any]) -> dict[Any, int]:
    there = list(values)
    return {value: there.count(value) for value in sorted(set(there))}
