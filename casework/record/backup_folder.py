"""The folder of backups: how they are called, which are kept, and which is the newest.

Seven days, five weeks, twelve months: of each the last nightly backup of this record. What is called otherwise, made by
hand or of another record, is left.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from casework.core.workspace import Workspace
from casework.record import archive
from casework.record.unfinished import forget_unfinished
from models.store import record_settings

DAYS, WEEKS, MONTHS = 7, 5, 12
_HOUR = "%Y%m%dT%H%M%S"
_BY_HAND = "-by-hand"  # nobody's to clear away but a person's
_MARK = "backups_marked"
_UNPROVEN = ".unproven"


def next_name(workspace: Workspace, *, by_hand: bool = False) -> Path:
    """Return the name of a backup made now, in a folder that is the owner's alone; NotBackedUp if none can be made."""
    folder = workspace.settings.backups
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as wrong:
        raise archive.not_written(folder, wrong) from wrong
    ending = archive.ENCRYPTED if workspace.settings.backup_recipients.strip() else archive.PLAIN
    hour = f"{workspace.clock.now().astimezone(UTC):{_HOUR}}"
    return folder / f"accede-{_mark_of(workspace)}-{hour}Z{_BY_HAND if by_hand else ''}{ending}"


def unproven(file: Path) -> Path:
    """Return what a nightly backup is called as long as it counts as none."""
    return file.with_name(file.name + _UNPROVEN)


def there(workspace: Workspace) -> list[tuple[datetime, Path]]:
    """Return this record's nightly backups in the folder with the hour of each, the newest first."""
    return sorted(_found(workspace, r"\.zip(\.age)?"), reverse=True)


def _found(workspace: Workspace, ending: str) -> list[tuple[datetime, Path]]:
    folder, named = workspace.settings.backups, re.compile(rf"accede-{_mark_of(workspace)}-(\d{{8}}T\d{{6}})Z{ending}")
    names = [(named.fullmatch(path.name), path) for path in (folder.iterdir() if folder.is_dir() else ())]
    return [(hour, path) for said, path in names if said and (hour := _hour(said[1]))]


def _mark_of(workspace: Workspace) -> str:
    """Return by what this record's backups are known, where several records share a folder."""
    kept = workspace.forget().get(_MARK)
    if kept is None:
        kept = secrets.token_hex(3)
        with workspace.registry() as connection:
            record_settings.keep(connection, _MARK, kept)
    return kept


def _hour(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _HOUR).replace(tzinfo=UTC)
    except ValueError:
        return None


def to_keep(hours: Iterable[datetime]) -> set[datetime]:
    """Return which are kept: the last of each of the last seven days, five weeks and twelve months that have one."""
    newest_first = sorted(hours, reverse=True)
    kept: set[datetime] = set()
    for most, named in ((DAYS, "%Y-%m-%d"), (WEEKS, "%G-%V"), (MONTHS, "%Y-%m")):
        last_of: dict[str, datetime] = {}
        for hour in newest_first:
            last_of.setdefault(hour.strftime(named), hour)
        kept |= set(list(last_of.values())[:most])
    return kept


def clear_away(workspace: Workspace) -> list[Path]:
    """Delete this record's nightly backups that are not kept any longer; return which.

    Of those that did not come back the last two are kept to be looked at.
    """
    found = there(workspace)
    kept = to_keep(hour for hour, _ in found)
    gone = [path for hour, path in found if hour not in kept]
    doubtful = sorted(_found(workspace, rf"({_BY_HAND})?\.zip(\.age)?{re.escape(_UNPROVEN)}"), reverse=True)
    gone += [path for _, path in doubtful[2:]]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def forget_the_killed(workspace: Workspace) -> None:
    """Take away what backups of this record that were killed left half written."""
    forget_unfinished(workspace.settings.backups, f"accede-{_mark_of(workspace)}-")
