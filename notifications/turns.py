"""Turns: letters travel side by side up to the door of their server, and are handed over one after the other.

From the moment a server may take a letter until that is written down, the letter is in doubt: who dies in between has
it repeated. One letter at a time is in doubt, so that whoever dies repeats one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: Waits until a letter may be handed over; LetGo when it may not be any more.
Turn = Callable[[], None]


class LetGo(Exception):
    """The letter is not handed over: it is in another's hand by now, or the post ends. The cause is what ended it."""


def at_once() -> None:
    """Be the turn of a letter that travels alone."""


class Turns:
    """The turns of letters that travel side by side. `holds` tells whether a letter is still ours."""

    def __init__(self, holds: Callable[[str], bool]) -> None:
        self._holds = holds
        self._door = threading.Lock()
        self._over = False
        self.taken: set[str] = set()

    @contextmanager
    def of(self, id_: str) -> Iterator[Turn]:
        """Give a letter its turn, to be taken once; it lasts until the block ends. What goes wrong in it ends all."""
        try:
            yield lambda: self._take(id_)
        except BaseException:
            self.end()
            raise
        finally:
            if id_ in self.taken:
                self._door.release()

    def end(self) -> None:
        """Give no more turns."""
        self._over = True

    def _take(self, id_: str) -> None:
        if id_ in self.taken:
            return
        self._door.acquire()
        try:
            may_go = not self._over and self._holds(id_)
        except Exception as wrong:
            self._door.release()
            raise LetGo from wrong
        if not may_go:
            self._door.release()
            raise LetGo
        self.taken.add(id_)
