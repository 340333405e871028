"""Receiving: every file that waits in the inbox is taken in and moved aside; what cannot be is named, and keeps none.

What was taken in goes to `done/`, what was refused to `refused/`, each with a text beside it that says why. A file
is moved only after what it brought is written, so that a run that dies loses nothing and the next one repeats it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casework.core.workspace import Workspace
from casework.depositary.drop_folder import (
    DONE,
    REFUSED,
    Lying,
    cannot_be_read,
    left_lying,
    make_folders,
    waiting,
)
from casework.depositary.intake import take_in
from casework.depositary.intaken import Intaken
from casework.follow_ups.failures import NOT_TAKEN_IN, note_failure
from models.ledger.dossiers import Moved
from models.store.engine import StoreUnreachable
from notifications.refusals import sentence
from pathways.grammar.refusals import Refusal, refusal

_TEXT = ".txt"
_ROOM = len(_TEXT) + len("-9999")  # bytes of a name that are added to it


@dataclass(frozen=True, kw_only=True, slots=True)
class Received:
    """One file of the inbox, where it is now, and what it brought."""

    place: Path
    taken: Intaken


def empty_inbox(workspace: Workspace, inbox: Path | None = None) -> list[Received]:
    """Take in every file that waits, and put on the Secretariat's list what is refused or left lying."""
    make_folders(workspace)
    received = [_receive(workspace, treaty, path) for treaty, path in waiting(workspace, inbox)]
    for one in left_lying(workspace, inbox):
        _note_left(workspace, one)
    return [one for one in received if one is not None]


def _receive(workspace: Workspace, treaty: str, path: Path) -> Received | None:
    lying = Lying(treaty=treaty, path=path)
    try:
        with path.open("rb") as file:
            data = file.read(workspace.settings.intake_limit + 1)  # one more than allowed is enough to be refused
    except FileNotFoundError:
        return None  # another run has taken it
    except OSError as wrong:
        _note(workspace, lying, lying.name, [cannot_be_read(wrong)])
        return None
    taken = _taken_in(workspace, data, treaty)
    if taken.is_refused:
        _note(workspace, lying, hashlib.sha256(data).hexdigest(), taken.faults)
    try:
        return Received(place=_put_aside(path, taken), taken=taken)
    except FileNotFoundError:
        pass  # another run has put it aside
    except OSError as wrong:
        why = refusal("file_not_put_aside", why=wrong.strerror or type(wrong).__name__)
        _note(workspace, lying, lying.name, [why])
    return Received(place=path, taken=taken)


def _taken_in(workspace: Workspace, data: bytes, treaty: str) -> Intaken:
    try:
        return take_in(workspace, data, treaty=treaty)
    except (StoreUnreachable, Moved):
        raise  # it is the record's fault, not the file's
    except Exception as wrong:  # noqa: BLE001  # one bad file costs one file: it is named, and the others are taken in
        return Intaken(treaty=treaty, faults=[refusal("file_not_foreseen", kind=type(wrong).__name__)])


def _note_left(workspace: Workspace, one: Lying) -> None:
    assert one.why is not None
    _note(workspace, one, one.name, [one.why])


def _note(workspace: Workspace, one: Lying, mark: str, reasons: Sequence[Refusal]) -> None:
    """Put a file on the Secretariat's list; `mark` is its hash or, where it was not read, its name."""
    with workspace.registry() as connection:
        note_failure(workspace, connection, NOT_TAKEN_IN, treaty=one.treaty, mark=mark, about=one.name, reasons=reasons)


def _put_aside(path: Path, taken: Intaken) -> Path:
    place = _free_name(path.parent / (REFUSED if taken.is_refused else DONE), path)
    told = place.with_name(f"{place.name}{_TEXT}")
    told.write_text("\n".join(_sentences(taken)) + "\n", encoding="utf-8")
    try:
        path.rename(place)
    except OSError:
        told.unlink(missing_ok=True)
        raise
    return place


def _free_name(folder: Path, path: Path) -> Path:
    """Return a name that no earlier file has, short enough for the text beside it; the same may come every month."""
    folder.mkdir(exist_ok=True)
    most = os.pathconf(folder, "PC_NAME_MAX") - _ROOM - len(os.fsencode(path.suffix))
    stem = path.stem
    if len(os.fsencode(stem)) > most:
        stem = os.fsencode(stem)[:most].decode("utf-8", "ignore")
    number, place = 1, folder / f"{stem}{path.suffix}"
    while os.path.lexists(place):
        number += 1
        place = folder / f"{stem}-{number}{path.suffix}"
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
