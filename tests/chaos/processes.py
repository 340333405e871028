"""The processes of a round: commands and the desk, real ones, each with a clock that is so far ahead of the machine's.

A process is forked from a server that has everything loaded, and dies with that server.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from casework.core import workspace as workspaces
from casework.operations import batches
from tests.chaos.moments import ShiftedClock
from tests.desk.running_processes import comes_about

#: What a command or the desk imports when it is called.
AT_WORK = (
    "desk.cli.main",
    "desk.server.app",
    "desk.cli.printed.intake",
    "casework.depositary.intake",
    "casework.letters.posting",
    "casework.operations.sweep",
    "rich.console",
)
DESK = "desk"
_A_FEW = 4  # dossiers in one transaction of a sweep
_PATIENCE = 180.0  # seconds for a process to end by itself
_PR_SET_PDEATHSIG = 1  # linux/prctl.h

_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.chaos.loaded"])
#: The end of a process is told once, to whoever looks first, and whoever starts another looks too.
_look = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a round happens: its home, the clock it goes by, and where what is said goes."""

    home: Path
    clock: ShiftedClock

    @property
    def log(self) -> Path:
        """Return the file in which everything that is said ends."""
        return self.home / "said.log"


@dataclass(kw_only=True)
class Running:
    """A process at work, and what was done to it."""

    words: tuple[str, ...]
    process: multiprocessing.process.BaseProcess
    was_stopped: bool = False
    letters: int = 0  # that the mail server took while it was at work

    @property
    def carries_letters(self) -> bool:
        """Tell whether it may have a letter in hand."""
        return self.words[0] in ("post", DESK)

    @property
    def code(self) -> int | None:
        """Return with which code it ended, below nought the signal that ended it; None while it runs."""
        with _look:
            return self.process.exitcode

    def send(self, number: signal.Signals) -> bool:
        """Send a signal; tell whether there was somebody to get it."""
        with _look:
            if self.process.exitcode is not None or self.process.pid is None:
                return False
            try:
                os.kill(self.process.pid, number)
            except ProcessLookupError:  # just gone
                return False
            return True

    def worked(self) -> float:
        """Return for how many seconds it has had the processor."""
        with _look:
            if self.process.exitcode is not None:
                return 0.0
            try:
                times = psutil.Process(self.process.pid).cpu_times()
            except psutil.Error:  # just gone
                return 0.0
            return float(times.user + times.system)

    def limit(self, bytes_: int) -> None:
        """Let the process write no file beyond a size, as on a full disk; what is there already can be read."""
        with _look:
            if self.process.exitcode is not None or self.process.pid is None:
                return
            with suppress(ProcessLookupError):  # just gone
                _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
                resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (bytes_, hard))


@dataclass(kw_only=True)
class Crowd:
    """Everybody who is or was at work in a round."""

    place: Place
    all: list[Running] = field(default_factory=list)
    room: int = resource.RLIM_INFINITY  # bytes up to which a file may grow

    def start(self, *words: str) -> Running:
        """Start a command, or the desk at a port."""
        with _look:
            process = _nursery.Process(
                target=_work, args=(words, str(self.place.home), self.place.clock, self.room), daemon=True
            )
            process.start()
            started = Running(words=words, process=process)
            self.all.append(started)
            return started

    def wait(self, running: Running) -> None:
        """Wait until a process has ended; Stuck when it never does."""
        if not comes_about(lambda: running.code is not None, _PATIENCE):
            running.send(signal.SIGKILL)
            raise Stuck(f"{' '.join(running.words)} did not end")

    def at_work(self) -> list[Running]:
        """Return who is at work."""
        return [running for running in self.all if running.code is None]

    def fill_disk(self, bytes_: int) -> None:
        """Let nobody write beyond a size, nor whoever comes."""
        with _look:
            self.room = bytes_
        for running in self.at_work():
            running.limit(bytes_)

    def free_disk(self) -> None:
        """Let everybody write again."""
        self.fill_disk(resource.RLIM_INFINITY)


class Stuck(AssertionError):
    """A process did not end once all faults were over."""


def _work(words: tuple[str, ...], home: str, clock: ShiftedClock, room: int) -> None:
    """Answer one line of text in this process, or serve the desk."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    log = os.open(Path(home) / "said.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    os.environ["ACCEDE_HOME"] = home
    workspaces.SystemClock = lambda: clock  # type: ignore[misc,assignment]
    batches.BATCH = _A_FEW
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    sys.argv = ["accede", *words]
    if words[0] == DESK:
        from desk.server.app import main as serve

        serve(list(words[1:]))
    from desk.cli.main import main

    main()
