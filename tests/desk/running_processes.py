"""Looking at processes from outside: which still run, and waiting for what must come about."""

import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

PATIENCE = 60.0  # seconds; a machine at ease needs a tenth of one


def runs(pid: int) -> bool:
    """Tell whether a process is still there; one that only waits to be buried is not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


def running_for(home: Path) -> list[str]:
    """Return every process that belongs to a home, as `number state command environment`."""
    listed = subprocess.run(["ps", "axeww", "-o", "pid=,stat=,command="], capture_output=True, text=True, check=True)
    return [line for line in listed.stdout.splitlines() if str(home) in line and " Z" not in line[:20]]


def told(pid: int, name: str) -> str | None:
    """Return what a process finds under a name in its environment; None where it finds nothing."""
    listed = (Path("/proc") / str(pid) / "environ").read_bytes().decode().split("\0")
    return next((value for key, _, value in (line.partition("=") for line in listed) if key == name), None)


def comes_about(what: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Wait until something is so; tell whether it came to be."""
    deadline = time.monotonic() + seconds
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def all_gone(pids: Iterable[int]) -> bool:
    """Wait until none of these processes runs; tell whether it came to be."""
    left = list(pids)
    return comes_about(lambda: not any(map(runs, left)))
