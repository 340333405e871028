"""The orphan reaper: a process that outlives the supervisor by a moment, to end what it has left behind.

It reads process groups on standard input, `+123` begun and `-123` ended. When the other end closes, for
whatever reason, it kills the groups that are left. It never knows what they are for, and imports nothing else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable
from contextlib import suppress


def left_behind(lines: Iterable[str]) -> set[int]:
    """Return the groups that had begun and not ended when the lines ran out."""
    groups: set[int] = set()
    for line in lines:
        group = int(line[1:])
        if line.startswith("+"):
            groups.add(group)
        else:
            groups.discard(group)
    return groups


def main() -> None:
    """Wait for the supervisor's end, then kill what it left."""
    for deaf_to in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(deaf_to, signal.SIG_IGN)
    for group in left_behind(sys.stdin):
        with suppress(ProcessLookupError):
            os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
