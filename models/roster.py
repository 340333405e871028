"""The roster: persons with every way to reach them, and who holds what, read for pages. Writes nothing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from models.channels import Channel
from models.tables import ChannelRow, Hold, Mandate

_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]


def every_channel(connection: Connection) -> list[Channel]:
    """Return the channels of everybody, the first given first."""
    query = select(*(_channel.c[name] for name in Channel._fields)).order_by(_channel.c.id)
    return [Channel(*row) for row in connection.execute(query)]


def hold(connection: Connection, hold_id: int) -> Any | None:
    """Return a hold's row."""
    return connection.execute(select(_hold).where(_hold.c.id == hold_id)).mappings().first()


def holds_of_treaty(connection: Connection, treaty: str) -> list[Any]:
    """Return every hold of a treaty's mandates, over or not."""
    mine = select(_mandate.c.id).where(_mandate.c.treaty == treaty)
    return list(connection.execute(select(_hold).where(_hold.c.mandate_id.in_(mine)).order_by(_hold.c.id)).mappings())
