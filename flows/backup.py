"""The flow “backup”: each night. One that does not come back whole fails the run, and clears nothing away."""

from __future__ import annotations

from prefect import flow

from casework.core.workspace import Workspace
from casework.record.nightly import Proven, back_up_and_prove, result_of
from flows.artifacts import show
from flows.discretion import Ended, Outcome, in_the_workspace, named
from notifications.refusals import sentence


def _name() -> str:
    return named(lambda workspace: f"backup {workspace.today()}", "backup")


@flow(flow_run_name=_name)
def backup() -> Outcome:
    """Back the record up, and bring the backup back in a scratch folder."""

    def work(workspace: Workspace, run: str) -> Ended:
        proven = back_up_and_prove(workspace, run=run)
        result = result_of(proven)
        show("backup", title=f"Backup, {workspace.today()}", text=sentence(result), counts=_counts(proven))
        return Ended(says=result, has_failed=bool(proven.made.lost))

    return in_the_workspace(work)


def _counts(proven: Proven) -> dict[str, int]:
    made = proven.made
    return {
        "dossiers": made.dossiers,
        "facts": made.facts,
        "files": made.files,
        "files that are lost": len(made.lost),
        "bytes": made.size,
        "older backups cleared away": proven.cleared,
    }
