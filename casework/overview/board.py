"""The board of the overview: a column for each stage, its States on cards where something is due of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from casework.overview.cases import Case
from casework.overview.pressing_matters import PressingMatter
from pathways.grammar.stages import Stage

#: From so many on, States of a stage of which the same is asked stand together.
_ALIKE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A card of the board: one case, or those of a stage of which the same is asked, of the same role; late first."""

    cases: tuple[Case, ...]

    @property
    def matter(self) -> PressingMatter:
        """Return what is asked; of several, the one that is due first."""
        return self.cases[0].matters[0]

    @property
    def late(self) -> int:
        """Count the cases of which the day has passed; days differ from one to the next."""
        return sum(case.matters[0].is_late for case in self.cases)

    @property
    def silent_since(self) -> str:
        """Return since when nothing was heard: of several the month, unless it is one day; empty for anything else."""
        days = {str(case.matters[0].silent_since) for case in self.cases if case.matters[0].silent_since}
        return next(iter(days)) if len(days) == 1 else min(days, default="")[:7]


@dataclass(frozen=True, kw_only=True, slots=True)
class StageColumn:
    """The States at one stage: those that something is due of on cards, late first, the others by name.

    `apart` are those that paused or declined; they stand in neither of the others.
    """

    stage: Stage
    cards: tuple[Card, ...]
    quiet: tuple[Case, ...]
    apart: tuple[Case, ...]
    median_days: int | None  # in this stage, of the States that stand there

    @property
    def count(self) -> int:
        """Count the States at this stage."""
        return sum(len(card.cases) for card in self.cards) + len(self.quiet) + len(self.apart)


def column_of(stage: Stage, here: Iterable[Case], today: date) -> StageColumn:
    """Return the column of a stage, from the cases looked at."""
    there = [case for case in here if case.stage is stage]
    walking = [case for case in there if not case.is_apart]
    since = [case.snapshot.since for case in there]
    days = [(today - day).days for day in since if day is not None]
    return StageColumn(
        stage=stage,
        cards=_cards(case for case in walking if case.matters),
        quiet=tuple(case for case in walking if not case.matters),
        apart=tuple(case for case in there if case.is_apart),
        median_days=round(median(days)) if days else None,
    )


def _cards(found: Iterable[Case]) -> tuple[Card, ...]:
    """Put alike cases together where there are several, and all of it in order of the days."""
    alike: defaultdict[tuple[str | None, ...], list[Case]] = defaultdict(list)
    for case in sorted(found, key=lambda case: case.matters[0].due_on):
        matter = case.matters[0]
        since = str(matter.silent_since)[:7]
        alike[matter.occasion, matter.about, matter.words, matter.asked, since].append(case)
    groups = alike.values()
    cards = [Card(cases=tuple(group)) for group in groups if len(group) >= _ALIKE]
    cards += [Card(cases=(case,)) for group in groups if len(group) < _ALIKE for case in group]
    return tuple(sorted(cards, key=lambda card: card.matter.due_on))
