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


class Span(NamedTuple):
    """The dossiers from one number to another; without a last one, all that come after."""

    first: int
    last: int | None = None


def due_page(
    connection: Connection,
    on: date,
    *,
    after: Due | None,
    limit: int,
    treaty: str | None,
    within: Span | None = None,
) -> list[Due]:
    """Return the next dossiers due on or before a day, in order of (day, id), after a place in the queue."""
    query = select(_dossier.c.next_due_on, _dossier.c.id).where(_is_due(on, treaty, within))
    if after is not None:
        query = query.where(
            tuple_(_dossier.c.next_due_on, _dossier.c.id) > tuple_(literal(after.next_due_on), literal(after.id))
        )
    query = query.order_by(_dossier.c.next_due_on, _dossier.c.id).limit(limit)
    return list(map(Due._make, connection.execute(query).all()))


def count_due(connection: Connection, on: date, *, treaty: str | None, within: Span | None = None) -> int:
    """Count the dossiers due on or before a day."""
    query = select(func.count()).select_from(_dossier).where(_is_due(on, treaty, within))
    return int(connection.execute(query).scalar_one())


def every_so_many(connection: Connection, on: date, *, treaty: str | None, size: int) -> list[int]:
    """Return the number of every so many-th dossier that is due, from the first on."""
    place = func.row_number().over(order_by=_dossier.c.id) - 1
    due = select(_dossier.c.id, place.label("place")).where(_is_due(on, treaty)).subquery()
    return list(connection.execute(select(due.c.id).where(due.c.place % size == 0).order_by(due.c.id)).scalars())


def _is_due(on: date, treaty: str | None, within: Span | None = None) -> ColumnElement[bool]:
    said = [_dossier.c.next_due_on <= on]
    if treaty is not None:
        said.append(_dossier.c.treaty == treaty)
    if within is not None:
        said.append(_dossier.c.id >= within.first)
    if within is not None and within.last is not None:
        said.append(_dossier.c.id <= within.last)
    return and_(*said)
