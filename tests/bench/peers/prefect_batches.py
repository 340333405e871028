"""Prefect by batches: a flow on a real server, with one task for each batch of the bare loop."""

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
    """Give a flow whose tasks are batches."""
    engine = contract.engine(url)

    @task(cache_policy=NO_CACHE)
    def sweep_batch() -> int:
        return core.sweep_batch(engine)

    @flow
    def sweep() -> int:
        done = 0
        while count := sweep_batch():
            done += count
        return done

    with prefect_test_harness(server_startup_timeout=120):
        yield sweep
    engine.dispose()
