"""Names of States that this record adds to those of the bundled register."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, delete, insert, select

from models.tables.state_names import StateNameRow

_name = StateNameRow.__table__  # type: ignore[attr-defined]
#: Built once: it is asked wherever a State is named.
_NAMES = select(_name).order_by(_name.c.id)


class AddedName(NamedTuple):
    """A name of a State from one day to another, in a language or as a further name, and who says so."""

    number: int
    state: str
    name: str
    language: str
    starts_on: date
    ends_on: date | None
    source: str
    reference: str


def names(connection: Connection) -> tuple[AddedName, ...]:
    """Return the names that were added, in the order in which they came."""
    return tuple(AddedName(*row) for row in connection.execute(_NAMES))


def add(connection: Connection, **values: object) -> int:
    """Add a name and return its number."""
    return int(connection.execute(insert(_name).values(**values).returning(_name.c.id)).scalar_one())


def take_back(connection: Connection, number: int) -> None:
    """Take a name off the record; what was read by it stays as it was read."""
    connection.execute(delete(_name).where(_name.c.id == number))
