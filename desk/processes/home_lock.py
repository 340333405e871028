"""The lock on a home: one `accede up` at a time. It is the operating system's, so a killed holder leaves none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "up.lock"


class AlreadyUp(Exception):
    """Somebody runs `accede up` on this home."""


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home, which is made if need be; AlreadyUp names the process that holds it."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (home / LOCK).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise AlreadyUp(
                f"Accede already runs on {home} (process {file.read().strip()})."
                " Stop that one first with Ctrl-C, or choose another --home."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
