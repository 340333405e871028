"""Runs as rows: leases, sweeps, incidents, files taken in, requests and seals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from models.ledger.hash_chain import canonical
from models.store.upsert import insert_into
from models.tables.ledger import Seal
from models.tables.runs import AdvanceRequest, Incident, IntakeFile, Lease, SweepRow

_lease = Lease.__table__  # type: ignore[attr-defined]
_sweep = SweepRow.__table__  # type: ignore[attr-defined]
_incident = Incident.__table__  # type: ignore[attr-defined]
_file = IntakeFile.__table__  # type: ignore[attr-defined]
_request = AdvanceRequest.__table__  # type: ignore[attr-defined]
_seal = Seal.__table__  # type: ignore[attr-defined]

COMPLETED, RUNNING = "completed", "running"
EVERY = "*"  # stands for every treaty at once
WAITING = "waiting"  # a request that nobody has answered


def take_lease(connection: Connection, name: str, holder: str, *, now: datetime, seconds: int) -> bool:
    """Take a lease that is free, ours already, silent too long or not believed; tell whether it is ours now."""
    until = now + timedelta(seconds=seconds)
    statement = insert_into(connection, _lease).values(name=name, holder=holder, until=until)
    statement = statement.on_conflict_do_update(
        index_elements=["name"],
        set_={"holder": holder, "until": until},
        where=or_(_lease.c.holder == holder, _lease.c.until < now, _lease.c.until > _furthest(now, seconds)),
    )
    # Without the option an INSERT's count is -1 on PostgreSQL, whether or not it has written anything.
    return connection.execute(statement, execution_options={"preserve_rowcount": True}).rowcount == 1


def renew_lease(connection: Connection, name: str, holder: str, *, now: datetime, seconds: int) -> bool:
    """Give a sign of life; False when somebody else has taken over."""
    statement = (
        update(_lease)
        .where(_lease.c.name == name, _lease.c.holder == holder)
        .values(until=now + timedelta(seconds=seconds))
    )
    return bool(connection.execute(statement).rowcount)


def drop_lease(connection: Connection, name: str, holder: str) -> None:
    """Give a lease back."""
    connection.execute(delete(_lease).where(_lease.c.name == name, _lease.c.holder == holder))


def _furthest(now: datetime, seconds: int) -> datetime:
    """Return the hour to which a lease may last; what lies beyond was written by a clock that was wrong."""
    return now + 2 * timedelta(seconds=seconds)  # the clocks of two machines may differ a little


def is_alive(lease: Any, *, now: datetime, seconds: int) -> bool:
    """Tell whether a lease is somebody's still."""
    return bool(now <= lease["until"] <= _furthest(now, seconds))


def held(connection: Connection, *, now: datetime, seconds: int) -> set[str]:
    """Return the names of the leases that are somebody's still."""
    return {lease["name"] for lease in leases(connection) if is_alive(lease, now=now, seconds=seconds)}


def leases(connection: Connection) -> list[Any]:
    """Return every lease."""
    return list(connection.execute(select(_lease).order_by(_lease.c.name)).mappings())


def last_completed(connection: Connection, treaty: str) -> date | None:
    """Return the latest day that a sweep of this treaty, or of every treaty, has completed."""
    query = select(func.max(_sweep.c.day)).where(_sweep.c.treaty.in_((treaty, EVERY)), _sweep.c.state == COMPLETED)
    return connection.execute(query).scalar()


def has_completed(connection: Connection, treaty: str, day: date) -> bool:
    """Tell whether a sweep of this very day has completed, of this treaty or of every one."""
    of_it = (_sweep.c.treaty.in_((treaty, EVERY)), _sweep.c.day == day, _sweep.c.state == COMPLETED)
    return connection.execute(select(_sweep.c.id).where(*of_it).limit(1)).first() is not None


def last_finished(connection: Connection, *, by: datetime) -> dict[str, datetime]:
    """Return when a sweep last completed by an hour, by the treaty it was of; `EVERY`: of all of them at once."""
    done = (_sweep.c.state == COMPLETED, _sweep.c.finished_at <= by)
    query = select(_sweep.c.treaty, func.max(_sweep.c.finished_at)).where(*done)
    return {row[0]: row[1] for row in connection.execute(query.group_by(_sweep.c.treaty))}


