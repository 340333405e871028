"""The path of a State: the stages in their order, when each was entered, and which one it stands in.

Read from the steps on file that the reader may know; a stage that was lost again lies ahead once more.
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
    AHEAD = "ahead"


@dataclass(frozen=True, kw_only=True, slots=True)
class Milestone:
    """One stage of the path. Dates are given as they are known: `2024-06`.

    `fact` is the step that entered it; `left` when the first stage was left, which nothing enters; `expected` when
    the State will be bound, where that follows from its deposit.
    """

    stage: Stage
    place: Place
    entered: str | None = None
    left: str | None = None
    fact: str | None = None
    expected: DayRange | None = None


def path_of(dossier: Dossier) -> tuple[Milestone, ...]:
    """Return the six stages in their order, as the State has gone through them."""
    entered = _entries(dossier)
    order = list(Stage)
    return tuple(
        _milestone(dossier, stage, entered, order.index(stage) - order.index(dossier.stage)) for stage in order
    )


def _entries(dossier: Dossier) -> dict[Stage, Fact]:
    """Return the step that entered each stage last, without what was lost again by going back."""
    order = list(Stage)
    entered: dict[Stage, Fact] = {}
    for step in dossier.steps:
        target = Stage(step.text("to"))
        entered = {s: f for s, f in entered.items() if order.index(s) < order.index(target)}
        entered[target] = step
    return entered


def _milestone(dossier: Dossier, stage: Stage, entered: Mapping[Stage, Fact], ahead: int) -> Milestone:
    step = entered.get(stage) if ahead <= 0 else None
    if ahead > 0:
        place = Place.AHEAD
    elif ahead == 0:
        place = Place.HERE
    else:
        place = Place.BEHIND if step or stage is Stage.OUTSIDE else Place.PASSED_OVER
    first = next(iter(dossier.steps), None)
    is_left = stage is Stage.OUTSIDE and ahead < 0 and step is None and first is not None
    is_coming = stage is Stage.IMPLEMENTATION and ahead > 0 and dossier.legal.is_in_hand
    return Milestone(
        stage=stage,
        place=place,
        entered=str(step.effective) if step else None,
        left=str(first.effective) if is_left and first else None,
        fact=step.id if step else None,
        expected=dossier.legal.entry_into_force if is_coming else None,
    )
