"""The roster: persons with every way to reach them, and who holds what, read for pages. Writes nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from models.tables import ChannelRow, Hold, Mandate

_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]


class Channel(NamedTuple):
    """A way to reach a person, and what is known of it."""

    id: int
    person_id: int
    kind: str
    address: str
    vouched_by: str | None
    verified_at: datetime | None
    returned_at: datetime | None
    returned_reason: str | None


def channels_of(connection: Connection, persons: Collection[int] | None = None) -> list[Channel]:
    """Return the channels of persons, or of everybody, the first given first."""
    query = select(*(_channel.c[name] for name in Channel._fields)).order_by(_channel.c.id)
    if persons is not None:
        query = query.where(_channel.c.person_id.in_(persons))
    return [Channel(*row) for row in connection.execute(query)]


def hold(connection: Connection, hold_id: int) -> Any | None:
    """Return a hold's row."""
    return connection.execute(select(_hold).where(_hold.c.id == hold_id)).mappings().first()


def holds_of_treaty(connection: Connection, treaty: str) -> list[Any]:
    """Return every hold of a treaty's mandates, over or not."""
    mine = select(_mandate.c.id).where(_mandate.c.treaty == treaty)
    return list(connection.execute(select(_hold).where(_hold.c.mandate_id.in_(mine)).order_by(_hold.c.id)).mappings())
