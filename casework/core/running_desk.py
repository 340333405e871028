"""The running desk: its address, kept in the home while it runs, so that the links of a command there lead to it.

The lock on the file is the operating system's, so a desk that was killed leaves no address that anybody believes.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import sleep

ADDRESS = "desk.address"
_TRIES, _PAUSE = 20, 0.02  # seconds; whoever reads holds it for less


@contextmanager
def running_at(home: Path, address: str) -> Iterator[None]:
    """Tell the home where its desk runs, until it ends; of several desks, the first."""
    with ExitStack() as kept:
        with suppress(OSError):  # a home that takes nothing has a desk all the same
            file = kept.enter_context((home / ADDRESS).open("a+", encoding="utf-8"))
            if _is_ours(file.fileno()):
                file.truncate(0)
                file.write(address)
                file.flush()
        yield


def where_it_runs(home: Path) -> str | None:
    """Return where the desk of a home runs just now, if it does and this process may know."""
    try:
        with (home / ADDRESS).open(encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return file.read().strip() or None
    except OSError:
        return None
    return None


def _is_ours(file: int) -> bool:
    for _ in range(_TRIES):
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sleep(_PAUSE)
        else:
            return True
    return False
