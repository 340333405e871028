"""Prefect with one task per State, beside our one flow in batches: both on a real server on this machine."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from time import perf_counter

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.testing.utilities import prefect_test_harness

from casework.core.commit import Committed
from casework.operations.batches import treat
from casework.operations.sweep import sweep
from flows.artifacts import Gauge, show
from models.ledger import due_dossiers
from tests.bench.figures import Race
from tests.bench.made_up import open_made_up
from tests.bench.sweeps import copied

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
}


def beside_one_task_per_state(kept: Path, day: date, due: int) -> Race:
    """Run both flows once against one server, ours first, each on a fresh copy of a record."""
    taken: list[float] = []
    with prefect_test_harness(server_startup_timeout=120):
        for contestant in (in_batches, one_task_per_state):
            with copied(kept) as url:
                start = perf_counter()
                assert contestant(url, day) == due
                taken.append(perf_counter() - start)
    return Race(ours=(taken[0],), theirs=(taken[1],))


@flow
def in_batches(url: str, day: date) -> int:
    """Sweep as the program's own flow does, its artifacts included."""
    with closing(open_made_up(Path(), day, url)) as workspace:
        swept = sweep(workspace, None, run=str(flow_run.id), progress=Gauge("sweep-bench", "Sweep"))
        show("sweep-bench", title="Sweep", text=f"{swept.due} due", counts={"due": swept.due})
        return swept.due


@flow
def one_task_per_state(url: str, day: date) -> int:
    """Treat each due dossier in a task: one after the other, since in threads they wait for the record's one writer."""
    with closing(open_made_up(Path(), day, url)) as workspace:

        @task(cache_policy=NO_CACHE)
        def treat_one(id_: int) -> None:
            with workspace.batch(
                [id_], actor="system:bench", today=day, committed=Committed(), sweeping=True
            ) as open_dossiers:
                for open_dossier in open_dossiers:
                    treat(open_dossier)

        with workspace.reading() as connection:
            due = due_dossiers.due_page(connection, day, after=None, limit=100_000, treaty=None)
        for place in due:
            treat_one(place.id)
        return len(due)
