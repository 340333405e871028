"""Since when a State has not answered, on a day: follow-ups that ask it something, and letters of the enquiry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from casework.follow_ups.visibility import Visibility
from models.enquiries import rounds
from models.follow_ups import follow_up
from models.follow_ups.follow_up import FollowUp
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.clearance import may_know_stage

#: What is asked of a State itself, by whoever answers for it.
_QUESTIONS = frozenset({Occasion.SILENCE, Occasion.REVIEW})


def questions_open(connection: Connection, visibility: Visibility, treaty: str, day: date) -> dict[str, list[date]]:
    """Return on which days the questions were put that were open on a day, by State; of those the reader may know."""
    found: dict[str, list[date]] = {}
    is_today = day == visibility.workspace.today()
    for one in follow_up.of_treaty(connection, treaty, open_only=is_today):
        if one.state is not None and _is_open(one, day) and visibility.has(one):
            found.setdefault(one.state, []).append(one.opened_on)
    for state, first_on in rounds.unanswered_on(connection, treaty, day):
        if may_know_stage(visibility.reader, state):  # as on the page of the enquiry
            found.setdefault(state, []).append(first_on)
    return found


def unanswered_since(asked: Iterable[date], heard_on: date | None) -> date | None:
    """Return the day of the first question that the State has said nothing since."""
    return min((day for day in asked if heard_on is None or heard_on < day), default=None)


def _is_open(one: FollowUp, day: date) -> bool:
    return one.occasion in _QUESTIONS and one.opened_on <= day and (one.closed_on is None or one.closed_on > day)
