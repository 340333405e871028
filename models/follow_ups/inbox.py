"""The inbox of follow-ups: the open ones by whose they are, the closed ones last first, some at a time.

Who may know of which is decided above; here the lists are narrowed to what could be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, false, or_, select, true

from models.follow_ups.delivery_history import was_asked
from models.follow_ups.follow_up import FollowUp, with_state
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow, NoticeRow

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_AT_ONCE = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Which follow-ups are asked for. `states`: of these alone, or None for all, those of no State included."""

    treaty: str
    region: str | None = None
    owner: int | None = None
    states: Collection[str] | None = None


class Asking(NamedTuple):
    """Whom a follow-up asks, as it is kept: whose it is at first, the rungs, and how many of them were told."""

    role: str
    rungs: str
    rung: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Asks:
    """What is the reader's to do: what the reader owns, and what asks in one of these ways while nobody owns it.

    What asks for `outreach` about the States `informed_of` asks nothing of the reader, who is only told of it.
    """

    owner: int | None
    ways: Collection[tuple[Asking, Collection[str] | None]]  # each of the States it is meant for, or of every one
    outreach: Collection[str]  # occasions
    informed_of: Collection[str]


def askings(connection: Connection, treaty: str) -> list[Asking]:
    """Return the different ways in which open follow-ups that nobody has taken ask somebody; they are few."""
    query = (
        select(_follow_up.c.role, _follow_up.c.rungs, _follow_up.c.rung)
        .where(_follow_up.c.treaty == treaty, _is_open(), _follow_up.c.owner_id.is_(None))
        .distinct()
    )
    return [Asking(*row) for row in connection.execute(query)]


def open_ones(
    connection: Connection,
    where: Where,
    asks: Asks,
    *,
    today: date,
    after: int = 0,
) -> Iterator[FollowUp]:
    """Yield the open ones: the own, what asks the reader, what informs, what asked before, the rest; resting ones last.

    Late first. Read only as far as somebody looks; `after` so many.
    """
    reached = and_(_follow_up.c.owner_id.is_(None), _asks(asks.ways))
    informs = and_(_follow_up.c.occasion.in_(sorted(asks.outreach)), _dossier.c.state.in_(sorted(asks.informed_of)))
    part = case(
        (_follow_up.c.owner_id == asks.owner, 0) if asks.owner is not None else (false(), 0),
        (and_(reached, informs), 2),
        (reached, 1),
        *([(_has_asked(asks.owner), 3)] if asks.owner is not None else []),
        else_=4,
    )
    rests = case((_follow_up.c.snoozed_until > today, 1), else_=0)
    query = _of(where).where(_is_open()).order_by(part, rests, _follow_up.c.due_on, _follow_up.c.id)
    return _some_at_a_time(connection, query, after)


def closed_ones(connection: Connection, where: Where, *, after: int = 0) -> Iterator[FollowUp]:
    """Yield the closed ones, the last closed first, read only as far as somebody looks; `after` so many."""
    query = _of(where).where(~_is_open()).order_by(_follow_up.c.closed_on.desc(), _follow_up.c.id.desc())
    return _some_at_a_time(connection, query, after)


def owned_ones(connection: Connection, where: Where) -> Iterator[FollowUp]:
    """Yield the open ones that somebody owns, one owner's after the other's."""
    query = _of(where).where(_is_open(), _follow_up.c.owner_id.is_not(None))
    for row in connection.execute(query.order_by(_follow_up.c.owner_id, _follow_up.c.id)):
        yield FollowUp(*row)


def owners(connection: Connection, treaty: str) -> set[int]:
    """Return everybody who owns an open follow-up."""
    query = select(_follow_up.c.owner_id).where(_follow_up.c.treaty == treaty, _is_open()).distinct()
    return {row for row in connection.execute(query).scalars() if row is not None}


def _of(where: Where) -> Select[tuple[object, ...]]:
    query = with_state().where(_follow_up.c.treaty == where.treaty)
    if where.region is not None:
        query = query.where(_follow_up.c.region == where.region)
    if where.owner is not None:
        query = query.where(_follow_up.c.owner_id == where.owner)
    if where.states is not None:
        query = query.where(_dossier.c.state.in_(sorted(where.states)))
    return query


def _is_open() -> ColumnElement[bool]:
    found: ColumnElement[bool] = _follow_up.c.closed_on.is_(None)
    return found


def _has_asked(person_id: int) -> ColumnElement[bool]:
    return exists().where(_notice.c.follow_up_key == _follow_up.c.key, was_asked(person_id))


def _asks(ways: Collection[tuple[Asking, Collection[str] | None]]) -> ColumnElement[bool]:
    return or_(false(), *(and_(_is_so(way), _is_of(states)) for way, states in ways))


def _is_so(way: Asking) -> ColumnElement[bool]:
    return and_(*(_follow_up.c[name] == value for name, value in way._asdict().items()))


def _is_of(states: Collection[str] | None) -> ColumnElement[bool]:
    """Let what is of no State be for whoever has the role."""
    if states is None:
        return true()
    return or_(_follow_up.c.dossier_id.is_(None), _dossier.c.state.in_(sorted(states)))


def _some_at_a_time(connection: Connection, query: Select[tuple[object, ...]], after: int) -> Iterator[FollowUp]:
    while some := connection.execute(query.limit(_AT_ONCE).offset(after)).all():
        yield from (FollowUp(*row) for row in some)
        after += len(some)
