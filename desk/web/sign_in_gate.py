"""The gate of signing in: few come in at once, so that a crowd at the door holds up nobody who is at work.

A password is slow to check on purpose. Whoever comes while more than a few are inside is sent away; not at once, since
then a crowd that asks again and again would cost as much as one that is let in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from anyio import current_time, sleep

from pathways.grammar.refusals import Refused, refusal

#: So many are inside, those that wait for their turn with them; and so many of one caller.
MOST, OF_ONE = 6, 2
#: Seconds until somebody is sent away, and between two who are.
_PAUSE, _APART = 1.0, 0.05


class TooManyAtTheDoor(Refused, PermissionError):
    """So many sign in just now that one more has to come again."""

    def __init__(self) -> None:
        """Say to come again."""
        super().__init__(refusal("many_sign_in"))


@dataclass
class SignInGate:
    """Who is inside. Asked from one event loop alone."""

    pause: float = _PAUSE
    apart: float = _APART
    _inside: Counter[str] = field(default_factory=Counter)
    _next: float = 0.0  # when the next one may be sent away

    @asynccontextmanager
    async def place(self, caller: str) -> AsyncIterator[None]:
        """Keep a place for a caller until the block ends; TooManyAtTheDoor, after a pause, when there is none."""
        if self._inside.total() >= MOST or self._inside[caller] >= OF_ONE:
            await self._wait()
            raise TooManyAtTheDoor
        self._inside[caller] += 1
        try:
            yield
        finally:
            self._inside[caller] -= 1
            self._inside += Counter()  # forget who has left

    async def _wait(self) -> None:
        now = current_time()
        at = max(now + self.pause, self._next)
        self._next = at + self.apart
        await sleep(at - now)
