"""The check-up of backups: when the last one was proven, whether it is still there, and whether that is elsewhere."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from casework.core.workspace import Workspace
from casework.operations.findings import NOTHING, Command, Condition, Finding
from casework.record.encryption import NoKey, recipients_of
from casework.record.nightly import LastBackup, last_backup
from casework.record.opening import OPENED
from pathways.grammar.refusals import Remark, remark

_WITHIN = timedelta(days=2)


def of_backups(workspace: Workspace) -> Iterator[Finding]:
    """Look at the backups; those of a training record are nobody's loss."""
    try:
        recipients_of(workspace.settings.backup_recipients.split(","))
    except NoKey as wrong:
        yield _finding(Condition.BROKEN, wrong.refusals[0], remark("correct_backup_recipients"))
        return
    last = last_backup(workspace)
    if last is None and workspace.training is None and _is_shut(workspace.settings.backups):
        yield _shut(workspace, remark("no_backup_yet"))
        return
    if last is None:
        is_young = workspace.training is not None or workspace.today() - _opened(workspace) < _WITHIN
        yield _finding(
            Condition.NOT_YET if is_young else Condition.TO_DO,
            remark("no_backup_yet"),
            NOTHING if is_young else remark("back_up_by_hand"),
        )
        return
    yield _of(workspace, last)


def _of(workspace: Workspace, last: LastBackup) -> Finding:
    says = remark("last_backup", hour=f"{last.at.astimezone(workspace.settings.timezone):%Y-%m-%d %H:%M}")
    if workspace.training is not None:
        return _finding(Condition.FINE, says)
    if not os.access(last.file, os.F_OK):
        return _finding(Condition.BROKEN, remark("backup_gone", file=last.file), remark("back_up_by_hand"))
    if workspace.clock.now() - last.at > _WITHIN:
        return _finding(Condition.LATE, says, remark("see_why_no_backup"))
    return _of_the_folder(workspace, says)


def _of_the_folder(workspace: Workspace, says: Remark) -> Finding:
    """Look at where the next one goes."""
    folder = workspace.settings.backups
    if _is_shut(folder):
        return _shut(workspace, says)
    if (
        _there(folder).stat().st_dev == workspace.settings.home.stat().st_dev
    ):  # of a server's database it holds the files alone
        return _finding(Condition.TO_DO, says, remark("backups_on_the_same_disk", folder=str(folder)))
    return _finding(Condition.FINE, says)


def _is_shut(folder: Path) -> bool:
    there = _there(folder)
    return not there.is_dir() or not os.access(there, os.W_OK)


def _there(folder: Path) -> Path:
    """Return what is there of a path, as far as this account sees: the rest of it is made in that."""
    return next(one for one in (folder, *folder.absolute().parents) if os.access(one, os.F_OK))


def _shut(workspace: Workspace, says: Remark) -> Finding:
    return _finding(Condition.BROKEN, says, remark("backup_folder_shut", folder=str(workspace.settings.backups)))


def _opened(workspace: Workspace) -> date:
    opened = workspace.kept.get(OPENED)
    return date.fromisoformat(opened) if opened else workspace.today()


def _finding(condition: Condition, says: Remark, todo: Remark | Command = NOTHING) -> Finding:
    return Finding(name="backups", condition=condition, says=says, todo=todo)