def begin_sweep(connection: Connection, **values: Any) -> int:
    """Note that a sweep runs; one that died running is noted as taken over."""
    connection.execute(
        update(_sweep)
        .where(_sweep.c.treaty == values["treaty"], _sweep.c.state == RUNNING)
        .values(state="taken over", finished_at=values["started_at"])
    )
    key = connection.execute(insert(_sweep).values(**values, state=RUNNING)).inserted_primary_key
    assert key is not None
    return int(key[0])


def end_sweep(connection: Connection, sweep_id: int, *, at: datetime, counts: Mapping[str, Any]) -> None:
    """Note that a sweep has completed, and what it did."""
    connection.execute(
        update(_sweep).where(_sweep.c.id == sweep_id).values(state=COMPLETED, finished_at=at, counts=canonical(counts))
    )


def sweep(connection: Connection, sweep_id: int) -> Any:
    """Return one sweep."""
    return connection.execute(select(_sweep).where(_sweep.c.id == sweep_id)).mappings().one()


def sweeps(connection: Connection, *, limit: int = 20) -> list[Any]:
    """Return the latest sweeps, newest first."""
    return list(connection.execute(select(_sweep).order_by(_sweep.c.id.desc()).limit(limit)).mappings())


def unfinished(connection: Connection) -> list[tuple[str, date]]:
    """Return (treaty, day) of sweeps that began and were never ended.

    What a sweep of every treaty left undone, the next one of each treaty catches up.
    """
    query = select(_sweep.c.treaty, _sweep.c.day).where(_sweep.c.state == RUNNING, _sweep.c.treaty != EVERY)
    return [(row[0], row[1]) for row in connection.execute(query)]


def add_incident(connection: Connection, **values: Any) -> int:
    """Note a dossier that a run could not treat."""
    key = connection.execute(insert(_incident).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def resolve_incidents(connection: Connection, dossier_ids: Sequence[int], at: datetime) -> None:
    """Note that these dossiers were treated again."""
    connection.execute(
        update(_incident)
        .where(_incident.c.dossier_id.in_(dossier_ids), _incident.c.resolved_at.is_(None))
        .values(resolved_at=at)
    )


def open_incidents(connection: Connection) -> list[Any]:
    """Return incidents that are not resolved."""
    return list(connection.execute(select(_incident).where(_incident.c.resolved_at.is_(None))).mappings())


def note_file(connection: Connection, **values: Any) -> None:
    """Note that a file was taken in; again is no fault."""
    connection.execute(insert_into(connection, _file).values(**values).on_conflict_do_nothing())


def has_file(connection: Connection, hash_: str, treaty: str) -> bool:
    """Tell whether a file of this hash was taken in."""
    there = select(_file.c.hash).where(_file.c.hash == hash_, _file.c.treaty == treaty)
    return connection.execute(there).first() is not None


def add_request(connection: Connection, **values: Any) -> None:
    """Note a request for a step."""
    connection.execute(insert(_request).values(**values))


def request(connection: Connection, request_id: str) -> Any | None:
    """Return a request."""
    return connection.execute(select(_request).where(_request.c.id == request_id)).mappings().first()


def answer_request(connection: Connection, request_id: str, *, result: str, refusal: str) -> bool:
    """Note what became of a request; False when somebody else has answered it."""
    waits = and_(_request.c.id == request_id, _request.c.result == WAITING)
    return bool(connection.execute(update(_request).where(waits).values(result=result, refusal=refusal)).rowcount)


def last_seal(connection: Connection) -> Any | None:
    """Return the newest seal."""
    return connection.execute(select(_seal).order_by(_seal.c.id.desc()).limit(1)).mappings().first()


def seals(connection: Connection) -> list[Any]:
    """Return every seal, oldest first."""
    return list(connection.execute(select(_seal).order_by(_seal.c.id)).mappings())


def add_seal(connection: Connection, **values: Any) -> None:
    """Add a seal."""
    connection.execute(insert(_seal).values(**values))
