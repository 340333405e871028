"""Last visits: when a person last looked at a treaty, and from which hour on what happened is new to them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from models.store.upsert import insert_into
from models.tables.accounts import LastVisit

_visit = LastVisit.__table__  # type: ignore[attr-defined]


class KeptVisit(NamedTuple):
    """When somebody was last here, and until when everything is seen."""

    here_at: datetime
    seen_at: datetime


_of_person = select(_visit.c.here_at, _visit.c.seen_at).where(
    _visit.c.person_id == bindparam("person"), _visit.c.treaty == bindparam("of")
)


def last_visit(connection: Connection, person_id: int, treaty: str) -> KeptVisit | None:
    """Return a person's last visit to a treaty; None before the first."""
    row = connection.execute(_of_person, {"person": person_id, "of": treaty}).first()
    return KeptVisit(*row) if row else None


def keep(connection: Connection, person_id: int, treaty: str, visit: KeptVisit) -> None:
    """Keep when a person was here, in place of what was kept before."""
    query = insert_into(connection, _visit).values(person_id=person_id, treaty=treaty, **visit._asdict())
    connection.execute(
        query.on_conflict_do_update(index_elements=[_visit.c.person_id, _visit.c.treaty], set_=dict(visit._asdict()))
    )
