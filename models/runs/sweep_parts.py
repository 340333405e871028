"""Parts of a sweep as rows: a key range of what is due each, and which run has it in hand until when.

A part is free, in a run's hand, or done. Who has it says so in each transaction; silent too long, another takes it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, exists, insert, or_, select, update

from models.ledger import due_dossiers
from models.ledger.due_dossiers import Span
from models.ledger.hash_chain import canonical
from models.runs.runs import RUNNING
from models.tables.runs import SweepPart, SweepRow

_part = SweepPart.__table__  # type: ignore[attr-defined]
_sweep = SweepRow.__table__  # type: ignore[attr-defined]

_TOGETHER = "together"  # beside what is due, while somebody ends the sweep

#: The schema since which there are parts.
SINCE = "0013"


class Shared(NamedTuple):
    """A sweep that several runs share: its number, its day, and how many dossiers were due when it began."""

    id: int
    day: date
    due: int


class Part(NamedTuple):
    """A part that a run has in hand: which one of its sweep it is, and which dossiers are in it.

    `counts`: what came of it already, where another run had it before and was lost in the middle.
    """

    id: int
    number: int
    within: Span
    counts: Mapping[str, Any]


class InHand(NamedTuple):
    """A part that is not done, the run that has it or had it last, and when that gave its last sign of life."""

    number: int
    holder: str
    beaten_at: datetime


class UnderWay(NamedTuple):
    """A shared sweep that is not ended: how many parts it has, how many are done, and who has which of the others."""

    treaty: str
    day: date
    parts: int
    done: int
    at_work: tuple[InHand, ...]
    silent: tuple[InHand, ...]


def cut(connection: Connection, sweep_id: int, *, on: date, treaty: str | None, size: int) -> int:
    """Cut what is due into parts of so many dossiers, and forget those of earlier sweeps; return how many there are.

    Every dossier is in one of them, so that what becomes due meanwhile is met too.
    """
    same = select(_sweep.c.treaty).where(_sweep.c.id == sweep_id).scalar_subquery()
    earlier = select(_sweep.c.id).where(_sweep.c.treaty == same, _sweep.c.id != sweep_id)
    connection.execute(delete(_part).where(_part.c.sweep_id.in_(earlier)))
    starts = [0, *due_dossiers.every_so_many(connection, on, treaty=treaty, size=size)[1:]]
    ends = [then - 1 for _, then in pairwise(starts)]
    rows = [
        {"sweep_id": sweep_id, "number": number, "first_id": first, "last_id": last, "counts": "{}"}
        for number, (first, last) in enumerate(zip(starts, [*ends, None], strict=True), start=1)
    ]
    connection.execute(insert(_part), rows)
    return len(rows)


def shared(connection: Connection, treaty: str) -> Shared | None:
    """Return the sweep of a treaty, or of every one, that was cut into parts and is not ended."""
    has_parts = exists().where(_part.c.sweep_id == _sweep.c.id)
    query = select(_sweep.c.id, _sweep.c.day, _sweep.c.counts).where(
        _sweep.c.treaty == treaty, _sweep.c.state == RUNNING, has_parts
    )
    row = connection.execute(query.order_by(_sweep.c.id.desc()).limit(1)).first()
    return Shared(row[0], row[1], json.loads(row[2]).get("due", 0)) if row else None


def take(connection: Connection, sweep_id: int, holder: str, *, now: datetime, seconds: int) -> Part | None:
    """Take the next part that is free, or whose holder was silent too long or is not believed; None if there is none.

    One that somebody writes of just now is passed over, and waited for by nobody.
    """
    free = (
        select(_part.c.id)
        .where(_part.c.sweep_id == sweep_id, _part.c.ended_at.is_(None), _is_silent(now, seconds))
        .order_by(_part.c.number)
        .limit(1)
        .with_for_update(skip_locked=True)
        .correlate(None)
        .scalar_subquery()
    )
    statement = update(_part).where(_part.c.id == free).values(holder=holder, beaten_at=now)
    known = (_part.c.id, _part.c.number, _part.c.first_id, _part.c.last_id, _part.c.counts)
    row = connection.execute(statement.returning(*known)).first()
    return Part(row[0], row[1], Span(row[2], row[3]), json.loads(row[4])) if row else None


def beat(connection: Connection, part: Part, holder: str, *, now: datetime, counts: Mapping[str, Any]) -> bool:
    """Give a sign of life, with what has come of the part so far; False when somebody else has taken over."""
    return _write(connection, part, holder, beaten_at=now, counts=canonical(counts))


def end(connection: Connection, part: Part, holder: str, *, at: datetime, counts: Mapping[str, Any]) -> bool:
    """Note that a part is done, and what came of it; False when somebody else has taken over."""
    return _write(connection, part, holder, beaten_at=at, ended_at=at, counts=canonical(counts))


def _write(connection: Connection, part: Part, holder: str, **values: Any) -> bool:
    ours = and_(_part.c.id == part.id, _part.c.holder == holder, _part.c.ended_at.is_(None))
    return bool(connection.execute(update(_part).where(ours).values(**values)).rowcount)


def left(connection: Connection, sweep_id: int) -> list[tuple[int, datetime | None]]:
    """Return which parts of a sweep are left, each with the last sign of life of whoever has it in hand."""
    query = select(_part.c.number, _part.c.beaten_at).where(_part.c.sweep_id == sweep_id, _part.c.ended_at.is_(None))
    return [(row[0], row[1]) for row in connection.execute(query.order_by(_part.c.number))]


def came_to(connection: Connection, sweep_id: int) -> list[Mapping[str, Any]]:
    """Return what has come of each part by now, or of all together where somebody was about to end the sweep."""
    kept = connection.execute(select(_sweep.c.counts).where(_sweep.c.id == sweep_id)).scalar_one()
    if (together := json.loads(kept).get(_TOGETHER)) is not None:
        return [together]
    query = select(_part.c.counts).where(_part.c.sweep_id == sweep_id)
    return [json.loads(row[0]) for row in connection.execute(query.order_by(_part.c.number))]


def keep(connection: Connection, shared: Shared, counts: Mapping[str, Any]) -> None:
    """Keep what has come of all parts, and of what is done after them."""
    so_far = canonical({"due": shared.due, _TOGETHER: counts})
    connection.execute(update(_sweep).where(_sweep.c.id == shared.id).values(counts=so_far))


def under_way(connection: Connection, *, now: datetime, seconds: int) -> list[UnderWay]:
    """Return how far each shared sweep is that is not ended."""
    joined = _sweep.join(_part, _sweep.c.id == _part.c.sweep_id)
    query = select(
        *(_sweep.c.id, _sweep.c.treaty, _sweep.c.day, _part.c.number, _part.c.holder, _part.c.beaten_at),
        _part.c.ended_at.is_not(None).label("is_done"),
        _is_silent(now, seconds).label("is_silent"),
    )
    query = query.select_from(joined).where(_sweep.c.state == RUNNING).order_by(_sweep.c.id, _part.c.number)
    found = groupby(connection.execute(query).all(), key=lambda row: row.id)
    return [_under_way(list(rows)) for _, rows in found]


def _under_way(rows: Sequence[Any]) -> UnderWay:
    taken = [row for row in rows if row.holder and not row.is_done]
    at_work, silent = (
        tuple(InHand(row.number, row.holder, row.beaten_at) for row in taken if bool(row.is_silent) is wanted)
        for wanted in (False, True)
    )
    done = sum(bool(row.is_done) for row in rows)
    return UnderWay(rows[0].treaty, rows[0].day, len(rows), done, at_work, silent)


def at_work(connection: Connection, *, now: datetime, seconds: int) -> set[str]:
    """Return the names of the leases of sweeps that somebody has a part of in hand."""
    joined = _part.join(_sweep, _sweep.c.id == _part.c.sweep_id)
    in_hand = and_(_sweep.c.state == RUNNING, _part.c.ended_at.is_(None), ~_is_silent(now, seconds))
    query = select(_sweep.c.treaty).select_from(joined).where(in_hand).distinct()
    return {f"sweep:{row[0]}" for row in connection.execute(query)}


def _is_silent(now: datetime, seconds: int) -> ColumnElement[bool]:
    """Say of a part that nobody's sign of life holds it: the last is too old, or of a clock that was wrong."""
    lasts = timedelta(seconds=seconds)
    return or_(_part.c.beaten_at.is_(None), _part.c.beaten_at < now - lasts, _part.c.beaten_at > now + lasts)
