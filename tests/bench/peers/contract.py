"""The work that every peer does, the tables it does it in, and the proof that it was done.

Of N cases one in fifty is due. Each of these takes one step, and with it comes a row of history, a row of the outbox
and a next day, in transactions that are on the disk when the sweep returns. A peer may keep more than that of its own.
It is a module with `prepare` and `opened`; one that keeps its cases in other tables says with `outcome` what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Protocol

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    insert,
    select,
)

#: Does all that is due, and returns how much that was.
Sweep = Callable[[], int]

SHARE = 50  # of so many cases one is due
BATCH = 500  # in one transaction, where a peer lets one choose
STEP, SOURCE, TARGET = "enter_into_force", "deposit", "implementation"
#: The day swept, the day on which the others are due, and the one on which those that took the step are due again.
TODAY, LATER, NEXT = date(2020, 1, 2), date(2100, 1, 1), date(2101, 1, 1)
NOW = datetime(2020, 1, 2, 6, tzinfo=UTC)

metadata = MetaData()
cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("stage", String, nullable=False),
    Column("next_on", Date),
    Column("version", Integer, nullable=False),
    Column("head", String),  # of a chain of hashes, where a peer keeps one
    Index("ix_cases_due", "next_on", "id"),
)
history = Table(
    "history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, index=True),
    Column("step", String, nullable=False),
    Column("source", String, nullable=False),
    Column("target", String, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("recorded_at", DateTime(timezone=True), nullable=False),
    Column("previous", String),
    Column("hash", String),
)
outbox = Table(
    "outbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", Integer, ForeignKey("cases.id"), nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
)


class Peer(Protocol):
    """A module that does the work in its own way."""

    def prepare(self, url: str, count: int) -> None:
        """Make a database with so many cases, each in a process of its own, before anything is measured."""

    def opened(self, url: str) -> AbstractContextManager[Sweep]:
        """Give the sweep of a prepared database, with everything started that it needs."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What stands in the tables after a sweep: of which cases, as often as there are rows."""

    cases: int
    moved: Sequence[int]  # at the stage that the step leads to, and due on a later day
    in_history: Sequence[int]
    in_outbox: Sequence[int]
    left: int  # due still


class OtherWork(Exception):
    """What a peer did is not what it was asked to do."""


def due(count: int) -> list[int]:
    """Return which of so many cases are due, spread evenly."""
    total = count // SHARE
    return [1 + place * count // total for place in range(total)]


def engine(url: str) -> Engine:
    """Return an engine that waits for the disk: SQLite with a log, PostgreSQL as it comes."""
    made = create_engine(url)
    if made.dialect.name == "sqlite":
        event.listen(made, "connect", _prepare_sqlite)
        event.listen(made, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return made


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000"):
        connection.execute(f"PRAGMA {pragma}")


@contextmanager
def transaction(url: str) -> Iterator[Connection]:
    """Open one transaction on a database of which no more is wanted."""
    made = engine(url)
    with made.begin() as connection:
        yield connection
    made.dispose()


def prepare(url: str, count: int) -> None:
    """Make the tables, and the cases as they wait."""
    today = set(due(count))
    with transaction(url) as connection:
        metadata.create_all(connection)
        waiting = ({"id": id_, "next_on": TODAY if id_ in today else LATER} for id_ in range(1, count + 1))
        connection.execute(insert(cases), [{**row, "stage": SOURCE, "version": 0} for row in waiting])


def history_row(case_id: int) -> dict[str, Any]:
    """Return what history says of a case that took the step."""
    said = {"step": STEP, "source": SOURCE, "target": TARGET}
    return {"case_id": case_id, **said, "effective_on": TODAY, "recorded_at": NOW}


def outbox_row(case_id: int) -> dict[str, Any]:
    """Return what is to be sent about a case that took the step."""
    return {"case_id": case_id, "kind": "news", "state": "waiting", "due_at": NOW}


def outcome(url: str, count: int) -> Outcome:
    """Read what stands in the tables of the contract."""
    with transaction(url) as connection:
        reached = (cases.c.stage == TARGET, cases.c.next_on > TODAY, cases.c.version == 1)
        return Outcome(
            cases=connection.execute(select(func.count()).select_from(cases)).scalar_one(),
            moved=_ids(connection, select(cases.c.id).where(*reached).order_by(cases.c.id)),
            in_history=_ids(connection, select(history.c.case_id).where(history.c.step == STEP)),
            in_outbox=_ids(connection, select(outbox.c.case_id).where(outbox.c.state == "waiting")),
            left=connection.execute(select(func.count()).where(cases.c.next_on <= TODAY)).scalar_one(),
        )


def _ids(connection: Connection, query: Any) -> list[int]:
    return sorted(connection.execute(query).scalars())


def check(done: int, found: Outcome, count: int) -> None:
    """Raise OtherWork unless each due case, and no other, took the step once, with all that comes with it."""
    wanted = due(count)
    for what, ids in (("moved", found.moved), ("history", found.in_history), ("outbox", found.in_outbox)):
        if list(ids) != wanted:
            raise OtherWork(f"{what}: {len(ids)} rows of {len(set(ids))} cases, where {len(wanted)} cases were due.")
    if (done, found.left, found.cases) != (len(wanted), 0, count):
        raise OtherWork(f"{done} of {len(wanted)} are said to be done, {found.left} of {found.cases} are due still.")


def log_ahead(url: str) -> None:
    """Let an SQLite file keep its log beside it from now on, for a peer that opens it in its own way."""
    if url.startswith("sqlite"):
        made = create_engine(url)
        with closing(made.raw_connection()) as raw:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
        made.dispose()
