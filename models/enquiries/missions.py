"""Missions: which office of a State is written to where it has no contact on file."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.store.upsert import insert_into
from models.tables.enquiries import MissionRow

_mission = MissionRow.__table__  # type: ignore[attr-defined]


def every(connection: Connection) -> dict[str, int]:
    """Return the person by whose address each mission is reached, by State."""
    return dict(connection.execute(select(_mission.c.state, _mission.c.person_id)).tuples().all())


def put(connection: Connection, state: str, person: int) -> None:
    """Say by whose address a State's mission is reached from now on."""
    statement = insert_into(connection, _mission).values(state=state, person_id=person)
    connection.execute(statement.on_conflict_do_update(index_elements=["state"], set_={"person_id": person}))
