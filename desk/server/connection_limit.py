"""The connection limit: how many the machine's open files allow, and which one is closed where one more comes.

Looks at connections and never closes one.
"""

from __future__ import annotations

import logging
import resource
from collections.abc import Iterable
from typing import Protocol, TypeVar

_FILES = 4096  # open at once, where the machine allows it
_FILES_KEPT = 400  # for the record, for what a page reads, and for lines about to be closed
_FEW = 200  # lines: a dozen people, with the half-dozen that each browser opens, and as many again
_FEWEST, MOST = 32, 1000  # lines
_ABOUT_TO_ASK = 1.0  # seconds: who comes together with others is not to be closed before the first word
_log = logging.getLogger("accede.desk")


class OpenLine(Protocol):
    """A line, as far as making room goes. `since`: when its silence, or its question, began (seconds of the loop)."""

    since: float

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing goes either way."""

    @property
    def is_held_up(self) -> bool:
        """Tell whether only its caller can go on: with a form that has not come whole, or an answer to be taken."""


L = TypeVar("L", bound=OpenLine)


def room_for_lines() -> int:
    """Let this process open as many files as it may need, and return how many lines that leaves room for."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(hard, _FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        soft = wanted
    room = MOST if soft == resource.RLIM_INFINITY else max(_FEWEST, min(MOST, soft - _FILES_KEPT))
    if room < _FEW:
        _log.warning(
            "room for %d lines at once: a higher limit of open files (ulimit -Hn) than %d gives more", room, hard
        )
    return room


def who_makes_room(lines: Iterable[L], now: float) -> L | None:
    """Return the line to close: of the silent ones, else of those held up, the longest; None where all are at work."""
    lines = list(lines)
    silent = [line for line in lines if line.is_silent]
    lasting = [line for line in silent if now - line.since >= _ABOUT_TO_ASK]
    held_up = [line for line in lines if line.is_held_up]
    return min(lasting or held_up or silent, key=lambda line: line.since, default=None)
