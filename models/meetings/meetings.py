"""Meetings: read in order of their days, added and changed. Decides nothing; not who may know of one either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from models.store.upsert import insert_into
from models.tables.meetings import MeetingRow
from pathways.grammar.dates import PartialDate

_meeting = MeetingRow.__table__  # type: ignore[attr-defined]


class Meeting(NamedTuple):
    """A meeting as it is on file."""

    id: str
    treaty: str
    kind: str
    title: str
    starts: PartialDate
    ends: PartialDate
    place: str
    is_webcast: bool
    papers_due: date | None
    source: str
    is_unconfirmed: bool
    ended: str


_NAMED = {"starts": "starts_on", "ends": "ends_on", "papers_due": "papers_due_on"}
_COLUMNS = tuple(_meeting.c[_NAMED.get(name, name)] for name in Meeting._fields)


def of_treaty(connection: Connection, treaty: str) -> list[Meeting]:
    """Return every meeting of a treaty, the latest first."""
    query = select(*_COLUMNS).where(_meeting.c.treaty == treaty)
    found = [_read(row) for row in connection.execute(query)]
    return sorted(found, key=lambda one: (one.starts.first, one.starts.last, one.id), reverse=True)


def one(connection: Connection, treaty: str, id_: str, *, lock: bool = False) -> Meeting | None:
    """Return a meeting of a treaty, or None."""
    query = select(*_COLUMNS).where(_meeting.c.treaty == treaty, _meeting.c.id == id_)
    found = connection.execute(query.with_for_update() if lock else query).first()
    return _read(found) if found else None


def add(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Add meetings whose number nobody has yet, and return how many those were; the others stay as they are."""
    if not rows:
        return 0
    statement = insert_into(connection, _meeting).on_conflict_do_nothing(index_elements=["id"])
    return sum(
        connection.execute(statement.values(**row), execution_options={"preserve_rowcount": True}).rowcount
        for row in rows
    )


def ids(connection: Connection) -> set[str]:
    """Return what every meeting on file is called in addresses, of whatever treaty."""
    return set(connection.execute(select(_meeting.c.id)).scalars())


def change(connection: Connection, id_: str, **values: Any) -> None:
    """Change columns of a meeting."""
    connection.execute(update(_meeting).where(_meeting.c.id == id_).values(**values))


def _read(row: Any) -> Meeting:
    found = Meeting(*row)
    return found._replace(starts=PartialDate.parse(row[4]), ends=PartialDate.parse(row[5]))
