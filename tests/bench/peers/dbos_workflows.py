"""DBOS: a durable workflow for each due case, with one step, which is a transaction on the cases' own database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from dbos import DBOS, SetWorkflowID, SQLAlchemyDatasource

from tests.bench.peers import contract, core
from tests.bench.peers.contract import STEP, Sweep


def prepare(url: str, count: int) -> None:
    """Make the cases, and what DBOS keeps beside them."""
    contract.prepare(url, count)
    contract.log_ahead(_beside(url))
    with registered(url):
        DBOS.launch()


@contextmanager
def registered(url: str) -> Iterator[SQLAlchemyDatasource]:
    """Give DBOS's way to the cases, before it is launched."""
    DBOS(config={"name": "peers", "system_database_url": _beside(url), "log_level": "ERROR"})
    source = SQLAlchemyDatasource.create(url)
    yield source
    DBOS.destroy()


def _beside(url: str) -> str:
    """Return where DBOS keeps its own: a file beside SQLite's, a schema of the same PostgreSQL."""
    return url.replace("record.db", "dbos.db")


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a loop that runs a workflow for each due case."""
    engine = contract.engine(url)
    with registered(url) as source:

        @source.transaction(name="write")
        def write(id_: int, stage: str, version: int) -> None:
            core.write(source.sql_session().connection(), [core.Due(id_, stage, version)])

        @DBOS.workflow(name=STEP)
        def enter_into_force(id_: int, stage: str, version: int) -> None:
            write(id_, stage, version)

        def sweep() -> int:
            done = 0
            while True:
                with engine.begin() as connection:
                    due = core.read(connection)
                if not due:
                    return done
                for case in due:
                    with SetWorkflowID(f"{STEP}:{case.id}"):
                        enter_into_force(*case)
                done += len(due)

        DBOS.launch()
        yield sweep
    engine.dispose()
