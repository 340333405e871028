"""The stop signal: Ctrl-C, SIGTERM or a closed terminal give it, and nothing is interrupted half done.

Whoever waits, waits on it; so no process is ever started and then lost to an exception in between.
"""

from __future__ import annotations

import signal
import threading
from types import FrameType, TracebackType
from typing import Any


class StopSignal:
    """Is given when the operator wants to stop; given a second time it means at once."""

    def __init__(self) -> None:
        """Make the signal; nothing is listened for before it is entered."""
        self.times_given = 0
        self._given = threading.Event()
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> StopSignal:
        """Listen. A background job's deafness to Ctrl-C is undone, that of nohup to a closed terminal is not."""
        heard = [signal.SIGINT, signal.SIGTERM]
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
            heard.append(signal.SIGHUP)
        for signum in heard:
            self._before[signum] = signal.signal(signum, self._give)
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
        return self.times_given > 0

    def wait(self, seconds: float) -> bool:
        """Wait so long at most; return at once, and True, when the signal was given."""
        return self._given.wait(seconds)

    def _give(self, signum: int, frame: FrameType | None) -> None:
        self.times_given += 1
        self._given.set()
