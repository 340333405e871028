"""The path of a State: the stages in their order, when each was entered, and which one it stands in.

Read from the steps on file that the reader may know. A stage that was lost lies ahead once more, and says since when.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pathways.grammar.dates import DayRange
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.stages import Stage


class Place(StrEnum):
    """Where a stage lies, seen from where the State stands."""

    BEHIND = "behind"
    PASSED_OVER = "passed_over"
    HERE = "here"
    LOST = "lost"
    AHEAD = "ahead"


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """One stage of the path. Dates are given as they are known: `2024-06`.

    `fact` is the step that entered it; `left` when the first stage was left, which nothing enters, or when a stage
    was lost, which so lies ahead again; `expected` when the State will be bound, where that follows from its deposit.
    """

    stage: Stage
    place: Place
    entered: str | None = None
    left: str | None = None
    fact: str | None = None
    expected: DayRange | None = None


def path_of(dossier: Dossier) -> tuple[Milestone, ...]:
    """Return the six stages in their order, as the State has gone through them."""
    entered, lost = _entries(dossier)
    order = list(Stage)
    here = order.index(dossier.stage)
    behind = (_behind(dossier, stage, entered.get(stage)) for stage in order[:here])
    ahead = (_ahead(dossier, stage, lost.get(stage)) for stage in order[here + 1 :])
    return (*behind, _entered(dossier.stage, Place.HERE, entered.get(dossier.stage)), *ahead)


def _entries(dossier: Dossier) -> tuple[Mapping[Stage, Fact], Mapping[Stage, Fact]]:
    """Return the step that entered each stage last; and the step back that lost it, where it was not entered since."""
    order = list(Stage)
    entered: dict[Stage, Fact] = {}
    lost: dict[Stage, Fact] = {}
    for step in dossier.steps:
        target = Stage(step.text("to"))
        for stage in order[order.index(target) + 1 :]:
            if entered.pop(stage, None):
                lost[stage] = step
        entered[target] = step
        lost.pop(target, None)
    return entered, lost


def _behind(dossier: Dossier, stage: Stage, step: Fact | None) -> Milestone:
    if step:
        return _entered(stage, Place.BEHIND, step)
    if stage is not Stage.OUTSIDE:
        return Milestone(stage=stage, place=Place.PASSED_OVER)
    first = next(iter(dossier.steps), None)
    return Milestone(stage=stage, place=Place.BEHIND, left=str(first.effective) if first else None)


def _entered(stage: Stage, place: Place, step: Fact | None) -> Milestone:
    return Milestone(
        stage=stage, place=place, entered=str(step.effective) if step else None, fact=step.id if step else None
    )


def _ahead(dossier: Dossier, stage: Stage, lost: Fact | None) -> Milestone:
    is_coming = stage is Stage.IMPLEMENTATION and dossier.legal.is_in_hand
    return Milestone(
        stage=stage,
        place=Place.LOST if lost else Place.AHEAD,
        left=str(lost.effective) if lost else None,
        expected=dossier.legal.entry_into_force if is_coming else None,
    )
