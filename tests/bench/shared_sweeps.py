"""A sweep on PostgreSQL shared by one, two and three runs, each in a process of its own, by the clock.

`make bench` has a small one among its lines; `make bench-shared` is of any size, and verifies each record afterwards.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import dossiers
from models.runs import runs
from tests.bench.figures import alone, peak_mb
from tests.bench.lives import EVE
from tests.bench.made_up import FIRST_DAY, Size, make, open_made_up
from tests.postgres import Cluster, cluster

_spawn = multiprocessing.get_context("spawn")


@dataclass(frozen=True, kw_only=True)
class Shared:
    """A sweep that so many runs shared.

    Processor time is that of all runs, and of the server's processes for them where it can be known; the peak is that
    of the run with the most. `facts`: how many the record has, once it has been verified.
    """

    runs: int
    seconds: float
    processor: float
    server: float | None
    peak_mb: float
    facts: int | None = None


def shared_by(numbers: tuple[int, ...], size: Size) -> dict[int, float]:
    """Return the seconds that a sweep takes, by the number of runs that share it."""
    return {one.runs: one.seconds for one in measured(numbers, size)}


def measured(
    numbers: tuple[int, ...], size: Size, *, on_disk: bool = False, verified: bool = False
) -> Iterator[Shared]:
    """Let so many runs share the sweep of one record, each number a fresh copy of it."""
    came_to = set()
    with cluster(on_disk=on_disk) as server:
        template = server.create()
        alone(_prepare, server.url(template), size)
        for number in numbers:
            name = server.create(template)
            taken, counts = _shared(server, name, number, verified=verified)
            server.drop(name)
            came_to.add(counts)
            assert json.loads(counts)["due"] == size.due
            assert len(came_to) == 1, "however many share it, it comes to the same"
            yield taken


def _prepare(url: str, size: Size) -> None:
    with closing(open_made_up(Path(), EVE, url)) as workspace:
        make(workspace, size)
        with workspace.registry() as connection:
            connection.exec_driver_sql(
                "ANALYZE"
            )  # as a server has done by itself within a minute; ours has no autovacuum


def _shared(server: Cluster, name: str, number: int, *, verified: bool) -> tuple[Shared, str]:
    url, before = server.url(name), _processor_of(server)
    begin, end, told = _spawn.Barrier(number + 1), _spawn.Barrier(number + 1), _spawn.SimpleQueue()
    processes = [_spawn.Process(target=_run, args=(url, f"run {n}", begin, end, told)) for n in range(number)]
    for process in processes:
        process.start()
    begin.wait()
    start = perf_counter()
    end.wait()
    seconds = perf_counter() - start
    cost = [told.get() for _ in processes]
    for process in processes:
        process.join()
    after = _processor_of(server)
    with closing(open_made_up(Path(), FIRST_DAY, url)) as workspace, workspace.reading() as connection:
        [last] = runs.sweeps(connection, limit=1)
    assert last["state"] == runs.COMPLETED
    taken = Shared(
        runs=number,
        seconds=seconds,
        processor=sum(processor for processor, _ in cost),
        server=None if before is None or after is None else after - before,
        peak_mb=max(peak for _, peak in cost),
        facts=alone(_facts, url) if verified else None,
    )
    return taken, last["counts"]


def _run(url: str, name: str, begin: Any, end: Any, told: Any) -> None:
    with closing(open_made_up(Path(), FIRST_DAY, url, shared_from=1)) as workspace:
        with workspace.reading() as connection:
            for treaty in dossiers.treaties(connection):
                workspace.pathway(treaty)  # real ones are declared when the program starts
        begin.wait()
        start = process_time()
        sweep(workspace, None, run=name)
        cost = process_time() - start
        end.wait()
    told.put((cost, peak_mb()))


def _processor_of(server: Cluster) -> float | None:
    """Return the processor seconds of the server's processes that have ended; those for our runs have, afterwards."""
    number = (server.socket / "data/postmaster.pid").read_text().split()[0]
    page = Path(f"/proc/{number}/stat")
    if not page.exists():
        return None
    fields = page.read_text().rpartition(")")[2].split()  # from the third on; 16 and 17 are of children that ended
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _facts(url: str) -> int:
    """Verify the record; return how many facts it has."""
    with closing(open_made_up(Path(), FIRST_DAY, url)) as workspace:
        found = verify(workspace)
    assert found.is_sound, (found.chain[:3], found.replay[:3])
    return found.facts


def main() -> None:
    """Measure a sweep of any size, and print it as a table."""
    asked = argparse.ArgumentParser(prog="make bench-shared")
    asked.add_argument("--dossiers", type=int, default=10_000)
    asked.add_argument("--due", type=int, default=6_000)
    asked.add_argument("--runs", default="1,2,3", help="how many share it, with commas between")
    asked.add_argument(
        "--on-disk", action="store_true", help="the record stands on the disk, and commits are waited for"
    )
    told = asked.parse_args()
    for name in [name for name in os.environ if name.startswith("ACCEDE_")]:
        del os.environ[name]  # no configuration of this shell's reaches what is measured
    console, size = Console(), Size(dossiers=told.dossiers, due=told.due)
    table = Table(title=f"{size.due:,} due of {size.dossiers:,} dossiers")
    for column in ("runs", "seconds", "processor s", "of PostgreSQL s", "peak MB of a run", "facts verified"):
        table.add_column(column, justify="right")
    numbers = tuple(map(int, told.runs.split(",")))
    for one in measured(numbers, size, on_disk=told.on_disk, verified=True):
        server = "" if one.server is None else f"{one.server:.1f}"
        row = f"{one.seconds:.1f}", f"{one.processor:.1f}", server, f"{one.peak_mb:.0f}", f"{one.facts:,}"
        console.print(f"[dim]{one.runs} runs: {' '.join(row)}[/dim]")
        table.add_row(str(one.runs), *row)
    console.print(table)


if __name__ == "__main__":
    main()
