"""Addresses of persons and what is known of each, and the holds that a treaty has, as rows.

Who may enter or verify an address is decided above.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select, update

from models.tables.people import ChannelRow, Hold, Mandate

_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]


class Channel(NamedTuple):
    """A way to reach a person, and whether letters go there."""

    id: int
    person_id: int
    kind: str
    address: str
    vouched_by: str | None
    verified_at: datetime | None
    returned_at: datetime | None
    returned_reason: str | None

    @property
    def takes_letters(self) -> bool:
        """Tell whether letters go there: somebody vouched for it or verified it, and none came back since."""
        return (self.vouched_by is not None or self.verified_at is not None) and self.returned_at is None


_COLUMNS = tuple(_channel.c[name] for name in Channel._fields)


def one(connection: Connection, channel_id: int) -> Channel | None:
    """Return a channel."""
    row = connection.execute(select(*_COLUMNS).where(_channel.c.id == channel_id)).first()
    return Channel(*row) if row else None


def of_person(connection: Connection, person_id: int) -> list[Channel]:
    """Return a person's channels, the first given first."""
    query = select(*_COLUMNS).where(_channel.c.person_id == person_id).order_by(_channel.c.id)
    return [Channel(*row) for row in connection.execute(query)]


def at_address(connection: Connection, person_id: int, address: str) -> Channel | None:
    """Return a person's channel at an address; case does not matter."""
    query = select(*_COLUMNS).where(
        _channel.c.person_id == person_id, func.lower(_channel.c.address) == address.lower()
    )
    row = connection.execute(query).first()
    return Channel(*row) if row else None


def verified(connection: Connection, channel_id: int, *, at: datetime) -> None:
    """Note that its person has said yes; whatever came back before counts no longer."""
    values = {"verified_at": at, "returned_at": None, "returned_reason": None}
    connection.execute(update(_channel).where(_channel.c.id == channel_id).values(**values))


def returned(connection: Connection, channel_id: int, *, at: datetime, reason: str) -> None:
    """Note that letters to it come back."""
    values = {"returned_at": at, "returned_reason": reason}
    connection.execute(update(_channel).where(_channel.c.id == channel_id).values(**values))


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
