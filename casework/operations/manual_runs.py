"""Manual runs: a person starts by hand what otherwise runs on a schedule, and it is noted who asked.

Each is the verb that the flow of the same name calls; a lease keeps what may not run twice at a time from doing so.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from casework.core.leases import UnderWay
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.operations.flows import FLOWS, STARTED, Flow, Job, run_of
from casework.runs.results import note_failed_run, why_it_failed
from models.people import people
from models.runs import runs, sweep_parts
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal

ASKED = "run asked for"


def flow_named(name: str) -> Flow:
    """Return the flow that a person may start by this name, or raise NotOnFile."""
    if name not in STARTED:
        raise NotOnFile(refusal("nothing_to_start", name=name[:40]))
    return Flow(name)


def note_start(workspace: Workspace, flow: Flow, *, reader: Reader) -> None:
    """Note who asks for a run, before it is started."""
    require_secretariat(reader)
    with workspace.registry() as connection:  # at the real hour, as runs go, also in a training record
        people.audit(connection, at=workspace.clock.now(), actor=reader.actor, what=ASKED, row=row_of(flow))


def row_of(flow: Flow) -> str:
    """Return the row that a start is noted of."""
    return f"flow:{flow}"


def run_here(workspace: Workspace, flow: Flow, *, treaty: str, reader: Reader) -> None:
    """Do it now, in this process; UnderWay when somebody else does the same and gives signs of life."""
    require_secretariat(reader)
    declared = FLOWS[flow]
    _refuse_if_under_way(workspace, declared.lease.format(treaty=treaty))
    if declared.work is None:
        return
    try:
        declared.work(Job(workspace=workspace, treaty=treaty, run=f"by-hand-{uuid4().hex[:12]}", by=reader.actor))
    except UnderWay:
        raise
    except Exception as wrong:
        with suppress(Exception):  # what went wrong is told to whoever asked, in any case
            note_failed_run(workspace, run_of(flow, treaty), why_it_failed(wrong))
        raise


def _refuse_if_under_way(workspace: Workspace, lease: str) -> None:
    """Say at once what the lease would say after a minute; whoever asks waits for a page."""
    now, seconds = workspace.clock.now(), workspace.settings.lease_seconds
    with workspace.reading() as connection:
        held = runs.held(connection, now=now, seconds=seconds)
        held |= sweep_parts.at_work(connection, now=now, seconds=seconds)
    if lease in held:
        raise UnderWay(refusal("run_under_way"))
