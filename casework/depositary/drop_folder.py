"""The drop folder: depositary files that somebody put into the home's inbox; what waits there, and what cannot.

Whatever lies there and is not going to be taken in has its reason, so that nobody waits for it.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from casework.core.workspace import Workspace
from casework.files.file_types import clean_name
from models.ledger import dossiers
from pathways.grammar.refusals import Refusal, refusal

DONE, REFUSED = "done", "refused"
_SUFFIXES = frozenset({".csv", ".xml"})
_STILL_WRITTEN = 5.0  # seconds since the last byte; a file that is being copied is left for the next time


@dataclass(frozen=True, kw_only=True, slots=True)
class Lying:
    """Something that lies in the inbox: of which treaty's folder, and why it is not taken in, if it is not."""

    treaty: str
    path: Path
    why: Refusal | None = None

    @property
    def name(self) -> str:
        """Return its name as it may be shown: a name on disk need not be text."""
        return clean_name(os.fsencode(self.path.name).decode("utf-8", "replace"))


def inbox_of(workspace: Workspace) -> Path:
    """Return the folder that is watched; it holds one folder for each treaty."""
    return workspace.settings.home / "inbox"


def make_folders(workspace: Workspace) -> None:
    """Make the folders, so that they are found."""
    for treaty in _treaties(workspace):
        (inbox_of(workspace) / treaty).mkdir(parents=True, exist_ok=True)


def waiting(workspace: Workspace, inbox: Path | None = None) -> list[tuple[str, Path]]:
    """Return treaty and path of each file that is there in full, oldest name first."""
    return [(one.treaty, one.path) for one in _lying(workspace, inbox) if one.why is None]


def left_lying(workspace: Workspace, inbox: Path | None = None) -> list[Lying]:
    """Return what lies there and is not taken in, each with why."""
    return [one for one in _lying(workspace, inbox) if one.why is not None]


def _treaties(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return dossiers.treaties(connection)


def _lying(workspace: Workspace, inbox: Path | None) -> Iterator[Lying]:
    top, known = inbox or inbox_of(workspace), _treaties(workspace)
    folders = ", ".join(f"{top.name}/{treaty}" for treaty in known)
    found, wrong = _listed(top)
    if wrong is not None:
        yield Lying(treaty=workspace.settings.treaty, path=top, why=wrong)
    for path in found:
        if path.name not in known:
            yield Lying(treaty=workspace.settings.treaty, path=path, why=refusal("file_in_no_folder", folders=folders))
    for treaty in known:
        paths, wrong = _listed(top / treaty)
        if wrong is not None:
            yield Lying(treaty=treaty, path=top / treaty, why=wrong)
        for path in paths:
            if path.name not in (DONE, REFUSED):
                yield from _looked_at(workspace, treaty, path)


def _listed(folder: Path) -> tuple[list[Path], Refusal | None]:
    """Return what is in a folder but for hidden files, and why that is not known."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".")), None
    except FileNotFoundError:
        return [], None
    except OSError as wrong:
        return [], cannot_be_read(wrong)


def cannot_be_read(wrong: OSError) -> Refusal:
    """Say that the machine does not let the file be read."""
    return refusal("file_of_the_inbox_unreadable", why=wrong.strerror or type(wrong).__name__)


def _looked_at(workspace: Workspace, treaty: str, path: Path) -> Iterator[Lying]:
    try:
        about = path.lstat()
    except FileNotFoundError:
        return  # somebody has taken it away meanwhile
    except OSError as wrong:
        yield Lying(treaty=treaty, path=path, why=cannot_be_read(wrong))
        return
    age = workspace.clock.now().timestamp() - about.st_mtime
    if abs(age) > _STILL_WRITTEN:
        yield Lying(treaty=treaty, path=path, why=_why_not(about, path, age))


def _why_not(about: os.stat_result, path: Path, age: float) -> Refusal | None:
    if stat.S_ISLNK(about.st_mode):
        return refusal("file_is_a_link")
    if not stat.S_ISREG(about.st_mode):
        return refusal("no_file_at_all")
    if path.suffix.lower() not in _SUFFIXES:
        return refusal("file_ends_otherwise", endings=", ".join(sorted(_SUFFIXES)))
    if age < 0:
        return refusal("file_of_the_future", hour=f"{datetime.fromtimestamp(about.st_mtime, UTC):%Y-%m-%d %H:%M} UTC")
    return None
