"""The drop folder: depositary files that somebody put into the home's inbox; each is taken in and moved aside.

What was taken in goes to `done/`, what was refused to `refused/`, each with a text beside it that says why. A file
is moved only after what it brought is written, so that a run that dies loses nothing and the next one repeats it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casework.core.workspace import Workspace
from casework.depositary.intake import Intaken, take_in
from models.ledger import dossiers
from notifications.refusals import sentence

DONE, REFUSED = "done", "refused"
_SUFFIXES = frozenset({".csv", ".xml"})
_STILL_WRITTEN = 5.0  # seconds since the last byte; a file that is being copied is left for the next time


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One file of the inbox, where it is now, and what it brought."""

    place: Path
    taken: Intaken


def inbox_of(workspace: Workspace) -> Path:
    """Return the folder that is watched; it holds one folder for each treaty."""
    return workspace.settings.home / "inbox"


def waiting(workspace: Workspace, inbox: Path | None = None) -> list[tuple[str, Path]]:
    """Return treaty and path of each file that is there in full, oldest name first."""
    return list(_waiting(workspace, inbox or inbox_of(workspace)))


def empty_inbox(workspace: Workspace, inbox: Path | None = None) -> list[Received]:
    """Take in every file that waits; make the folders, so that they are found."""
    for treaty in _treaties(workspace):
        (inbox_of(workspace) / treaty).mkdir(parents=True, exist_ok=True)
    return [_receive(workspace, treaty, path) for treaty, path in waiting(workspace, inbox)]


def _treaties(workspace: Workspace) -> list[str]:
    with workspace.reading() as connection:
        return dossiers.treaties(connection)


def _waiting(workspace: Workspace, inbox: Path) -> Iterator[tuple[str, Path]]:
    settled_by = workspace.clock.now().timestamp() - _STILL_WRITTEN
    for treaty in _treaties(workspace):
        for path in sorted((inbox / treaty).glob("*")):
            is_ours = path.suffix.lower() in _SUFFIXES and path.is_file() and not path.is_symlink()
            if is_ours and path.stat().st_mtime <= settled_by:
                yield treaty, path


def _receive(workspace: Workspace, treaty: str, path: Path) -> Received:
    with path.open("rb") as file:
        data = file.read(workspace.settings.intake_limit + 1)  # one more than allowed is enough to be refused
    taken = take_in(workspace, data, treaty=treaty)
    place = _free_name(path.parent / (REFUSED if taken.is_refused else DONE), path)
    place.with_name(f"{place.name}.txt").write_text("\n".join(_sentences(taken)) + "\n", encoding="utf-8")
    path.rename(place)
    return Received(place=place, taken=taken)


def _free_name(folder: Path, path: Path) -> Path:
    """Return a name that no earlier file has; the same file may come every month."""
    folder.mkdir(exist_ok=True)
    number, place = 1, folder / path.name
    while place.exists():
        number += 1
        place = folder / f"{path.stem}-{number}{path.suffix}"
    return place


def _sentences(taken: Intaken) -> Iterator[str]:
    if taken.is_refused:
        yield "Refused; nothing was written."
        yield from map(sentence, taken.faults)
        return
    yield (
        f"Read {taken.read} acts: {taken.new} new, {taken.changed} changed, {taken.confirmed} confirmed,"
        f" {taken.unchanged} unchanged; published {taken.published or 'on a day it does not tell'}."
    )
    yield from taken.changes
    for conflict in taken.conflicts:
        yield f"{conflict.state} {conflict.field}: ours {conflict.ours}, theirs {conflict.theirs}. Settle it."
    for gone in taken.vanished:
        yield f"{gone.state} {gone.act} of {gone.date}: no longer in the table. Look into it."
