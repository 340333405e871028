"""Days ahead: what falls on a day for a State by the law itself, or because it said so, without anybody's follow-up.

The State's page and the table of States both go by this, so that the next date is the same on either.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from pathways.grammar.agenda import Occasion
from pathways.grammar.dates import DayRange
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import DutyState, Owed
from pathways.grammar.stages import LegalStatus, Standing

_OF_A_DUTY = (Occasion.DATE_NEAR, Occasion.DATE_PASSED)
_OPEN = frozenset({DutyState.UPCOMING, DutyState.DUE, DutyState.OVERDUE})


class Ahead(StrEnum):
    """What falls on a day."""

    FOLLOW_UP = "follow_up"
    MATTER = "matter"  # what the facts bring up, and no follow-up is open for
    DUTY = "duty"
    REVIEW = "review"
    ENTRY_INTO_FORCE = "entry_into_force"
    WITHDRAWAL = "withdrawal"


class Falling(NamedTuple):
    """Something that falls on a day, which may not be certain; `about` is a duty or a standing."""

    what: Ahead
    about: str
    day: DayRange

    def is_among(self, asked: Collection[tuple[str, str]]) -> bool:
        """Tell whether somebody is asked about it already, by (occasion, about): a duty's day is that of who is."""
        return self.what is Ahead.DUTY and any((occasion, self.about) in asked for occasion in _OF_A_DUTY)


def falling(dossier: Dossier, duties: Sequence[Owed]) -> Iterator[Falling]:
    """Yield what falls on a day for a State: what the treaty brings, when to ask again, and what it owes."""
    legal, force, leaves = dossier.legal, dossier.legal.entry_into_force, dossier.legal.withdrawal_effective
    if legal.status is LegalStatus.DEPOSITED and force is not None:
        yield Falling(Ahead.ENTRY_INTO_FORCE, "", force)
    if legal.status is LegalStatus.WITHDRAWAL_NOTIFIED and leaves is not None:
        yield Falling(Ahead.WITHDRAWAL, "", DayRange(leaves, leaves))
    if dossier.standing is not Standing.OPEN and dossier.review_on is not None and not legal.is_in_hand:
        yield Falling(Ahead.REVIEW, dossier.standing, DayRange(dossier.review_on, dossier.review_on))
    for duty in duties:
        if duty.state in _OPEN:
            about = duty.duty.name if duty.covers is None else f"{duty.duty.name} {duty.covers}"
            yield Falling(Ahead.DUTY, about, duty.due)
