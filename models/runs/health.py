"""Health of the record: its condition in a few numbers, for those who look after it."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from models.letters.notices import UNSENT
from models.people.people import in_term
from models.tables.ledger import DossierRow
from models.tables.letters import LetterRow
from models.tables.people import Hold, Mandate

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]


def letters_by_state(connection: Connection) -> dict[str, int]:
    """Count letters by their state."""
    query = select(_letter.c.state, func.count()).group_by(_letter.c.state)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


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
