"""The bare loop: SQLAlchemy Core and nothing else, in batches. What the others are measured by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection, Engine, bindparam, insert, select, update

from tests.bench.peers import contract
from tests.bench.peers.contract import BATCH, NEXT, SOURCE, TARGET, TODAY, Sweep, cases, history, outbox

prepare = contract.prepare


class Due(NamedTuple):
    """A case that is due, as it was read."""

    id: int
    stage: str
    version: int


DUE = (
    select(cases.c.id, cases.c.stage, cases.c.version)
    .where(cases.c.next_on <= TODAY)
    .order_by(cases.c.next_on, cases.c.id)
    .limit(BATCH)
)
_move = (
    update(cases)
    .where(cases.c.id == bindparam("_id"), cases.c.version == bindparam("_read"))
    .values(stage=bindparam("_stage"), next_on=bindparam("_next"), version=cases.c.version + 1)
)


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the loop."""
    engine = contract.engine(url)
    yield partial(sweep, engine)
    engine.dispose()


def sweep(engine: Engine) -> int:
    """Do what is due, a batch a transaction."""
    done = 0
    while count := sweep_batch(engine):
        done += count
    return done


def sweep_batch(engine: Engine) -> int:
    """Do the first of what is due, in one transaction; return how many that were."""
    with engine.begin() as connection:
        due = read(connection)
        if due:
            write(connection, due)
        return len(due)


def read(connection: Connection) -> list[Due]:
    """Return the first of what is due."""
    return [Due(*row) for row in connection.execute(DUE)]


def write(connection: Connection, due: Sequence[Due]) -> None:
    """Take the step of these cases, and write what comes with it."""
    if any(case.stage != SOURCE for case in due):
        raise ValueError("A case is not where the step begins.")
    moved = [{"_id": case.id, "_read": case.version, "_stage": TARGET, "_next": NEXT} for case in due]
    if connection.execute(_move, moved).rowcount != len(due):
        raise ValueError("A case was changed by somebody else meanwhile.")
    connection.execute(insert(history), [contract.history_row(case.id) for case in due])
    connection.execute(insert(outbox), [contract.outbox_row(case.id) for case in due])
