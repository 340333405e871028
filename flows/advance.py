"""The flow “advance”: takes the step that a signed-in person has asked for. Its one parameter is the request's id."""

from __future__ import annotations

from prefect import flow
from prefect.states import Completed

from casework.core.workspace import Workspace
from casework.dossiers.requested_steps import carry_out
from flows.artifacts import show
from flows.discretion import Outcome, in_the_workspace


@flow(flow_run_name="advance")
def advance(request: str) -> Outcome:
    """Carry out one requested step, with the rights that the one who asked has now."""

    def work(workspace: Workspace, run: str) -> Outcome:
        carried = carry_out(workspace, request, run=run)
        said = f"The request is {carried.result}."
        show("advance", title="A requested step", text=said, counts={"requests": 1})
        return Completed(message=said)

    return in_the_workspace(work)
