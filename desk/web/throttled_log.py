"""The throttled log: a fault is written once a minute, in one line, however often it comes about."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock

_AGAIN_AFTER = 60.0  # seconds


class _Throttle:
    """Lets of each kind the first through, and then one a minute. A kind is one of few, and holds no content."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = Lock()
        self._kinds: dict[str, tuple[float, int]] = {}  # when it was last written, and how many were left out since

    def words(self, kind: str) -> str | None:
        """Return what is to be written, with how many were left out before; None within the minute."""
        now = self._clock()
        with self._lock:
            written, left_out = self._kinds.get(kind, (None, 0))
            if written is not None and now - written < _AGAIN_AFTER:
                self._kinds[kind] = (written, left_out + 1)
                return None
            self._kinds[kind] = (now, 0)
        return f"{kind} (and {left_out} more before)" if left_out else kind


class ThrottledLog:
    """Writes of each kind of fault the first, and then one a minute with how many were left out."""

    def __init__(self, log: logging.Logger, clock: Callable[[], float] = time.monotonic) -> None:
        """Know where to write, and a clock of seconds that never goes back."""
        self._log, self._throttle = log, _Throttle(clock)

    def error(self, kind: str) -> None:
        """Write a kind of fault, unless it was within the minute."""
        words = self._throttle.words(kind)
        if words is not None:
            self._log.error("%s", words)


class OnceAMinute(logging.Filter):
    """Throttles what a library writes into its own log, a line for each bad request of anybody."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Know a clock of seconds that never goes back."""
        super().__init__()
        self._throttle = _Throttle(clock)

    def filter(self, record: logging.LogRecord) -> bool:
        """Let a line through that was not there within the minute, whatever it was about."""
        words = self._throttle.words(str(record.msg))
        if words is None:
            return False
        record.msg = words
        return True
