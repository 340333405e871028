"""A sweep on PostgreSQL shared by one, two and three runs, each in a process of its own, by the clock."""

from __future__ import annotations

import multiprocessing
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from casework.operations.sweep import sweep
from models.runs import runs
from tests.bench.lives import EVE
from tests.bench.made_up import FIRST_DAY, Size, make, open_made_up
from tests.postgres import cluster

_spawn = multiprocessing.get_context("spawn")


def shared_by(numbers: tuple[int, ...], size: Size) -> dict[int, float]:
    """Return the seconds that a sweep takes, by the number of runs that share it."""
    with cluster() as server:
        template = server.create()
        with closing(open_made_up(Path(), EVE, server.url(template))) as workspace:
            make(workspace, size)
        taken = {}
        for number in numbers:
            name = server.create(template)
            taken[number] = _shared(server.url(name), number, size.due)
            server.drop(name)
        return taken


def _shared(url: str, number: int, due: int) -> float:
    begin, end = _spawn.Barrier(number + 1), _spawn.Barrier(number + 1)
    processes = [_spawn.Process(target=_run, args=(url, f"run {n}", begin, end)) for n in range(number)]
    for process in processes:
        process.start()
    begin.wait()
    start = perf_counter()
    end.wait()
    taken = perf_counter() - start
    for process in processes:
        process.join()
    with closing(open_made_up(Path(), FIRST_DAY, url)) as workspace, workspace.reading() as connection:
        [last] = runs.sweeps(connection, limit=1)
    assert (last["state"], f'"due":{due}' in last["counts"]) == (runs.COMPLETED, True)
    return taken


def _run(url: str, name: str, begin: Any, end: Any) -> None:
    with closing(open_made_up(Path(), FIRST_DAY, url, shared_from=1)) as workspace:
        for key in range(1, 60):
            workspace.pathway(f"made{key:04}")  # real ones are declared when the program starts
        begin.wait()
        sweep(workspace, None, run=name)
        end.wait()
