"""The background post: letters that somebody waits for leave at once, and no page waits while they do.

What is asked for here is done after the answer, one thing after the other, on a thread that ends when there is no more.
Whatever fails is left to the post that runs every five minutes.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable
from threading import Lock, Thread

from casework.core.workspace import Workspace
from casework.letters.posting import post

#: More than so many wait only when somebody floods the sign-in; those that come then may ask again.
_ROOM = 200
_log = logging.getLogger("accede.desk")

Work = Callable[[], object]


class BackgroundPost:
    """Carries what is due, soon."""

    def __init__(self, workspace: Workspace) -> None:
        """Know the workspace; nothing runs yet."""
        self._workspace = workspace
        self._waiting: deque[Work | None] = deque()
        self._lock = Lock()
        self._round: Thread | None = None

    def soon(self, first: Work | None = None) -> None:
        """Do something first if asked, then carry the letters that are due."""
        with self._lock:
            if len(self._waiting) >= _ROOM:
                _log.warning("More letters are asked for than can be carried; some were not written.")
                return
            self._waiting.append(first)
            if self._round is None:
                self._round = Thread(target=self._go, name="background post", daemon=True)
                self._round.start()

    def rest(self) -> None:
        """Wait until everything asked for so far is done."""
        with self._lock:
            going = self._round
        if going is not None:
            going.join()

    def _go(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._round = None
                    return
                first = self._waiting.popleft()
            self._do(first)

    def _do(self, first: Work | None) -> None:
        try:
            if first is not None:
                first()
            post(self._workspace, run="desk")
        except Exception as wrong:  # noqa: BLE001  # messages may hold an address; the next post tries again
            _log.error("The desk could not carry letters: %s", type(wrong).__name__)
