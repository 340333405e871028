"""Escalation: which rung of a follow-up is asked next, counted from what became of the letter that asked before.

A rung that was told has its patience; one that reached nobody passes on at once. Nothing here writes a letter: the
next sweep asks whoever is due.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, select

from models.follow_ups.lifecycle import climb
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow
from notifications.outbox import LetterState

_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]

_TOLD = (LetterState.WAITING, LetterState.AGAIN, LetterState.SENT)


def count_on(connection: Connection, told: ColumnElement[bool], day: date) -> None:
    """Count the next rung from the day this one was sent."""
    rows = connection.execute(_standing_at_rung(told))
    climb(connection, [(row.id, row.rung, day + timedelta(days=row.patience)) for row in rows if _has_more(row)])


def pass_on(connection: Connection, undelivered: ColumnElement[bool], day: date) -> None:
    """Let the next rung be asked at once for notices that reach nobody, unless another of their rung is told."""
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
    climb(connection, [(row.id, row.rung, day) for row in rows if _has_more(row)])


def _standing_at_rung(told: ColumnElement[bool]) -> Any:
    """Select open follow-ups whose latest rung is the one that these notices told."""
    return (
        select(_follow_up.c.id, _follow_up.c.rung, _follow_up.c.rungs, _follow_up.c.patience)
        .join(_notice, and_(_notice.c.follow_up_key == _follow_up.c.key, _notice.c.rung == _follow_up.c.rung))
        .where(told, ~_notice.c.withdrawn, _follow_up.c.closed_on.is_(None))
        .distinct()
        .order_by(_follow_up.c.id)
    )


def _has_more(row: Any) -> bool:
    return int(row.rung) < len([name for name in row.rungs.split(",") if name])
