"""The pulse: renews the claim on letters in hand, while a slow server keeps the carrier waiting.

Knows nothing of letters but their ids. Without it a claim would run out under the carrier, and another would send
the same letter.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from types import TracebackType
from typing import Protocol


class Renew(Protocol):
    """Keeps letters in hand until then, and returns those that are still ours."""

    def __call__(self, ids: Collection[str], *, until: datetime) -> frozenset[str]: ...


class Pulse:
    """Renews claims three times in each lease, from a thread of its own, until the block ends."""

    def __init__(
        self, renew: Renew, ids: Collection[str], *, now: Callable[[], datetime], lease: timedelta, until: datetime
    ) -> None:
        self._renew, self._ids = renew, frozenset(ids)
        self._now, self._lease = now, lease
        self._ours, self._until = self._ids, until
        self._beating = threading.Lock()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._live, name="pulse of letters in hand", daemon=True)

    def __enter__(self) -> Pulse:
        """Begin."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, where: TracebackType | None
    ) -> None:
        """End, and wait for a beat under way."""
        self._over.set()
        self._thread.join()

    def holds(self, id_: str) -> bool:
        """Tell whether a letter is still ours; a claim that may have run out is renewed first, or was taken over."""
        if self._now() >= self._until:
            self._beat()
        return id_ in self._ours

    def _live(self) -> None:
        while not self._over.wait(self._lease.total_seconds() / 3):
            try:
                self._beat()
            except Exception:  # noqa: BLE001, S112  # `holds` asks again before the next letter, and raises
                continue

    def _beat(self) -> None:
        with self._beating:
            until = self._now() + self._lease
            self._ours = self._renew(self._ids, until=until)
            self._until = until
