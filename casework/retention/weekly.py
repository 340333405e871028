"""The weekly look at what was kept as long as the rules say: the Secretariat is asked while there is anything.

Erases nothing: an administrator says of each whether it goes.
"""

from __future__ import annotations

from datetime import datetime

from casework.core.workspace import Workspace
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter, leave
from casework.retention.proposals import found_in
from models.follow_ups import lifecycle
from models.store import record_settings
from models.store.engine import Connection

KEPT_LONG_ENOUGH = "kept_long_enough"
_NOTHING_LEFT = "done: nothing is kept longer than the rules say"
_LOOKED = "looked_through_at"


def look_through(workspace: Workspace) -> int:
    """Return how much is proposed to be erased, and see that the Secretariat is asked while there is anything."""
    with workspace.registry() as connection:
        record_settings.keep(connection, _LOOKED, workspace.stamp().isoformat())
        return ask_while_any(workspace, connection, by="system")


def looked_through_at(workspace: Workspace) -> datetime | None:
    """Return when it was last looked through."""
    kept = workspace.forget().get(_LOOKED)
    return datetime.fromisoformat(kept) if kept else None


def ask_while_any(workspace: Workspace, connection: Connection, *, by: str) -> int:
    """Put it on the Secretariat's list, once, that something is proposed, or take that off; return how much is."""
    treaty, today = workspace.settings.treaty, workspace.today()
    key, count = f"{KEPT_LONG_ENOUGH}:{treaty}", sum(1 for _ in found_in(workspace, connection))
    if count:
        task = Task(
            key=key,
            occasion=KEPT_LONG_ENOUGH,
            about="",
            treaty=treaty,
            due_on=due(KEPT_LONG_ENOUGH, today),
            recurs=True,
        )
        enter(workspace, connection, [task], today)
    else:
        known = lifecycle.open_with_prefix(connection, KEPT_LONG_ENOUGH)
        leave(connection, list(known.values()), today, _NOTHING_LEFT, by=by)
    return count
