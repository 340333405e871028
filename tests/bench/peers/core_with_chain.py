"""The bare loop with a chain of hashes: each row of history is bound to the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, update

from tests.bench.peers import contract, core
from tests.bench.peers.contract import NEXT, SOURCE, TARGET, Sweep, cases, history, outbox

prepare = contract.prepare

_due = core.DUE.add_columns(cases.c.head)
_move = (
    update(cases)
    .where(cases.c.id == bindparam("_id"), cases.c.version == bindparam("_read"))
    .values(
        stage=bindparam("_stage"),
        next_on=bindparam("_next"),
        head=bindparam("_head"),
        version=cases.c.version + 1,
    )
)


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the loop."""
    engine = contract.engine(url)

    def sweep() -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                due = connection.execute(_due).all()
                if not due:
                    return done
                _write(connection, due)
                done += len(due)

    yield sweep
    engine.dispose()


def _write(connection: Connection, due: Sequence[Row[Any]]) -> None:
    if any(case.stage != SOURCE for case in due):
        raise ValueError("A case is not where the step begins.")
    said = [_chained(contract.history_row(case.id), case.head or "") for case in due]
    moved = [
        {"_id": case.id, "_read": case.version, "_stage": TARGET, "_next": NEXT, "_head": row["hash"]}
        for case, row in zip(due, said, strict=True)
    ]
    if connection.execute(_move, moved).rowcount != len(due):
        raise ValueError("A case was changed by somebody else meanwhile.")
    connection.execute(insert(history), said)
    connection.execute(insert(outbox), [contract.outbox_row(case.id) for case in due])


def _chained(row: dict[str, Any], previous: str) -> dict[str, Any]:
    said = json.dumps({**row, "previous": previous}, sort_keys=True, separators=(",", ":"), default=str)
    return {**row, "previous": previous, "hash": hashlib.sha256(said.encode()).hexdigest()}
