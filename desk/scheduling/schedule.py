"""The schedule: what happens when, without Prefect. The same verbs on the same schedule, one after the other.

For a machine that is too small for Prefect, or a reader who wants to see that the record does not need it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from casework.core.leases import UnderWay
from casework.core.workspace import Workspace
from casework.operations.flows import FLOWS, Flow, Job, deployments, run_of
from casework.operations.overdue import overdue
from casework.runs.results import note_failed_run, why_it_failed
from desk.processes.stop_signal import StopSignal
from desk.refusals import sentences
from pathways import pathways

_LOOKS = 5.0  # seconds

Echo = Callable[[str], None]


def next_round(flow: Flow, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a flow is done next; None for what has no hour."""
    schedule = FLOWS[flow].schedule
    return schedule.next_after(moment, zone) if schedule else None


def once(workspace: Workspace, flow: Flow, *, treaty: str) -> str:
    """Do one flow's work now; return what it came to, or why it came to nothing."""
    work = FLOWS[flow].work
    assert work is not None  # what has an hour has something to do in it
    try:
        return work(Job(workspace=workspace, treaty=treaty, run=uuid4().hex))
    except UnderWay as elsewhere:
        return f"{deployments(treaty)[flow]}: " + " ".join(sentences(elsewhere))
    except Exception as wrong:  # noqa: BLE001  # the next one is not to suffer for it
        with suppress(Exception):  # where the record itself is out of reach, what is said here is all
            note_failed_run(workspace, run_of(flow, treaty), why_it_failed(wrong))
        return f"{deployments(treaty)[flow]}: " + " ".join(sentences(wrong))


def run_due(workspace: Workspace, stop_signal: StopSignal, echo: Echo, look: Callable[[], None] = lambda: None) -> None:
    """Do what is overdue once, then every round in its time, until the stop signal comes.

    `look` raises when there is no use in going on.
    """
    since = workspace.clock.now()
    for flow, treaty in overdue(workspace):
        look()
        echo(f"{since:%H:%M} UTC  {once(workspace, flow, treaty=treaty)}")
    while not stop_signal.wait(_LOOKS):
        look()
        until = workspace.clock.now()
        for flow, declared in FLOWS.items():
            if declared.schedule and declared.schedule.falls_between(since, until, workspace.settings.timezone):
                for treaty in pathways() if declared.is_for_each_treaty else (workspace.settings.treaty,):
                    echo(f"{until:%H:%M} UTC  {once(workspace, flow, treaty=treaty)}")
        since = until
