"""The record's condition in a few numbers, for those who look after it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from models.tables import DossierRow, LetterRow

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]


def letters_by_state(connection: Connection) -> dict[str, int]:
    """Count letters by their state."""
    query = select(_letter.c.state, func.count()).group_by(_letter.c.state)
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def oldest_due(connection: Connection) -> datetime | None:
    """Return since when the oldest letter that waits to be carried has been due."""
    query = select(_letter.c.due_at).where(_letter.c.state.in_(("waiting", "again"))).order_by(_letter.c.due_at)
    found: datetime | None = connection.execute(query.limit(1)).scalar()
    return found


def has_dossiers(connection: Connection, treaty: str) -> bool:
    """Tell whether this record knows the treaty."""
    query = select(_dossier.c.id).where(_dossier.c.treaty == treaty).limit(1)
    return connection.execute(query).first() is not None
