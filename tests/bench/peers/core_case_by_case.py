"""The bare loop with a transaction for each case: what a peer costs at the least that commits one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.peers import contract, core
from tests.bench.peers.contract import Sweep

prepare = contract.prepare


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the loop."""
    engine = contract.engine(url)

    def sweep() -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                due = core.read(connection)
            if not due:
                return done
            for case in due:
                with engine.begin() as connection:
                    core.write(connection, [case])
            done += len(due)

    yield sweep
    engine.dispose()
