"""The flow “intake”: looks into the inbox every ten minutes, or when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run

from casework.core.workspace import Workspace
from casework.depositary.drop_folder import left_lying, waiting
from casework.depositary.receiving import Received, empty_inbox
from flows.artifacts import counted, show
from flows.discretion import Ended, Outcome, came_to, in_the_workspace, named
from notifications.refusals import sentence
from pathways.grammar.refusals import remark


def _name() -> str:
    inbox = _path(flow_run.parameters.get("folder"))
    return named(lambda workspace: f"intake {counted(len(waiting(workspace, inbox)), 'file')}", "intake")


@flow(flow_run_name=_name)
def intake(folder: str | None = None) -> Outcome:
    """Take in the files of the home's inbox, or of another laid out like it: one folder for each treaty."""

    def work(workspace: Workspace, _run: str) -> Ended:
        received = empty_inbox(workspace, _path(folder))
        refused = sum(one.taken.is_refused for one in received)
        result = came_to(
            remark("files_taken_in", number=len(received) - refused),
            remark("files_refused", number=refused),
            remark("files_left", number=len(left_lying(workspace, _path(folder)))),
        )
        show("intake", title="Intake", text=sentence(result), counts=_counts(received))
        return Ended(says=result, has_failed=bool(refused), is_told=True)

    return in_the_workspace(work)


def _path(folder: str | None) -> Path | None:
    return Path(folder) if folder else None


def _counts(received: Sequence[Received]) -> dict[str, int]:
    taken = [one.taken for one in received if not one.taken.is_refused]
    return {
        "files": len(received),
        "refused": len(received) - len(taken),
        **{name: sum(getattr(t, name) for t in taken) for name in ("new", "changed", "confirmed", "unchanged")},
        "conflicts": sum(len(t.conflicts) for t in taken),
        "vanished": sum(len(t.vanished) for t in taken),
    }
