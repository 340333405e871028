"""The store: one engine for SQLite or PostgreSQL, its schema, and what can be wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

SCHEMA = "0001"  # the newest revision in migrations/versions
_MIGRATIONS = Path(__file__).parent / "migrations"
_A_FILE = "sqlite:///"
#: SQLite reads so by itself; PostgreSQL would else show each statement what was written in between.
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_IN_THE_WAY = ("locked", "deadlock", "could not serialize")
_BUSY = "The record is busy with another change; try again in a moment. Nothing was changed."
_PATIENCE = 10  # seconds for a server to answer the first time
# A batch of a large sweep fits into memory (kibibytes), and is not copied from the log in mid-work (pages).
_ROOM = ("cache_size=-16000", "wal_autocheckpoint=8000")
_HOW_TO_WRITE = "Write postgresql://user@host/name, or leave it out for a file in the home."


__all__ = ["SCHEMA", "Connection", "Store", "StoreBusy", "StoreEmpty", "StoreNewer", "StoreUnreachable"]


class StoreUnreachable(Exception):
    """The database cannot be reached or written."""


class StoreBusy(StoreUnreachable):
    """Another writer is in the way; the same may well succeed a moment later."""


class StoreNewer(Exception):
    """The database was made by a newer version of the program."""


class StoreEmpty(Exception):
    """There is no record in the database yet."""


class Store:
    """A database of ours."""

    def __init__(self, url: str) -> None:
        """Prepare an engine; nothing is opened yet."""
        self.url = _address(url)
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
    def reading(self) -> Iterator[Connection]:
        """Yield a connection to read from; everything in it is seen at one moment."""
        with self._sentences(), self.engine.connect() as connection:
            yield connection if self.is_sqlite else connection.execution_options(**_ONE_MOMENT)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection in a transaction; committed when the block ends well, else undone."""
        with self._sentences(), self.engine.connect() as plain:
            connection = plain.execution_options(writes=True)
            with connection.begin():
                yield connection
                self.has_written = True

    def revision(self) -> str | None:
        """Return the schema's revision, or None when the database is empty; asking makes no file."""
        if self.is_sqlite and self.url.database and not Path(self.url.database).exists():
            return None
        with self.reading() as connection:
            if not self.engine.dialect.has_table(connection, "alembic_version"):
                return None
            return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()

    def require(self) -> None:
        """Raise when the schema is absent, older or newer than this program."""
        revision = self.revision()
        if revision is None:
            raise StoreEmpty("There is no record here yet. Make one with: accede init")
        if revision > SCHEMA:
            raise StoreNewer(
                f"This record was made by a newer version of Accede (schema {revision}, this one knows {SCHEMA})."
                " Install that version; nothing was changed."
            )
        if revision < SCHEMA:
            raise StoreEmpty("This record is of an older version. Bring it up to date with: accede init")

    def migrate(self) -> None:
        """Bring the schema up to this program's version."""
        from alembic import command  # only set-up needs it, and it slows every start
        from alembic.config import Config

        revision = self.revision()
        if revision is not None and revision > SCHEMA:
            self.require()
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.writing() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        """Say in a sentence what the database refuses; never show its address's password."""
        try:
            yield
        except NoneFree as wrong:  # every connection is in somebody's hands
            raise StoreBusy(_BUSY) from wrong
        except OperationalError as wrong:
            reason = str(wrong.orig)
            busy = any(word in reason for word in _IN_THE_WAY)
            raise (StoreBusy(_BUSY) if busy else StoreUnreachable(self._say(reason))) from wrong
        except DBAPIError as wrong:
            if wrong.connection_invalidated or _is_no_record(str(wrong.orig)):
                raise StoreUnreachable(self._say(str(wrong.orig))) from wrong
            raise

    def _say(self, reason: str) -> str:
        where = self.where
        if "full" in reason or "disk I/O error" in reason:  # a full disk is often said so
            return f"The disk that holds the record is full or fails ({where}). Nothing was changed; free some space."
        if "malformed" in reason or "not a database" in reason:
            return f"The record at {where} is damaged. Change nothing; keep the file, and put back a copy of it."
        return f"The record at {where} cannot be reached or written: {reason.strip().splitlines()[0]}"


def _is_no_record(reason: str) -> bool:
    """Tell whether a database says that it is damaged, or that its address has options it does not know."""
    return any(words in reason for words in ("malformed", "not a database", "invalid connection option", "URI"))


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
        return create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": _PATIENCE})
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection, _record) -> None:  # type: ignore[no-untyped-def]  # the driver's own type
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=20000", *_ROOM):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at once in a writing transaction: a lock taken later may fail in mid-work."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
