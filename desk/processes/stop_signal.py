"""The bell: Ctrl-C, SIGTERM or a closed terminal ring it, and nothing is interrupted in mid-air.

Whoever waits, waits on the bell; so no process is ever started and then lost to an exception in between.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class StopSignal:
    """Rings when the operator wants to stop; a second ring means at once."""

    def __init__(self) -> None:
        """Hang the bell; it hears nothing before it is entered."""
        self.times = 0
        self._given = threading.Event()
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> StopSignal:
        """Listen. A background job's deafness to Ctrl-C is undone, that of nohup to a closed terminal is not."""
        heard = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            heard.append(signal.SIGHUP)
        for signum in heard:
            self._before[signum] = signal.signal(signum, self._ring)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Listen no more."""
        for signum, handler in self._before.items():
            signal.signal(signum, handler)

    @property
    def is_given(self) -> bool:
        """Tell whether the operator wants to stop."""
        return self.times > 0

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; return at once, and True, when the bell has rung."""
        return self._given.wait(seconds)

    def _ring(self, signum: int, frame: FrameType | None) -> None:
        self.times += 1
        self._given.set()
