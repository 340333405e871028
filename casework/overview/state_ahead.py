"""Ahead of a State: the days on which something falls due, the nearest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from casework.dossiers.dossier_view import DutyView
from casework.follow_ups.listing import FollowUpView
from pathways.grammar.agenda import Occasion
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import DutyState
from pathways.grammar.stages import LegalStatus, Standing

_OF_A_DUTY = frozenset({Occasion.DATE_NEAR, Occasion.DATE_PASSED})
_OPEN = frozenset({DutyState.UPCOMING, DutyState.DUE, DutyState.OVERDUE})


class Ahead(StrEnum):
    """What falls on a day."""

    FOLLOW_UP = "follow_up"
    DUTY = "duty"
    REVIEW = "review"
    ENTRY_INTO_FORCE = "entry_into_force"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """Something that falls on a day; `earliest` differs where the day is not certain. `days` are those left.

    `occasion` is that of the follow-up, `about` a word of the declaration: a step, a duty, a stage.
    """

    what: Ahead
    about: str
    due_on: date
    earliest: date
    days: int
    occasion: str = ""
    follow_up: FollowUpView | None = None

    @property
    def is_certain(self) -> bool:
        """Tell whether it can only be that day."""
        return self.earliest == self.due_on


def deadlines(dossier: Dossier, duties: Sequence[DutyView], follow_ups: Sequence[FollowUpView]) -> tuple[Deadline, ...]:
    """Return every deadline of a State on the dossier's day, the nearest first."""
    found = [*_of_people(dossier, follow_ups), *_of_law(dossier)]
    asked = {(d.about, d.occasion) for d in found}
    found += [d for d in _of_duties(dossier, duties) if not any((d.about, o.value) in asked for o in _OF_A_DUTY)]
    return tuple(sorted(found, key=lambda d: (d.due_on, d.what is not Ahead.FOLLOW_UP, d.about)))


def _of_people(dossier: Dossier, follow_ups: Sequence[FollowUpView]) -> Iterator[Deadline]:
    for one in follow_ups:
        due = max(one.due_on, one.snoozed_until) if one.snoozed_until else one.due_on
        yield _on(dossier, Ahead.FOLLOW_UP, due, about=one.about, occasion=one.kind, follow_up=one)


def _of_law(dossier: Dossier) -> Iterator[Deadline]:
    legal, force = dossier.legal, dossier.legal.entry_into_force
    if legal.status is LegalStatus.DEPOSITED and force is not None:
        yield _on(dossier, Ahead.ENTRY_INTO_FORCE, force.last, earliest=force.first)
    if legal.status is LegalStatus.WITHDRAWAL_NOTIFIED and legal.withdrawal_effective is not None:
        yield _on(dossier, Ahead.WITHDRAWAL, legal.withdrawal_effective)
    if dossier.standing is not Standing.OPEN and dossier.review_on is not None and not legal.is_in_hand:
        yield _on(dossier, Ahead.REVIEW, dossier.review_on, about=dossier.standing)


def _of_duties(dossier: Dossier, duties: Sequence[DutyView]) -> Iterator[Deadline]:
    for duty in duties:
        if duty.state in _OPEN:
            about = duty.name if duty.covers is None else f"{duty.name} {duty.covers}"
            yield _on(dossier, Ahead.DUTY, duty.due_on, earliest=duty.due_earliest, about=about)


def _on(
    dossier: Dossier,
    what: Ahead,
    due: date,
    *,
    earliest: date | None = None,
    about: str = "",
    occasion: str = "",
    follow_up: FollowUpView | None = None,
) -> Deadline:
    return Deadline(
        what=what,
        about=about,
        due_on=due,
        earliest=earliest or due,
        days=(due - dossier.on).days,
        occasion=occasion,
        follow_up=follow_up,
    )
