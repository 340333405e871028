"""DBOS by batches: one durable workflow for the sweep, and one step for each batch of the bare loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS, SetWorkflowID

from tests.bench.peers import core, dbos_workflows
from tests.bench.peers.contract import TODAY, Sweep

prepare = dbos_workflows.prepare


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a workflow whose steps are batches."""
    with dbos_workflows.registered(url) as source:

        @source.transaction(name="sweep_batch")
        def sweep_batch() -> int:
            connection = source.sql_session().connection()
            due = core.read(connection)
            if due:
                core.write(connection, due)
            return len(due)

        @DBOS.workflow(name="sweep")
        def sweep() -> int:
            done = 0
            while count := sweep_batch():
                done += count
            return done

        def swept() -> int:
            with SetWorkflowID(f"sweep:{TODAY}"):
                done: int = sweep()
            return done

        DBOS.launch()
        yield swept
