"""Health of the record: its condition in a few numbers, for those who look after it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, case, func, or_, select

from models.letters.notices import UNSENT
from models.people.people import in_term
from models.tables.ledger import DossierRow
from models.tables.letters import LetterRow
from models.tables.people import Hold, Mandate
from notifications.outbox import LetterState

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_ON_ITS_WAY = (LetterState.WAITING, LetterState.AGAIN)
#: States of a letter that nobody has got, and that somebody is still to get.
UNDELIVERED = (*_ON_ITS_WAY, LetterState.HELD, LetterState.DEAD)


def letters_by_state(connection: Connection) -> dict[str, int]:
    """Count letters by their state."""
    query = select(_letter.c.state, func.count()).group_by(_letter.c.state)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def undelivered(connection: Connection) -> dict[str, int]:
    """Count, by their state, the letters that have not left and are not given up; those that have are not looked at."""
    query = select(_letter.c.state, func.count()).where(_letter.c.state.in_(UNDELIVERED)).group_by(_letter.c.state)
    return dict.fromkeys(map(str, UNDELIVERED), 0) | {row[0]: int(row[1]) for row in connection.execute(query)}


def longest_waiting(connection: Connection, *, now: datetime, today: date) -> datetime | None:
    """Return since when the letter has waited that has waited longest of those that may leave on the record's day.

    One that was tried has a later hour for its next try: it has waited since it was written.
    """
    was_tried = _letter.c.state == LetterState.AGAIN
    since = case((was_tried, _letter.c.written_at), else_=_letter.c.due_at)
    may_leave = (_letter.c.state.in_(_ON_ITS_WAY), _letter.c.day <= today, or_(was_tried, _letter.c.due_at <= now))
    found: datetime | None = connection.execute(select(func.min(since)).where(*may_leave)).scalar()
    return found


def waiting_for_their_day(connection: Connection, today: date) -> tuple[int, date | None]:
    """Count letters of a later day of the record, and return the first of those days."""
    ahead = (_letter.c.state == "waiting", _letter.c.day > today)
    number, first = connection.execute(select(func.count(), func.min(_letter.c.day)).where(*ahead)).one()
    return int(number), first


def oldest_due(connection: Connection, today: date) -> datetime | None:
    """Return since when the oldest letter that may be carried on the record's day has been due."""
    carried = (_letter.c.state.in_(("waiting", "again")), _letter.c.day <= today)
    query = select(_letter.c.due_at).where(*carried).order_by(_letter.c.due_at)
    found: datetime | None = connection.execute(query.limit(1)).scalar()
    return found


def oldest_unsent(connection: Connection) -> datetime | None:
    """Return when the oldest letter that is neither sent nor ended was written."""
    query = select(func.min(_letter.c.written_at)).where(_letter.c.state.in_(UNSENT))
    found: datetime | None = connection.execute(query).scalar()
    return found


def orphaned_mandates(connection: Connection, day: date) -> list[int]:
    """Return the mandates in term that nobody holds."""
    held = select(_hold.c.id).where(_hold.c.mandate_id == _mandate.c.id, in_term(_hold, day))
    query = select(_mandate.c.id).where(in_term(_mandate, day), ~held.exists()).order_by(_mandate.c.id)
    return list(connection.execute(query).scalars())
