"""The schema: its revisions, of which one a record is, and how it is brought up while nobody else is at the record.

A program reads and writes a record of its own schema alone: whoever comes with another, or meanwhile, is told so.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any, Final

from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import DBAPIError

from models.store.outages import StoreBusy

_MIGRATIONS: Final = Path(__file__).parents[1] / "migrations"
#: Every revision there is, in order; a revision is what the name of its file begins with.
REVISIONS: Final = sorted(found.name.partition("_")[0] for found in (_MIGRATIONS / "versions").glob("[0-9]*_*.py"))
SCHEMA: Final = REVISIONS[-1]
_UPGRADING: Final = 0xACCEDE_5  # by which PostgreSQL knows the lock of whoever brings a record up
PATIENCE: Final = 20  # seconds to wait for whoever is at the record still
_NONE_YET = "There is no record here yet. Make one with: accede init"
_ASK = text("SELECT version_num FROM alembic_version")
_STAY = "SELECT version_num, pg_try_advisory_xact_lock_shared(:upgrading)"
_ASK_AND_STAY = text(f"{_STAY} FROM alembic_version")
#: And what is written in this transaction is undone by the server if its writer says nothing for so long.
_ASK_AND_WRITE = text(f"{_STAY}, set_config('idle_in_transaction_session_timeout', :silent, true) FROM alembic_version")

#: Told before each step up: the revision, which one it is, and of how many.
Told = Callable[[str, int, int], None]


class StoreEmpty(Exception):
    """There is no record in the database yet."""


class StoreOlder(Exception):
    """The record was made by an older version of the program, and has not been brought up."""


class StoreNewer(Exception):
    """The record was made by a newer version of the program."""


class StoreUpgrading(StoreBusy):
    """The record is being brought up to another schema just now."""

    def __init__(self) -> None:
        """Say that it passes."""
        super().__init__(
            "The record is being brought up to a newer version of Accede just now; try again in some minutes."
            " Nothing was changed."
        )


def refuse_unlike(found: str | None, ours: str) -> None:
    """Raise where a record is of another schema than ours, or there is none."""
    if found is None:
        raise StoreEmpty(_NONE_YET)
    if found > ours:
        raise StoreNewer(
            f"This record was made by a newer version of Accede (schema {found}, this one knows {ours})."
            " Install that version; nothing was changed."
        )
    if found < ours:
        raise StoreOlder(
            f"This record is of an older version of Accede (schema {found}, this one is of {ours})."
            " Bring it up to date with: accede upgrade"
        )


def turn_away(url: URL) -> None:
    """Raise where an embedded record is on the move, before anybody waits for its lock; PostgreSQL tells by itself."""
    if url.drivername != "sqlite":
        return
    try:
        descriptor = os.open(_mark(url), os.O_RDONLY)
    except OSError:
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StoreUpgrading from None
    finally:
        os.close(descriptor)


def enter(connection: Connection, ours: str, *, silent: int | None = None) -> None:
    """Raise where the record is another than ours, or on the move; else it stays so while this transaction lasts.

    `silent`: for how many seconds a writer may say nothing, on PostgreSQL, before its transaction is undone.
    """
    try:
        if connection.dialect.name == "postgresql":
            found, is_in = _stay(connection, silent)
        else:
            found, is_in = connection.execute(_ASK).scalar(), True
    except DBAPIError as wrong:
        if "alembic_version" in str(wrong.orig):
            raise StoreEmpty(_NONE_YET) from None
        raise
    if not is_in:
        raise StoreUpgrading
    refuse_unlike(found, ours)


def _stay(connection: Connection, silent: int | None) -> tuple[str | None, bool]:
    if silent is None:
        row = connection.execute(_ASK_AND_STAY, {"upgrading": _UPGRADING}).one_or_none()
    else:
        row = connection.execute(_ASK_AND_WRITE, {"upgrading": _UPGRADING, "silent": f"{silent}s"}).one_or_none()
    return (row[0], row[1]) if row else (None, True)


@contextmanager
def alone(connection: Connection) -> Iterator[None]:
    """Keep everybody else out of the record while this transaction brings it up; StoreBusy if somebody stays too long.

    Who is killed meanwhile keeps nobody out: both kinds of lock end with their holder.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{PATIENCE}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:upgrading)"), {"upgrading": _UPGRADING})
        yield
        return
    mark = _mark(connection.engine.url)  # the lock to write is ours already, so no other can be at it
    descriptor = os.open(mark, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        with suppress(OSError):
            mark.unlink(missing_ok=True)
        os.close(descriptor)


def _mark(url: URL) -> Path:
    return Path(f"{url.database}-upgrading")


def revision_on(connection: Connection) -> str | None:
    """Return the revision of a database's schema; None where there is none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    found: str | None = connection.execute(_ASK).scalar()
    return found


def migrate_on(connection: Connection, to: str = SCHEMA, told: Told = lambda *_: None) -> None:
    """Bring the schema up to a revision, in the transaction at hand; StoreNewer where it is past that."""
    from alembic import command  # only set-up needs it, and it slows every start
    from alembic.config import Config

    stands = revision_on(connection) or ""
    if stands > to:
        refuse_unlike(stands, to)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.attributes["connection"] = connection
    steps = [revision for revision in REVISIONS if stands < revision <= to]
    ahead = iter(enumerate(steps, start=1))

    def tell(**_: Any) -> None:
        for number, revision in islice(ahead, 1):
            told(revision, number, len(steps))

    tell()
    config.attributes["applied"] = tell
    command.upgrade(config, to)
