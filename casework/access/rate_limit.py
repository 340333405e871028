"""The rate limit: so many tries a minute for an account and for a caller, whether or not the account exists.

Counted in memory, by the workspace's clock: one process serves the desk, and whoever restarts it may try again.
What is counted is every try, also a good one; so the count tells nobody whether an account exists.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from weakref import WeakKeyDictionary

from casework.core.workspace import Workspace
from pathways.grammar.refusals import Refused, refusal

MOST = 5
WITHIN = timedelta(minutes=1)
#: So many accounts and callers are kept in mind; beyond that, those that are quiet are forgotten.
_ROOM = 10_000


class TooManyTries(Refused, PermissionError):
    """The next try has to wait; `until` is when it may be made."""

    def __init__(self, until: datetime, zone_time: str) -> None:
        """Say from when on."""
        super().__init__(refusal("too_many_tries", most=MOST, hour=zone_time))
        self.until = until


@dataclass
class Tries:
    """The tries of the last minute."""

    _made: dict[str, deque[datetime]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def count(self, names: tuple[str, ...], now: datetime) -> datetime | None:
        """Count a try for each of these names; if one has had too many, count nothing and return when it is free."""
        keys = [hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest() for name in names]
        with self._lock:
            self._forget(now)
            made = [self._made.setdefault(key, deque(maxlen=MOST)) for key in keys]
            waits = [tries[0] + WITHIN for tries in made if len(tries) == MOST and tries[0] + WITHIN > now]
            if waits:
                return max(waits)
            for tries in made:
                tries.append(now)
            return None

    def _forget(self, now: datetime) -> None:
        if len(self._made) < _ROOM:
            return
        self._made = {key: tries for key, tries in self._made.items() if tries and tries[-1] + WITHIN > now}


_of_workspace: WeakKeyDictionary[Workspace, Tries] = WeakKeyDictionary()
_making = Lock()


def count_try(workspace: Workspace, what: str, *, account: str, caller: str) -> None:
    """Count a try to do something for an account, from a caller; TooManyTries says when the next may be made."""
    with _making:
        tries = _of_workspace.setdefault(workspace, Tries())
    now = workspace.clock.now()
    until = tries.count((f"{what} account {account.strip().casefold()}", f"{what} caller {caller}"), now)
    if until is not None:
        raise TooManyTries(until, _hour(workspace, until))


def _hour(workspace: Workspace, until: datetime) -> str:
    whole = until + timedelta(seconds=1)  # the clock on the wall shows no fractions
    return f"{whole.astimezone(workspace.settings.timezone):%H:%M:%S}"
