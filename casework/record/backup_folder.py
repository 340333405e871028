"""The folder of backups: how they are called, which are kept, and which is the newest.

Seven days, five weeks, twelve months: of each the last backup. What is called otherwise is nobody's here, and is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from casework.core.workspace import Workspace
from casework.record import archive

DAYS, WEEKS, MONTHS = 7, 5, 12
_NAMED = re.compile(r"accede-(\d{8}T\d{6})Z\.zip(\.age)?")
_HOUR = "%Y%m%dT%H%M%S"


def next_name(workspace: Workspace) -> Path:
    """Return the name of a backup made now, in a folder that is the owner's alone."""
    folder = workspace.settings.backups
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ending = archive.ENCRYPTED if workspace.settings.backup_recipients.strip() else archive.PLAIN
    return folder / f"accede-{workspace.clock.now().astimezone(UTC):{_HOUR}}Z{ending}"


def there(workspace: Workspace) -> list[tuple[datetime, Path]]:
    """Return the backups in the folder with the hour of each, the newest first."""
    folder = workspace.settings.backups
    found = [(hour, path) for path in (folder.iterdir() if folder.is_dir() else ()) if (hour := hour_of(path))]
    return sorted(found, reverse=True)


def hour_of(path: Path) -> datetime | None:
    """Return of which hour a backup is, by its name; None for what is none of ours."""
    named = _NAMED.fullmatch(path.name)
    try:
        return datetime.strptime(named[1], _HOUR).replace(tzinfo=UTC) if named else None
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
    """Delete the backups that are not kept any longer, and what was left unfinished; return which."""
    found = there(workspace)
    kept = to_keep(hour for hour, _ in found)
    gone = [path for hour, path in found if hour not in kept]
    folder = workspace.settings.backups
    unfinished = folder.glob(f".accede-*{archive.UNFINISHED}") if folder.is_dir() else ()
    gone += [path for path in unfinished if _is_forgotten(workspace, path)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def _is_forgotten(workspace: Workspace, path: Path) -> bool:
    """Tell whether nobody writes a file any more that is not finished."""
    return workspace.clock.now().timestamp() - path.stat().st_mtime > 24 * 60 * 60
