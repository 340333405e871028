"""Children: the processes that `accede up` starts, and the promise that none of them outlives it.

Each child leads a session of its own, so that Ctrl-C reaches the supervisor alone, and what a child starts stays
in its group. A child dies with the supervisor (PR_SET_PDEATHSIG on Linux), its group by the orphan reaper.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from desk.processes.stop_signal import StopSignal

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_TICK = 0.2  # seconds between looks; asking a server costs it time that it needs
_LOOKS = 0.5


class CannotGoOn(Exception):
    """A process that is needed did not start, or has stopped; the message says where to look."""


class Stopped(Exception):
    """The stop signal came while something was waited for."""


@dataclass(frozen=True, kw_only=True)
class Child:
    """A process and its group, with the seconds it may take to end by itself."""

    name: str
    process: subprocess.Popen[bytes]
    grace: float
    log: Path

    @property
    def runs(self) -> bool:
        """Tell whether the process is still there."""
        return self.process.poll() is None


class Children:
    """Starts children, and ends them in the reverse order."""

    def __init__(self, stop_signal: StopSignal, *, environment: Mapping[str, str], directory: Path, logs: Path) -> None:
        """Know where children run and where they write; start nothing yet."""
        self.stop_signal = stop_signal
        self.directory = directory
        self._environment = environment
        self._logs = logs
        self._children: list[Child] = []
        self._prepare = _dying_with(os.getpid())

    def __enter__(self) -> Children:
        """Start the orphan reaper before there is any child."""
        self._logs.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._reaper = subprocess.Popen(
            [sys.executable, "-m", "desk.processes.orphan_reaper"],
            stdin=subprocess.PIPE,
            env=self._environment,
            cwd=self.directory,
            start_new_session=True,
            bufsize=0,
        )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End every child, then the orphan reaper."""
        for child in reversed(self._children[:]):
            self._end(child)
        assert self._reaper.stdin is not None
        self._reaper.stdin.close()
        self._reaper.wait()

    def start(
        self, name: str, command: Sequence[str], *, grace: float = 5.0, told: Mapping[str, str] | None = None
    ) -> Child:
        """Start a child; what it says goes to `NAME.log`, what it said last time to `NAME.log.1`.

        `told`: what this one finds in its environment beside what all of them do, such as a password.
        """
        log = self._logs / f"{name}.log"
        with self._fresh(log) as output:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**self._environment, **(told or {})},
                cwd=self.directory,
                start_new_session=True,
                preexec_fn=self._prepare,  # noqa: PLW1509  # this process has one thread
            )
        child = Child(name=name, process=process, grace=grace, log=log)
        self._children.append(child)
        self._tell_reaper(f"+{process.pid}")
        return child

    def until(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Wait until something is ready; CannotGoOn when a child falls or the time is up, Stopped by the signal."""
        deadline = time.monotonic() + seconds
        while not ready():
            self.look()
            if time.monotonic() > deadline:
                raise CannotGoOn(f"{what} was not ready in {seconds:.0f} seconds. Look into {self._logs}.")
            if self.stop_signal.wait(_TICK):
                raise Stopped

    def finish(self, child: Child, seconds: float) -> bool:
        """Wait for a child that ends by itself; tell whether it did so in time and well."""
        deadline = time.monotonic() + seconds
        while child.runs and time.monotonic() < deadline:
            if self.stop_signal.wait(_TICK):
                raise Stopped
        self._end(child)
        return child.process.returncode == 0

    def stay(self) -> None:
        """Wait for the stop signal; CannotGoOn when a child falls before."""
        while not self.stop_signal.wait(_LOOKS):
            self.look()

    def look(self) -> None:
        """Look at every child once; CannotGoOn when one has fallen."""
        fallen = next((child for child in self._children if not child.runs), None)
        if fallen is not None:
            raise CannotGoOn(
                f"The {fallen.name} has stopped by itself, so everything was stopped."
                f" Its last words are in {fallen.log}."
            )

    @contextmanager
    def _fresh(self, log: Path) -> Iterator[BinaryIO]:
        with suppress(FileNotFoundError):
            log.replace(log.with_suffix(".log.1"))
        with os.fdopen(os.open(log, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as output:
            yield output

    def _end(self, child: Child) -> None:
        """Ask the child to end, give it its grace unless the signal comes again, then kill its group."""
        times, deadline = self.stop_signal.times_given, time.monotonic() + child.grace
        with suppress(ProcessLookupError):
            child.process.send_signal(signal.SIGINT)
        while child.runs and time.monotonic() < deadline and self.stop_signal.times_given <= times:
            time.sleep(_TICK)
        with suppress(ProcessLookupError):
            os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()
        self._tell_reaper(f"-{child.process.pid}")
        self._children.remove(child)

    def _tell_reaper(self, line: str) -> None:
        assert self._reaper.stdin is not None
        with suppress(BrokenPipeError):  # without a reaper there is still PR_SET_PDEATHSIG
            self._reaper.stdin.write(f"{line}\n".encode())


def _dying_with(parent: int) -> Callable[[], None]:
    """Return what a child runs before its program: it is killed when the thread that started it ends."""
    if sys.platform != "linux":
        return lambda: None
    prctl = ctypes.CDLL(None).prctl  # found beforehand: between fork and exec nothing may be imported

    def ask_for_the_signal() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it is already gone
            os._exit(1)

    return ask_for_the_signal
