"""Rows as they are: every table of a record read out and written in, the same from SQLite and from PostgreSQL.

Each table says which columns it has and what is in them, so that rows can be read by a program of another age. Decides
nothing; not who may read what it returns either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import (
    Boolean,
    Date,
    DateTime,
    Integer,
    MetaData,
    Row,
    String,
    TableClause,
    column,
    create_engine,
    insert,
    select,
    table,
    text,
)
from sqlalchemy.exc import OperationalError, StatementError
from sqlalchemy.types import TypeDecorator, TypeEngine

from models.store.engine import Connection
from models.store.schema import SCHEMA, migrate_on
from models.tables.accounts import OneTimeLink, SessionRow
from models.tables.column_types import Utc
from models.tables.every import METADATA
from models.tables.runs import Lease, SweepPart

_AT_ONCE = 1_000  # rows
_FILLING = 0xACCEDE  # by which PostgreSQL knows the lock of whoever fills a database
#: What is true of one machine for an hour: brought back, a session that was ended would be open again.
_OF_THE_HOUR = frozenset(one.__tablename__ for one in (SessionRow, OneTimeLink, Lease, SweepPart))
_REVISION = "alembic_version"  # the table in which a database says of which schema it is
_PLAIN: Mapping[str, type[TypeEngine[Any]] | type[Utc]] = {
    "text": String,
    "number": Integer,
    "yes_no": Boolean,
    "day": Date,
    "hour": Utc,
}
_KINDS = ((DateTime, "hour"), (Date, "day"), (Boolean, "yes_no"), (Integer, "number"), (String, "text"))


class UnknownColumn(ValueError):
    """Rows of another program's making: they name a column, or a kind of one, that is none of ours."""


class DoNotFit(Exception):
    """Rows that the database does not take as they are: one names another that is not there, or stands there twice."""


class TableOf(NamedTuple):
    """A table: its name, what is in each column (text, number, yes_no, day, hour), in order, and its key."""

    name: str
    columns: Mapping[str, str]
    key: Sequence[str] = ()


def tables(schema: str = SCHEMA) -> list[TableOf]:
    """Return every table that a record of a schema consists of, those that others refer to first."""
    made = METADATA if schema == SCHEMA else _made_by(schema)
    return [
        TableOf(one.name, {c.name: _kind(c.type) for c in one.columns}, [c.name for c in one.primary_key])
        for one in made.sorted_tables
        if one.name not in _OF_THE_HOUR
    ]


def _made_by(schema: str) -> MetaData:
    """Return the tables of an earlier schema, as its migrations make them."""
    made, engine = MetaData(), create_engine("sqlite://")
    with engine.connect() as connection:
        migrate_on(connection, schema)
        made.reflect(connection)
    engine.dispose()
    made.remove(made.tables[_REVISION])
    return made


def rows_of(connection: Connection, of: TableOf) -> Iterator[dict[str, Any]]:
    """Yield a table's rows in the order of their keys, as JSON has them: days and hours as ISO texts, hours in UTC."""
    plain = _plain(of)
    query = select(plain).order_by(*(plain.c[name] for name in of.key))
    dressed = [(name, _DRESSED.get(kind)) for name, kind in of.columns.items()]
    for row in connection.execution_options(yield_per=_AT_ONCE).execute(query):
        yield _as_json(row, dressed)


def write(connection: Connection, of: TableOf, rows: Iterable[Mapping[str, Any]]) -> int:
    """Write rows into a table as `rows_of` gave them, and return how many; UnknownColumn before anything is written.

    DoNotFit names the table whose rows the database refuses.
    """
    plain, there = _plain(of), _columns(connection, of.name)
    if unknown := [name for name in of.columns if name not in there]:
        raise UnknownColumn(f"{of.name}.{unknown[0]}")
    read = [(name, _READ.get(kind)) for name, kind in of.columns.items()]
    waiting, written = iter(rows), 0
    while some := list(islice(waiting, _AT_ONCE)):
        _insert(connection, plain, [_from_json(row, read) for row in some])
        written += len(some)
    _count_on(connection, of)
    return written


def _insert(connection: Connection, into: TableClause, some: Sequence[Mapping[str, Any]]) -> None:
    try:
        connection.execute(insert(into), some)
    except OperationalError:  # the database's own trouble, and not the rows'
        raise
    except StatementError as wrong:
        raise DoNotFit(into.name) from wrong


def gather_statistics(connection: Connection) -> None:
    """Tell PostgreSQL what its tables hold by now, as it finds out by itself only once a transaction is over.

    Until it knows, it reads the whole ledger for each page of it.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE"))


def is_empty(connection: Connection) -> bool:
    """Tell whether the database holds no table at all, of ours or of anybody."""
    from sqlalchemy import inspect

    return not inspect(connection).get_table_names()


def may_fill(connection: Connection) -> bool:
    """Hold an empty database until this transaction ends, and tell whether nobody else does.

    SQLite has one writer at a time; on PostgreSQL two would make the same tables, and one of them fail on the other's.
    """
    if connection.dialect.name != "postgresql":
        return True
    return bool(connection.execute(text("SELECT pg_try_advisory_xact_lock(:filling)"), {"filling": _FILLING}).scalar())


Dress = Callable[[Any], Any] | None


def _as_json(row: Row[Any], dressed: Sequence[tuple[str, Dress]]) -> dict[str, Any]:
    return {
        name: value if dress is None or value is None else dress(value)
        for (name, dress), value in zip(dressed, row, strict=True)
    }


def _from_json(row: Mapping[str, Any], read: Sequence[tuple[str, Dress]]) -> dict[str, Any]:
    return {name: value if as_ is None or value is None else as_(value) for name, as_ in read for value in [row[name]]}


def _hour(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds")


_DRESSED: Mapping[str, Callable[[Any], Any]] = {"day": date.isoformat, "hour": _hour}
_READ: Mapping[str, Callable[[Any], Any]] = {"day": date.fromisoformat, "hour": datetime.fromisoformat}


def _kind(type_: TypeEngine[Any]) -> str:
    plain = type_.impl_instance if isinstance(type_, TypeDecorator) else type_
    return next(kind for one, kind in _KINDS if isinstance(plain, one))


def _plain(of: TableOf) -> TableClause:
    """Return a table whose columns mean nothing but what they hold: no level, no remark, whatever they are to us."""
    if wrong := [f"{of.name}.{name}" for name, kind in of.columns.items() if kind not in _PLAIN]:
        raise UnknownColumn(wrong[0])
    return table(of.name, *(column(name, _PLAIN[kind]) for name, kind in of.columns.items()))


def _columns(connection: Connection, name: str) -> set[str]:
    """Return the columns of a table that a record consists of; of no other is anything written, whatever there is."""
    from sqlalchemy import inspect

    there = inspect(connection)
    if name not in set(there.get_table_names()) - _OF_THE_HOUR - {_REVISION}:
        raise UnknownColumn(name)
    return {one["name"] for one in there.get_columns(name)}


def _count_on(connection: Connection, of: TableOf) -> None:
    """Let PostgreSQL number what comes next after what was written; SQLite does so by itself."""
    if connection.dialect.name != "postgresql" or of.columns.get("id") != "number":
        return
    named = text("SELECT pg_get_serial_sequence(:name, 'id')")
    sequence = connection.execute(named, {"name": of.name}).scalar()
    if sequence is not None:
        most = select(text("coalesce(max(id), 0)")).select_from(table(of.name))
        highest = connection.execute(most).scalar_one()
        if highest:
            connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})
