"""The flow “retention”: each week. It proposes what to erase, and a person erases; it names nobody."""

from __future__ import annotations

from prefect import flow

from casework.core.workspace import Workspace
from casework.retention.weekly import look_through
from flows.artifacts import show
from flows.discretion import Ended, Outcome, in_the_workspace, named
from notifications.refusals import sentence
from pathways.grammar.refusals import remark


def _name() -> str:
    return named(lambda workspace: f"retention {workspace.today()}", "retention")


@flow(flow_run_name=_name)
def retention() -> Outcome:
    """Look for what is kept about persons for longer than the rules say."""

    def work(workspace: Workspace, run: str) -> Ended:
        found = look_through(workspace)
        result = remark("kept_too_long", number=found)
        title = f"Retention, {workspace.today()}"
        show("retention", title=title, text=sentence(result), counts={"proposed to be erased": found})
        return Ended(says=result)

    return in_the_workspace(work)
