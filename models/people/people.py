"""Persons, mandates and who holds them when; every change leaves an audit entry."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Date,
    FromClause,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from models.ledger.hash_chain import canonical
from models.tables.people import ChannelRow, Hold, Mandate, Person
from models.tables.record import AuditEntry

_person = Person.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_audit = AuditEntry.__table__  # type: ignore[attr-defined]

#: Built once: these are asked for every page, and putting a query together takes longer than reading with it.
_one = select(_person).where(_person.c.id == bindparam("_id"))
_names = select(_person.c.id, _person.c.name).where(_person.c.id.in_(bindparam("_ids", expanding=True)))


class HeldMandate(NamedTuple):
    """A mandate as somebody holds it: role, whose, where, and from when to when."""

    hold_id: int
    mandate_id: int
    person_id: int
    role: str
    of: str
    of_state: bool
    treaty: str
    scheme: str
    region: str
    states: str
    lead: bool
    starts_on: date
    ends_on: date | None


#: The columns of a hold and its mandate, in the order of `HeldMandate`.
HELD = (
    _hold.c.id, _mandate.c.id, _hold.c.person_id, _mandate.c.role, _mandate.c.of, _mandate.c.of_state,
    _mandate.c.treaty, _mandate.c.scheme, _mandate.c.region, _mandate.c.states, _hold.c.lead,
    _hold.c.starts_on, _hold.c.ends_on,
)  # fmt: skip


def held_on(
    connection: Connection, day: date, *, person: int | None = None, treaties: Collection[str] | None = None
) -> list[HeldMandate]:
    """Return every mandate in term that somebody holds on a day; if asked, of one person or of some treaties."""
    asked: dict[str, Any] = {"day": day}
    if person is not None:
        asked["person"] = person
    if treaties is not None:
        asked["treaties"] = list(treaties)
    rows = connection.execute(_HELD[person is not None, treaties is not None], asked).all()
    return list(map(HeldMandate._make, rows))


def in_term(table: FromClause, day: date | BindParameter[date]) -> ColumnElement[bool]:
    """Return the condition under which a mandate or a hold is in force on a day.

    A term includes its last day; one that somebody ended is over from the day of its end, for letters and access.
    """
    return and_(
        table.c.starts_on <= day,
        or_(table.c.ends_on.is_(None), table.c.ends_on >= day),
        or_(table.c.ended_on.is_(None), table.c.ended_on > day),
    )


_day = bindparam("day", type_=Date)
_held = (
    select(*HELD)
    .join(_mandate, _mandate.c.id == _hold.c.mandate_id)
    .where(in_term(_hold, _day), in_term(_mandate, _day))
    .order_by(_hold.c.id)
)
_by_person = _hold.c.person_id == bindparam("person")
_of_treaties = _mandate.c.treaty.in_(bindparam("treaties", expanding=True))
#: By whether a person is asked for, and whether treaties are; built once, as one of them is asked for every page.
_HELD = {
    (False, False): _held,
    (True, False): _held.where(_by_person),
    (False, True): _held.where(_of_treaties),
    (True, True): _held.where(_by_person, _of_treaties),
}


def audit(connection: Connection, *, at: datetime, actor: str, what: str, row: str, **detail: Any) -> None:
    """Note who changed an ordinary row."""
    entry = {"at": at, "actor": actor, "what": what, "row": row, "detail": canonical(detail)}
    connection.execute(insert(_audit), [entry])


def was_noted(connection: Connection, what: str, rows: Collection[str]) -> bool:
    """Tell whether the audit has such an entry of one of these rows."""
    query = select(_audit.c.id).where(_audit.c.what == what, _audit.c.row.in_(rows)).limit(1)
    return connection.execute(query).first() is not None


def alone(connection: Connection) -> None:
    """Let nobody else enter persons or change who serves until this transaction ends, so that each is entered once.

    SQLite has one writer at a time; PostgreSQL would let two find nothing and enter the same.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE person IN SHARE ROW EXCLUSIVE MODE"))


def add(connection: Connection, table: str, **values: Any) -> int:
    """Add a person, channel, mandate or hold, and return its number."""
    tables = {"person": _person, "channel": _channel, "mandate": _mandate, "hold": _hold}
    key = connection.execute(insert(tables[table]).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def person(connection: Connection, person_id: int) -> Any | None:
    """Return a person's row."""
    return connection.execute(_one, {"_id": person_id}).mappings().first()


def persons(connection: Connection) -> list[Any]:
    """Return every person with the first address on file."""
    query = select(_person, _channel.c.address).outerjoin(_channel, _channel.c.person_id == _person.c.id)
    rows: dict[int, Any] = {}
    for row in connection.execute(query.order_by(_person.c.id, _channel.c.id)).mappings():
        rows.setdefault(row["id"], row)
    return list(rows.values())


def names(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """Return how these persons are called, by number."""
    if not numbers:
        return {}
    return {row[0]: row[1] for row in connection.execute(_names, {"_ids": list(numbers)})}


def at_address(connection: Connection, address: str) -> list[int]:
    """Return who is reached at an address; case does not matter."""
    query = select(_channel.c.person_id).distinct().where(func.lower(_channel.c.address) == address.lower())
    return list(connection.execute(query.order_by(_channel.c.person_id)).scalars())


def speaks(connection: Connection, person_id: int, language: str) -> None:
    """Note in which language a person reads."""
    connection.execute(update(_person).where(_person.c.id == person_id).values(language=language))


def mandates(connection: Connection, *, on: date | None = None) -> list[Any]:
    """Return every mandate, or those in term on a day."""
    query = select(_mandate).order_by(_mandate.c.id)
    if on is not None:
        query = query.where(in_term(_mandate, on))
    return list(connection.execute(query).mappings())


def mandate(connection: Connection, mandate_id: int) -> Any | None:
    """Return a mandate's row."""
    return connection.execute(select(_mandate).where(_mandate.c.id == mandate_id)).mappings().first()


def holds(connection: Connection, *, mandate_id: int | None = None, person_id: int | None = None) -> list[Any]:
    """Return holds, of a mandate or a person if asked."""
    query = select(_hold).order_by(_hold.c.id)
    if mandate_id is not None:
        query = query.where(_hold.c.mandate_id == mandate_id)
    if person_id is not None:
        query = query.where(_hold.c.person_id == person_id)
    return list(connection.execute(query).mappings())


def end_mandate(connection: Connection, mandate_id: int, day: date) -> None:
    """End a mandate: from that day on it is no longer in term."""
    connection.execute(update(_mandate).where(_mandate.c.id == mandate_id).values(ended_on=day))


def end_hold(connection: Connection, hold_id: int, day: date) -> None:
    """End a hold: from that day on the mandate is no longer that person's."""
    connection.execute(update(_hold).where(_hold.c.id == hold_id).values(ended_on=day))


def set_lead(connection: Connection, hold_id: int, *, lead: bool) -> None:
    """Note whether this hold leads its mandate."""
    connection.execute(update(_hold).where(_hold.c.id == hold_id).values(lead=lead))
