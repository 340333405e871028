"""The whole record as a file that any program can read: every row as a line of JSON, with the files of facts beside it.

It is plain, and whoever has it reads everything; docs/record-file.md says to others what is in it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from casework.core.workspace import Workspace
from casework.files.attachments import place_of
from casework.record import archive
from casework.record.backup import ledger_of, lost_among
from casework.record.bringing_back import lay_down
from casework.record.record_file import write_record
from casework.record.seals import seals_file
from casework.record.unfinished import written_new
from models.ledger import contents


@dataclass(frozen=True, kw_only=True, slots=True)
class WholeRecord:
    """The whole record as it was written into a folder."""

    dossiers: int
    facts: int
    rows: int
    files: int
    lost: tuple[str, ...]  # files that facts name and that are not where they are kept, by hash


def write_whole_record(workspace: Workspace, folder: Path, *, alive: Callable[[], None] = lambda: None) -> WholeRecord:
    """Write every row as it stands at one moment, the files of facts under their hashes, and the seals.

    `alive` is called now and then. The seals are read before the rows: none is among them that these do not have.
    """
    made_at = workspace.clock.now()
    if seals_file(workspace).exists():
        with seals_file(workspace).open("rb") as seals:
            lay_down(seals, folder / archive.SEALS)
    with workspace.reading() as connection:
        with written_new(folder / archive.RECORD) as stream:
            to = io.TextIOWrapper(stream, encoding="utf-8", newline="\n")
            counts = write_record(workspace, connection, to, made_at=made_at, alive=alive)
            to.flush()
            to.detach()
        named, ledger = contents.attachment_hashes(connection), ledger_of(connection)
    missing = [hash_ for hash_ in sorted(named) if not _copied(workspace, hash_, folder, alive)]
    return WholeRecord(
        dossiers=ledger.dossiers,
        facts=ledger.facts,
        rows=sum(counts.values()),
        files=len(named) - len(missing),
        lost=lost_among(workspace, missing),
    )


def _copied(workspace: Workspace, hash_: str, folder: Path, alive: Callable[[], None]) -> bool:
    """Put the file of a fact in; False where it is not there, or is another by now."""
    alive()
    kept, place = place_of(workspace, hash_), folder / archive.ATTACHMENTS / hash_
    if not kept.is_file():
        return False
    with kept.open("rb") as source:
        is_whole = lay_down(source, place, hash_=hash_)
    if not is_whole:
        place.unlink()
    return is_whole
