"""The inbox of follow-ups: the open ones by whose they are, the closed ones last first, some at a time.

Who may know of which is decided above; here the lists are narrowed to what could be.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, false, func, or_, select, true

from models.follow_ups.delivery_history import was_asked
from models.follow_ups.follow_up import FollowUp, with_state
from models.store.places import place_in
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow, NoticeRow

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_AT_ONCE = 120
_MINE, _FOR_MY_ROLE = 0, 1


class Show(StrEnum):
    """What of the open ones is shown: the reader's to do now, what of that is late, or what rests, whoever has it."""

    MINE = "mine"
    LATE = "late"
    RESTING = "resting"


@dataclass(frozen=True, kw_only=True, slots=True)
class Where:
    """Which follow-ups are asked for. `states`: of these alone, or None for all, those of no State included.

    `alphabet`: the codes of all States in the order in which the reader looks them up; what is of one day stands by it,
    and what is of no State before that.
    """

    treaty: str
    alphabet: Sequence[str] = ()
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
    show: Show | None = None,
    after: int = 0,
) -> Iterator[FollowUp]:
    """Yield the open ones: the own, what asks the reader, what informs, what asked before, the rest; resting ones last.

    Late first. Read only as far as somebody looks; `after` so many.
    """
    part, rests = _part(asks), _rests(today)
    query = _of(where).where(_is_open()).order_by(part, rests, _follow_up.c.due_on, *_by_name(connection, where))
    if show is not None:
        query = query.where(_is_shown(asks, today)[show])
    return _some_at_a_time(connection, query, after)


def how_many(connection: Connection, where: Where, asks: Asks, *, today: date) -> dict[Show, int]:
    """Count the open ones under each of what can be shown."""
    shown = _is_shown(asks, today)
    counts = (func.coalesce(func.sum(case((is_so, 1), else_=0)), 0) for is_so in shown.values())
    query = _of(where).where(_is_open()).with_only_columns(*counts, maintain_column_froms=True)
    return dict(zip(shown, connection.execute(query).one(), strict=True))


def shown_ones(
    connection: Connection, where: Where, asks: Asks, *, today: date
) -> Iterator[tuple[FollowUp, frozenset[Show]]]:
    """Yield the open ones that stand under any of what can be shown, and under which, in no order."""
    shown = _is_shown(asks, today)
    flags = (case((is_so, 1), else_=0) for is_so in shown.values())
    for row in connection.execute(_of(where).where(_is_open(), or_(*shown.values())).add_columns(*flags)):
        stands: Any = row[-len(shown) :]
        yield FollowUp(*row[: -len(shown)]), frozenset(one for one, there in zip(shown, stands, strict=True) if there)


def closed_ones(connection: Connection, where: Where, *, after: int = 0) -> Iterator[FollowUp]:
    """Yield the closed ones, the last closed first, read only as far as somebody looks; `after` so many."""
    query = _of(where).where(~_is_open()).order_by(_follow_up.c.closed_on.desc(), *_by_name(connection, where))
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


def _part(asks: Asks) -> ColumnElement[int]:
    """Return the part of the inbox in which a follow-up stands, as its place there."""
    reached = and_(_follow_up.c.owner_id.is_(None), _asks(asks.ways))
    informs = and_(_follow_up.c.occasion.in_(sorted(asks.outreach)), _dossier.c.state.in_(sorted(asks.informed_of)))
    return case(
        (_follow_up.c.owner_id == asks.owner, _MINE) if asks.owner is not None else (false(), _MINE),
        (and_(reached, informs), 2),
        (reached, _FOR_MY_ROLE),
        *([(_has_asked(asks.owner), 3)] if asks.owner is not None else []),
        else_=4,
    )


def _rests(today: date) -> ColumnElement[int]:
    return case((_follow_up.c.snoozed_until > today, 1), else_=0)


def _is_shown(asks: Asks, today: date) -> dict[Show, ColumnElement[bool]]:
    """Return when a follow-up stands under each of what can be shown; nothing is late while it rests."""
    mine = and_(_part(asks).in_((_MINE, _FOR_MY_ROLE)), _rests(today) == 0)
    return {
        Show.MINE: mine,
        Show.LATE: and_(mine, _follow_up.c.due_on < today),
        Show.RESTING: _rests(today) == 1,
    }


def _by_name(connection: Connection, where: Where) -> tuple[ColumnElement[Any], ...]:
    return place_in(connection, _dossier.c.state, where.alphabet), _follow_up.c.id


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
