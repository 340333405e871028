"""What is overdue: the flows whose hour struck while nothing ran, by what each of them left in the record."""

from __future__ import annotations

from collections.abc import Iterator

from casework.core.workspace import Workspace
from casework.operations.flows import FLOWS, Flow
from casework.record.nightly import last_backup
from casework.record.opening import opened_on
from casework.retention.weekly import looked_through_at
from models.runs import runs
from models.store.engine import Connection
from pathways import pathways


def overdue(workspace: Workspace) -> list[tuple[Flow, str]]:
    """Return each flow with the treaty it is to be done for, once; what comes every few minutes is always among them.

    What is for every treaty alike is done for the one that is shown.
    """
    with workspace.reading() as connection:
        return list(_overdue(workspace, connection))


def _overdue(workspace: Workspace, connection: Connection) -> Iterator[tuple[Flow, str]]:
    for flow, declared in FLOWS.items():
        if declared.schedule is None:
            continue
        for treaty in pathways() if declared.is_for_each_treaty else (workspace.settings.treaty,):
            if declared.schedule.at is None or _was_missed(workspace, connection, flow, treaty):
                yield flow, treaty


def _was_missed(workspace: Workspace, connection: Connection, flow: Flow, treaty: str) -> bool:
    """Tell whether what is done once a day or week was not done since its hour last struck."""
    schedule, zone = FLOWS[flow].schedule, workspace.settings.timezone
    opened = opened_on(workspace, treaty if flow is Flow.SWEEP else None)
    if opened is not None and opened >= workspace.today():
        return False  # opening the record did what its first day brought
    assert schedule is not None
    struck = schedule.last_before(workspace.stamp(), zone)
    if flow is Flow.SWEEP:
        swept = runs.last_completed(connection, treaty)
        return swept is None or swept < struck.astimezone(zone).date()
    if flow is Flow.AUDIT:
        seal = runs.last_seal(connection)
        return seal is None or seal["sealed_at"] < struck
    if flow is Flow.BACKUP:
        last = last_backup(workspace)
        return last is None or last.at < struck
    if flow is Flow.RETENTION:
        looked = looked_through_at(workspace)
        return looked is None or looked < struck
    return True  # it leaves no mark, and everything is safe to repeat
