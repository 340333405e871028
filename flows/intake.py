"""The flow “intake”: looks into the inbox every ten minutes, or when somebody asks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from prefect import flow
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from casework.core.workspace import Workspace
from casework.depositary.drop_folder import Received, empty_inbox, waiting
from flows.artifacts import counted, show
from flows.discretion import Outcome, in_the_workspace, named


def _name() -> str:
    inbox = _path(flow_run.parameters.get("folder"))
    return named(lambda workspace: f"intake {counted(len(waiting(workspace, inbox)), 'file')}", "intake")


@flow(flow_run_name=_name)
def intake(folder: str | None = None) -> Outcome:
    """Take in the files of the home's inbox, or of another laid out like it: one folder for each treaty."""

    def work(workspace: Workspace, _run: str) -> Outcome:
        received = empty_inbox(workspace, _path(folder))
        refused = sum(one.taken.is_refused for one in received)
        taken = counted(len(received) - refused, "file")
        said = f"{taken} taken in, {refused} refused; what and why stands beside each file."
        show("intake", title="Intake", text=said, counts=_counts(received))
        return Failed(message=said) if refused else Completed(message=said)

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
