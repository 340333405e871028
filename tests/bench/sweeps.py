"""The sweep against the plain loop, against a smaller record, and its memory; and a whole record verified.

In processor time, which a busy machine changes little; on PostgreSQL, whose own work is elsewhere, by the clock.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import dossiers
from models.store.engine import Store
from tests.bench.figures import Race, peak_mb
from tests.bench.lives import EVE
from tests.bench.made_up import Size, make, open_made_up
from tests.bench.plain_loop import Plan, plan_of, read_and_hash, write_plainly
from tests.postgres import cluster

#: Gives the address of a fresh copy of a record, and takes it away afterwards.
Fresh = Callable[[], AbstractContextManager[str]]
Timer = Callable[[], float]


def prepare(kept: Path, size: Size) -> float:
    """Make a record to be copied; return the seconds it took."""
    start = perf_counter()
    with closing(open_made_up(kept.parent, EVE, f"sqlite:///{kept}")) as workspace:
        make(workspace, size)
    return perf_counter() - start


def beside_a_plain_loop(kept: Path, day: date, due: int, rounds: int) -> Race:
    """Let the sweep and the plain loop write the same rows, in turn, each into a fresh copy."""
    return _race(partial(copied, kept), day, due, rounds)


def beside_a_plain_loop_on_postgres(size: Size, day: date, due: int, rounds: int) -> Race:
    """Do the same on a real PostgreSQL of our own."""
    with cluster() as server:
        template = server.create()
        with closing(open_made_up(Path(), EVE, server.url(template))) as workspace:
            make(workspace, size)

        @contextmanager
        def cloned() -> Iterator[str]:
            name = server.create(template)
            yield server.url(name)
            server.drop(name)

        return _race(cloned, day, due, rounds, perf_counter)


def beside_a_smaller_record(large: tuple[Path, date], small: tuple[Path, date], due: int, rounds: int) -> Race:
    """Sweep a large record and a small one with as many due, in turn."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(rounds):
        for (kept, day), taken in ((large, ours), (small, theirs)):
            with copied(kept) as url:
                taken.append(_sweep(url, day, due, process_time))
    return Race(ours=tuple(ours), theirs=tuple(theirs))


def memory_of_a_sweep(kept: Path, day: date, due: int) -> float:
    """Return the peak of a process that does nothing but one sweep, in megabytes."""
    with copied(kept) as url:
        _sweep(url, day, due, process_time)
    return peak_mb()


def verified(kept: Path, day: date) -> tuple[int, Race]:
    """Verify a record, most rows of which speak of an earlier day; return how many facts it has, and the seconds.

    Beside it the least that any proof of a chain takes: each fact read once, written as canonical JSON and hashed.
    """
    start = process_time()
    read_and_hash(kept)
    least = process_time() - start
    with closing(open_made_up(Path(), day, f"sqlite:///{kept}")) as workspace:
        start = process_time()
        found = verify(workspace)
        taken = process_time() - start
    assert found.is_sound, (found.chain[:3], found.replay[:3])
    return found.facts, Race(ours=(taken,), theirs=(least,))


@contextmanager
def copied(kept: Path) -> Iterator[str]:
    """Give a copy of a database, written out, so that its sweep does not pay for the copying."""
    with TemporaryDirectory(dir=kept.parent) as place:
        copy = shutil.copy(kept, place)
        os.sync()
        yield f"sqlite:///{copy}"


def _race(fresh: Fresh, day: date, due: int, rounds: int, timer: Timer = process_time) -> Race:
    ours: list[float] = []
    theirs: list[float] = []
    plan: Plan | None = None
    for _ in range(rounds):
        with fresh() as url:
            ours.append(_sweep(url, day, due, timer))
            plan = plan or _plan(url)
        with fresh() as url:
            theirs.append(_plainly(url, day, due, plan, timer))
    return Race(ours=tuple(ours), theirs=tuple(theirs))


def _sweep(url: str, day: date, due: int, timer: Timer) -> float:
    with closing(open_made_up(Path(), day, url)) as workspace:
        with workspace.reading() as connection:
            for treaty in dossiers.treaties(connection):
                workspace.pathway(treaty)  # real ones are declared when the program starts, no matter what it sweeps
        start = timer()
        swept = sweep(workspace, None, run="bench")
        taken = timer() - start
    assert (swept.due, swept.failed) == (due, ())
    assert swept.notices >= due  # somebody is told of each: no promise is kept by telling nobody
    return taken


def _plan(url: str) -> Plan:
    store = Store(url)
    plan = plan_of(store, EVE)
    store.dispose()
    return plan


def _plainly(url: str, day: date, due: int, plan: Plan, timer: Timer) -> float:
    store = Store(url)
    start = timer()
    written = write_plainly(store, day, plan)
    taken = timer() - start
    store.dispose()
    assert written == due
    return taken
