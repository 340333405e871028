"""The flow “advance”: takes the step that a signed-in person has asked for. Its one parameter is the request's id."""

from __future__ import annotations

from prefect import flow

from casework.core.workspace import Workspace
from casework.dossiers.requested_steps import carry_out
from flows.artifacts import show
from flows.discretion import Ended, Outcome, in_the_workspace
from notifications.refusals import sentence
from pathways.grammar.refusals import remark


@flow(flow_run_name="advance")
def advance(request: str) -> Outcome:
    """Carry out one requested step, with the rights that the one who asked has now."""

    def work(workspace: Workspace, run: str) -> Ended:
        carried = carry_out(workspace, request, run=run)
        result = remark("request_taken") if carried.is_taken else remark("request_not_taken")
        show("advance", title="A requested step", text=sentence(result), counts={"requests": 1})
        return Ended(says=result)

    return in_the_workspace(work)
