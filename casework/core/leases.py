"""Leases: who does what only one may do at a time. A holder silent for too long is taken over."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import sleep

from casework.core.workspace import Workspace
from models.runs import runs
from models.store.engine import Connection, StoreUnreachable
from pathways.grammar.refusals import Refused, refusal

_LOOKS = 0.5  # seconds between looks at a lease somebody else holds


class UnderWay(Refused):
    """Somebody else is doing this and gives signs of life."""


class LeaseGone(Refused):
    """We fell silent too long and somebody else has taken over; what we were writing is undone."""


@contextmanager
def leased(workspace: Workspace, name: str, holder: str) -> Iterator[Callable[[Connection], None]]:
    """Hold a lease; yields the heartbeat, to be called in each transaction so that a lost lease writes nothing."""
    seconds = workspace.settings.lease_seconds
    _wait_for(workspace, name, holder, seconds)

    def beat(connection: Connection) -> None:
        if not runs.renew_lease(connection, name, holder, now=workspace.clock.now(), seconds=seconds):
            raise LeaseGone(refusal("taken_over", name=name))

    try:
        yield beat
    finally:
        with suppress(StoreUnreachable), workspace.registry() as connection:
            runs.drop_lease(connection, name, holder)


def _wait_for(workspace: Workspace, name: str, holder: str, seconds: int) -> None:
    """Wait for a holder that may be dead, as long as its lease can last; one that lives is not disturbed."""
    for _ in range(int((seconds + 1) / _LOOKS) + 1):
        with workspace.registry() as connection:
            if runs.take_lease(connection, name, holder, now=workspace.clock.now(), seconds=seconds):
                return
        sleep(_LOOKS)
    raise UnderWay(refusal("under_way", name=name))
