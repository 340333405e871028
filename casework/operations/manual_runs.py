"""Manual runs: a person starts by hand what otherwise runs on a schedule, and it is noted who asked.

Each is the verb that the flow of the same name calls; a lease keeps what may not run twice at a time from doing so.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import uuid4

from casework.core.leases import UnderWay
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.depositary.drop_folder import empty_inbox
from casework.letters.posting import post
from casework.operations.audit import audit
from casework.operations.sweep import sweep
from models.people import people
from models.runs import runs
from pathways.grammar.clearance import OPERATOR, Reader


class Flow(StrEnum):
    """What runs by itself, by the name of its flow."""

    SWEEP = "sweep"
    POST = "post"
    INTAKE = "intake"
    AUDIT = "audit"
    ADVANCE = "advance"  # one step that a person asked for; it has no hour, and is not started without a request


#: What a person may start.
STARTED = (Flow.SWEEP, Flow.POST, Flow.INTAKE, Flow.AUDIT)
ASKED = "run asked for"


def flow_named(name: str) -> Flow:
    """Return the flow that a person may start by this name, or raise NotOnFile."""
    if name not in STARTED:
        raise NotOnFile(f"Nothing that could be started is called “{name[:40]}”.")
    return Flow(name)


def note_start(workspace: Workspace, flow: Flow, *, reader: Reader = OPERATOR) -> None:
    """Note who asks for a run, before it is started."""
    require_secretariat(reader)
    with workspace.registry() as connection:  # at the real hour, as runs go, also in a training record
        people.audit(connection, at=workspace.clock.now(), actor=reader.actor, what=ASKED, row=row_of(flow))


def row_of(flow: Flow) -> str:
    """Return the row that a start is noted of."""
    return f"flow:{flow}"


def run_here(workspace: Workspace, flow: Flow, *, treaty: str = "att", reader: Reader = OPERATOR) -> None:
    """Do it now, in this process; UnderWay when somebody else does the same and gives signs of life."""
    require_secretariat(reader)
    _refuse_if_under_way(workspace, {Flow.SWEEP: f"sweep:{treaty}", Flow.AUDIT: "audit"}.get(flow))
    run = f"by-hand-{uuid4().hex[:12]}"
    if flow is Flow.SWEEP:
        sweep(workspace, treaty, run=run, asked_by=reader.actor)
    elif flow is Flow.POST:
        post(workspace, run=run)
    elif flow is Flow.INTAKE:
        empty_inbox(workspace)
    elif flow is Flow.AUDIT:
        audit(workspace, run=run)


def _refuse_if_under_way(workspace: Workspace, lease: str | None) -> None:
    """Say at once what the lease would say after a minute; whoever asks waits for a page."""
    with workspace.reading() as connection:
        held = {row["name"] for row in runs.leases(connection) if row["until"] >= workspace.clock.now()}
    if lease in held:
        raise UnderWay("This is under way just now. Look again in a minute; nothing was started.")
