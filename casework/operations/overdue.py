"""What is overdue: the flows whose hour struck while nothing ran, by what each of them left in the record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

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
    struck, by = schedule.last_before(workspace.stamp(), zone), max(workspace.stamp(), workspace.clock.now())
    if flow is Flow.SWEEP:
        swept = runs.last_completed(connection, treaty)
        return swept is None or not struck.astimezone(zone).date() <= swept <= workspace.today()
    done = _done_at(workspace, connection, flow)
    return done is None or not struck <= done <= by  # one of an hour to come is of a clock that went ahead


def _done_at(workspace: Workspace, connection: Connection, flow: Flow) -> datetime | None:
    """Return the hour of the mark that a flow left last; None also where it leaves none, and is safe to repeat."""
    if flow is Flow.AUDIT:
        seal = runs.last_seal(connection)
        return seal["sealed_at"] if seal else None
    if flow is Flow.BACKUP:
        last = last_backup(workspace)
        return last.at if last else None
    return looked_through_at(workspace) if flow is Flow.RETENTION else None
