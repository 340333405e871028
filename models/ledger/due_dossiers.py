"""Due dossiers: those that a day brings, read in pages, in order of (day, id)."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select, tuple_

from models.tables.ledger import DossierRow

_dossier = DossierRow.__table__  # type: ignore[attr-defined]


class Due(NamedTuple):
    """A place in the queue of what is due."""

    next_due_on: date
    id: int


def due_page(connection: Connection, on: date, *, after: Due | None, limit: int, treaty: str | None) -> list[Due]:
    """Return the next dossiers due on or before a day, in order of (day, id), after a place in the queue."""
    query = select(_dossier.c.next_due_on, _dossier.c.id).where(_is_due(on, treaty))
    if after is not None:
        query = query.where(
            tuple_(_dossier.c.next_due_on, _dossier.c.id) > tuple_(literal(after.next_due_on), literal(after.id))
        )
    query = query.order_by(_dossier.c.next_due_on, _dossier.c.id).limit(limit)
    return [Due(*row) for row in connection.execute(query)]


def count_due(connection: Connection, on: date, *, treaty: str | None) -> int:
    """Count the dossiers due on or before a day."""
    query = select(func.count()).select_from(_dossier).where(_is_due(on, treaty))
    return int(connection.execute(query).scalar_one())


def _is_due(on: date, treaty: str | None) -> ColumnElement[bool]:
    due: ColumnElement[bool] = _dossier.c.next_due_on <= on
    return due if treaty is None else and_(due, _dossier.c.treaty == treaty)
