"""The engine of the store: one for SQLite or PostgreSQL, its schema, and what can be wrong with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from models.store.outages import StoreBusy, StoreFull, StoreReadOnly, StoreUnreachable, is_outage, outage
from models.store.schema import SCHEMA, Told, alone, enter, migrate_on, refuse_unlike, revision_on, turn_away

_A_FILE = "sqlite:///"
#: SQLite reads so by itself; PostgreSQL would else show each statement what was written in between.
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_PATIENCE = 10  # seconds for a server to answer the first time
#: Whoever is cut off from a server knows it within a minute, and not after hours (seconds; the last in thousandths).
_SIGNS = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3, "tcp_user_timeout": 60_000}
# A batch of a large sweep fits into memory (kibibytes), and is not copied from the log in mid-work (pages).
_ROOM = ("cache_size=-16000", "wal_autocheckpoint=8000")
# What is deleted is overwritten where it stood; not every build of SQLite does so by itself.
_GONE = "secure_delete=ON"
_HOW_TO_WRITE = "Write postgresql://user@host/name, or leave it out for a file in the home."


__all__ = ["Connection", "Store", "StoreBusy", "StoreFull", "StoreReadOnly", "StoreUnreachable"]


class Store:
    """A database of ours."""

    def __init__(self, url: str, schema: str = SCHEMA, *, silent: int | None = None) -> None:
        """Prepare an engine for a record of a schema; nothing is opened yet.

        `silent`: for how many seconds whoever writes may say nothing before PostgreSQL undoes what was being written,
        so that a machine that was stopped or cut off keeps its locks no longer.
        """
        self.url = _address(url)
        self.schema = schema
        self.silent = silent
        self.engine = _engine(self.url)
        self.has_written = False  # whether anything may have been written; who is interrupted wants to know

    @property
    def where(self) -> str:
        """Say where the record is, without anything of its address that may be secret."""
        if self.is_sqlite:
            return str(self.url.database)
        return f"PostgreSQL, {self.url.host or 'this machine'}, database {self.url.database}"

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is the embedded database."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Yield a connection to read from; everything in it is seen at one moment."""
        if not of_any_schema:
            turn_away(self.url)
        with self._sentences(), self.engine.connect() as plain:
            connection = plain if self.is_sqlite else plain.execution_options(**_ONE_MOMENT)
            if not of_any_schema:
                enter(connection, self.schema)
            yield connection

    @contextmanager
    def writing(self, *, of_any_schema: bool = False) -> Iterator[Connection]:
        """Yield a connection in a transaction; committed when the block ends well, else undone."""
        if not of_any_schema:
            turn_away(self.url)
        with self._sentences(writes=True), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                if not of_any_schema:
                    enter(connection, self.schema, silent=self.silent)
                yield connection
                self.has_written = True

    @contextmanager
    def upgrading(self) -> Iterator[Connection]:
        """Yield the same for bringing the schema up: nobody else is at the record, and whoever comes is told why."""
        with self.writing(of_any_schema=True) as connection, alone(connection):
            yield connection

    def may_be_written(self) -> bool:
        """Tell whether this account may write here at all; tries nothing, so that nobody waits and nothing changes."""
        if self.is_sqlite:
            file = Path(str(self.url.database))  # beside which it writes its log
            return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)
        with self.reading(of_any_schema=True) as connection:
            is_copy = connection.execute(text("SELECT pg_is_in_recovery()")).scalar()
            is_shut = connection.execute(text("SHOW default_transaction_read_only")).scalar() == "on"
        return not is_copy and not is_shut

    def revision(self) -> str | None:
        """Return the schema's revision, or None when the database is empty; asking makes no file."""
        if self._has_no_file():
            return None
        with self.reading(of_any_schema=True) as connection:
            return revision_on(connection)

    def _has_no_file(self) -> bool:
        return self.is_sqlite and not Path(str(self.url.database)).exists()

    def require(self) -> None:
        """Raise when the schema is absent, another than this program's, or on its way; asking makes no file."""
        if self._has_no_file():
            refuse_unlike(None, self.schema)
        with self.reading():
            pass

    def migrate(self, told: Told = lambda *_: None) -> None:
        """Bring the schema up to this program's."""
        with self.upgrading() as connection:
            migrate_on(connection, told=told)

    def empty_log(self) -> bool:
        """Write SQLite's log into the file and empty it, so that what was deleted stands in neither.

        False when somebody was reading for so long that it could not be emptied; PostgreSQL keeps its own (True).
        """
        if not self.is_sqlite:
            return True
        with self._sentences(writes=True), closing(self.engine.raw_connection()) as raw:
            busy, *_ = raw.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _sentences(self, *, writes: bool = False) -> Iterator[None]:
        """Say in a sentence what the database refuses; never show its address's password."""
        try:
            yield
        except NoneFree as wrong:  # every connection is in somebody's hands
            raise StoreBusy from wrong
        except OperationalError as wrong:
            raise outage(str(wrong.orig), self.where) from wrong
        except DBAPIError as wrong:
            if wrong.connection_invalidated or is_outage(str(wrong.orig), writes=writes):
                raise outage(str(wrong.orig), self.where) from wrong
            raise


def _address(url: str) -> URL:
    """Read a database's address; one that names PostgreSQL alone means the driver we bring."""
    if url.startswith(_A_FILE):  # a path as it is: “?” in a folder's name begins no options
        return URL.create("sqlite", database=url.removeprefix(_A_FILE))
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise StoreUnreachable(f"ACCEDE_DATABASE_URL is no address of a database. {_HOW_TO_WRITE}") from None
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    if "@" in (address.host or ""):
        raise StoreUnreachable("The password in ACCEDE_DATABASE_URL holds an @; write it as %40.")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise StoreUnreachable(f"Accede keeps no record in “{address.drivername}”. {_HOW_TO_WRITE}")
    return address


def _engine(url: URL) -> Engine:
    if url.drivername != "sqlite":
        alive = {name: value for name, value in _SIGNS.items() if name not in url.query}
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _PATIENCE, **alive})
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]  # the driver's own type
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000", _GONE, *_ROOM):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once in a writing transaction: a lock taken later may fail in mid-work."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
