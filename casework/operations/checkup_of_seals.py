"""The check-up of the seals that are kept elsewhere: whether the newest is there, and whether that is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

from casework.core.workspace import Workspace
from casework.operations.findings import NOTHING, Command, Condition, Finding
from casework.record.seals import kept_seals_elsewhere, seals_file_elsewhere
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.refusals import Remark, remark


def of_seals_elsewhere(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    """Look into the folder that is named for them, if one is."""
    file = seals_file_elsewhere(workspace)
    if file is None:
        return
    folder = str(file.parent)
    last = runs.last_seal(connection)
    if not file.parent.is_dir() or (last is not None and not _holds(workspace, last["id"])):
        yield _finding(Condition.BROKEN, remark("seals_folder_lacks", folder=folder), remark("see_seals_folder"))
    elif not workspace.settings.seals_to and file.parent.stat().st_dev == workspace.settings.home.stat().st_dev:
        yield _finding(Condition.TO_DO, _kept(folder), remark("seals_on_the_same_disk"))
    else:
        yield _finding(Condition.FINE, _kept(folder))


def _holds(workspace: Workspace, number: int) -> bool:
    return number in dict(kept_seals_elsewhere(workspace))


def _kept(folder: str) -> Remark:
    return remark("seals_kept_elsewhere", folder=folder)


def _finding(condition: Condition, says: Remark, todo: Remark | Command = NOTHING) -> Finding:
    return Finding(name="seals kept elsewhere", condition=condition, says=says, todo=todo)
