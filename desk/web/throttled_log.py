"""The throttled log: a fault is written once a minute, in one line, however often it comes about."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

_AGAIN_AFTER = 60.0  # seconds


class ThrottledLog:
    """Writes of each kind of fault the first, and then one a minute with how many were left out."""

    def __init__(self, log: logging.Logger, clock: Callable[[], float] = time.monotonic) -> None:
        """Know where to write, and a clock of seconds that never goes back."""
        self._log, self._clock = log, clock
        self._lock = Lock()
        self._kinds: dict[str, tuple[float, int]] = {}  # when it was last written, and how many were left out since

    def error(self, kind: str) -> None:
        """Write a kind of fault, unless it was within the minute. A kind is one of few, and holds no content."""
        now = self._clock()
        with self._lock:
            written, left_out = self._kinds.get(kind, (None, 0))
            if written is not None and now - written < _AGAIN_AFTER:
                self._kinds[kind] = (written, left_out + 1)
                return
            self._kinds[kind] = (now, 0)
        self._log.error("%s%s", kind, f" (and {left_out} more before)" if left_out else "")
