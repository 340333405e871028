"""Escalation: which rung of a follow-up is asked next, counted from what became of the letter that asked before.

A rung that was told has its patience; one that reached nobody passes on at once. The last rung has nobody to pass it on
to, and is asked again while it stays open. Nothing here writes a letter: the next sweep asks whoever is due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from models.follow_ups.climbing import Climbed, climb
from models.follow_ups.delivery_history import IS_OF_ONES_OWN, WAS_TOLD
from models.follow_ups.follow_up import all_told
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow
from notifications.outbox import LetterState
from pathways.grammar.agenda import OWN, asked_again_on, own_day

_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]

_TOLD = (LetterState.WAITING, LetterState.AGAIN, LetterState.SENT)


def count_on(connection: Connection, told: ColumnElement[bool], day: date) -> None:
    """Count the next rung, and the own day of whoever was told, from the day this one was sent."""
    rows = connection.execute(_standing_at_rung(told, *_BESIDES))
    climb(connection, [_counted(row, day) for row in rows])


def _counted(row: Any, day: date) -> Climbed:
    """Return what a rung comes to whose letter has left; who owns it and was not the one told keeps the own day.

    So does the last rung that is told again, which is late as before, and whoever has what was opened for a day.
    """
    patience = timedelta(days=row.patience)
    moves = row.is_theirs and not row.is_of_ones_own
    if not _is_last(row):
        due_on = own_day(row.occasion, row.due_on, day, patience) if moves else None
        return Climbed(row.id, row.rung, day + patience, due_on)
    keeps = row.was_told or not moves
    due_on = row.due_on if keeps else own_day(row.occasion, row.due_on, day, timedelta(0))
    return Climbed(row.id, row.rung, asked_again_on(due_on, day, patience) if row.rungs else None, due_on)


def pass_on(connection: Connection, undelivered: ColumnElement[bool], day: date, *, is_kept: bool = False) -> None:
    """Let the next rung be asked at once for notices that reach nobody, unless another of their rung is told.

    The last one is asked again in its time, but not while the letter `is_kept` and may leave yet.
    """
    letters = select(_notice.c.letter_id).where(undelivered)
    others = _notice.alias()
    elsewhere = (
        select(others.c.id)
        .join(_letter, _letter.c.id == others.c.letter_id)
        .where(others.c.follow_up_key == _follow_up.c.key, others.c.rung == _follow_up.c.rung)
        .where(others.c.letter_id.not_in(letters), ~others.c.withdrawn, _letter.c.state.in_(_TOLD))
        .exists()
    )
    rows = connection.execute(_standing_at_rung(undelivered).where(~elsewhere))
    climb(connection, [_passed(row, day) for row in rows if row.rungs and not (is_kept and _is_last(row))])


def _passed(row: Any, day: date) -> Climbed:
    again = asked_again_on(row.due_on, day, timedelta(days=row.patience)) if _is_last(row) else day
    return Climbed(row.id, row.rung, again)


#: Whether the one who was told is whose the follow-up is: its owner, or while it has none whoever is asked.
_is_theirs = or_(_follow_up.c.owner_id.is_(None), _follow_up.c.owner_id == _notice.c.person_id).label("is_theirs")
_BESIDES = (_is_theirs, IS_OF_ONES_OWN.label("is_of_ones_own"), WAS_TOLD.label("was_told"))


def _standing_at_rung(told: ColumnElement[bool], *besides: ColumnElement[Any]) -> Any:
    """Select open follow-ups whose latest rung is the one that these notices told, but for those that rest."""
    columns = [_follow_up.c[name] for name in ("id", "occasion", "rung", "rungs", "patience", "due_on")]
    rests = and_(_follow_up.c.snoozed_until.is_not(None), _follow_up.c.snoozed_until == _follow_up.c.next_rung_on)
    return (
        select(*columns, *besides)
        .join(_notice, and_(_notice.c.follow_up_key == _follow_up.c.key, _notice.c.rung == _follow_up.c.rung))
        .where(told, ~_notice.c.withdrawn, _follow_up.c.closed_on.is_(None), func.coalesce(~rests, true()))
        .where(or_(_follow_up.c.occasion != OWN, _follow_up.c.rung > 0))  # what is told before its day moves nothing
        .distinct()
        .order_by(_follow_up.c.id)
    )


def _is_last(row: Any) -> bool:
    """Tell whether nobody further can be asked, also where nobody is asked at all."""
    return not row.rungs or all_told(rungs=row.rungs, rung=row.rung)
