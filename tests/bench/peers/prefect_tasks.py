"""Prefect with one task for each due case: a flow on a real server, each task a transaction of the bare loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.testing.utilities import prefect_test_harness

from tests.bench.peers import contract, core
from tests.bench.peers.contract import Sweep

prepare = contract.prepare


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a flow of tasks, one after the other: in threads they wait for each other's transactions."""
    engine = contract.engine(url)

    @task(cache_policy=NO_CACHE)
    def enter_into_force(case: core.Due) -> None:
        with engine.begin() as connection:
            core.write(connection, [case])

    @flow
    def sweep() -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                due = core.read(connection)
            if not due:
                return done
            for case in due:
                enter_into_force(case)
            done += len(due)

    with prefect_test_harness(server_startup_timeout=120):
        yield sweep
    engine.dispose()
