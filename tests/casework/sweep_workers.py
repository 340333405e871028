"""Workers that share a sweep in tests: each a process with a home of its own, and one may meet its fate in mid-work."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from enum import Enum
from pathlib import Path
from typing import Any

from casework.core.workspace import SystemClock, Workspace
from casework.operations import batches
from casework.operations.sweep import sweep
from tests.bench.made_up import FIRST_DAY, made_up
from tests.builders import a_workspace
from tests.chaos.moments import ShiftedClock

TREATY = "made0001"
LEASE = 2  # seconds
BATCH = 5  # dossiers
_AT = 7  # a worker meets its fate with so many dossiers treated, those of one batch written
_PATIENCE = 60.0  # seconds for a worker to end by itself
_SIX = datetime.combine(FIRST_DAY, time(6), UTC)

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


class Fate(Enum):
    """What happens to a worker in the middle of a batch."""

    KILLED = "killed"
    STOPPED = "stopped for longer than its lease"
    CUT_OFF = "cut off from the database"


@dataclass(kw_only=True)
class Worker:
    """A worker at work, or what became of it."""

    run: str
    home: Path
    process: multiprocessing.process.BaseProcess
    met: Any = field(default_factory=_nursery.Event)
    goes_on: Any = field(default_factory=_nursery.Event)

    @property
    def ended(self) -> str:
        """Return how its run ended, once it has: `done`, or what it raised; empty where it was killed."""
        self.process.join(_PATIENCE)
        assert not self.process.is_alive(), f"{self.run} did not end"
        said = self.home / "ended"
        return said.read_text() if said.exists() else ""


def a_clock() -> ShiftedClock:
    """Return a clock that shows six in the morning of the day to be swept, and goes on from there."""
    return ShiftedClock(_SIX - SystemClock().now())


def workspace_at(home: Path, url: str, clock: ShiftedClock, **settings: Any) -> Workspace:
    """Open the workspace of a worker, or of whoever looks on."""
    told = {"lease_seconds": LEASE, "shared_from": 100, **settings}
    workspace = a_workspace(home, url, opened=False, pathways=made_up, **told)
    workspace.clock = clock
    return workspace


def start(home: Path, url: str, clock: ShiftedClock, fate: Fate | None = None, together: Any = None) -> Worker:
    """Let a worker sweep; `together`: all who share it wait for each other once each has a part in hand."""
    home.mkdir()
    met, goes_on = _nursery.Event(), _nursery.Event()
    told = (str(home), url, clock, fate, met, goes_on, together)
    process = _nursery.Process(target=_work, args=told, daemon=True)
    process.start()
    return Worker(run=home.name, home=home, process=process, met=met, goes_on=goes_on)


def send_home(workers: Iterable[Worker]) -> None:
    """See that none of them runs any more: one that is stopped would be waited for."""
    for worker in workers:
        worker.process.kill()
        worker.process.join()


def all_together(number: int) -> Any:
    """Return where so many workers wait for each other."""
    return _nursery.Barrier(number)


def _work(home: str, url: str, clock: ShiftedClock, fate: Fate | None, met: Any, goes_on: Any, together: Any) -> None:
    batches.BATCH = BATCH
    place, treated, treat = Path(home), 0, batches.treat

    def treat_until_fate(open_dossier: Any) -> None:
        nonlocal treated
        treat(open_dossier)
        treated += 1
        if treated == _AT and fate is not None:
            _meet(fate, met, goes_on)

    def progress(done: int, _of: int) -> None:
        if together is not None and done == BATCH:
            together.wait(_PATIENCE)

    batches.treat = treat_until_fate
    workspace = workspace_at(place, url, clock)
    try:
        sweep(workspace, TREATY, on=FIRST_DAY, run=place.name, progress=progress)
        ended = "done"
    except Exception as wrong:  # noqa: BLE001  # whatever it is, the test says
        ended = type(wrong).__name__
    (place / "ended").write_text(ended)


def _meet(fate: Fate, met: Any, goes_on: Any) -> None:
    met.set()
    if fate is Fate.KILLED:
        os.kill(os.getpid(), signal.SIGKILL)
    elif fate is Fate.STOPPED:
        os.kill(os.getpid(), signal.SIGSTOP)
    else:
        goes_on.wait(_PATIENCE)
