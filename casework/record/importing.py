"""Import: a record out of a file of its rows, into a home and a database that hold nothing yet.

The files of facts are looked for in the folder that they were written into, beside it. The record is there, verified,
or it is not there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from zipfile import is_zipfile

from casework.core.workspace import Workspace
from casework.files.attachments import kept_at
from casework.record import archive
from casework.record.audit import verify
from casework.record.backup import ledger_of
from casework.record.bringing_back import (
    LARGEST_SEALS,
    NotWhole,
    Progress,
    as_it_will_be,
    database_to_fill,
    differences_in,
    fill,
    keep,
    lay_down,
    refuse,
)
from casework.record.counting_anew import count_anew
from casework.record.empty_home import scratch_in
from casework.record.encryption import begins_encrypted
from casework.record.record_file import NotARecord, RecordLines, begin_reading
from casework.record.seals import keep_seals, seals_file
from models.ledger import contents
from pathways.grammar.refusals import refusal

_A_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Imported:
    """A record that was taken in, and of when it is."""

    made_at: str
    dossiers: int
    facts: int
    rows: int
    files: int
    lost: int  # files that facts name and that were not beside it
    came_from: str  # the schema it was of


def import_record(
    workspace: Workspace, file: Path, *, by: str = "operator", progress: Progress | None = None
) -> Imported:
    """Take a record in and verify it; NotEmpty, NotARecord or NotWhole, and then nothing is there."""
    with _read(file) as text, scratch_in(workspace) as scratch:
        lines = RecordLines(text)
        began = begin_reading(lines)
        with database_to_fill(workspace) as connection:
            taken = fill(connection, lines, began.schema)
            if not taken.is_undamaged:
                raise NotWhole(refusal("record_damaged"))
            named, seen = contents.attachment_hashes(connection), as_it_will_be(workspace, scratch, connection)
            files = _take_files(file.parent / archive.ATTACHMENTS, scratch, named)
            _take_seals(file.with_name(archive.SEALS), seen)
            count_anew(seen, connection, came_from=began.schema, by=by)
            refuse(differences_in(verify(seen, progress=progress)))
            ledger = ledger_of(connection)
            keep(workspace, scratch, connection, by=by, what="imported", made_at=began.made_at)
    workspace.forget()
    return Imported(
        made_at=began.made_at,
        dossiers=ledger.dossiers,
        facts=ledger.facts,
        rows=sum(taken.rows.values()),
        files=files,
        lost=len(named) - files,
        came_from=began.schema,
    )


@contextmanager
def _read(file: Path) -> Iterator[TextIO]:
    """Yield the text of a file; NotARecord where there is none, or it is a backup."""
    if not file.is_file():
        raise NotARecord(refusal("no_file_there", file=str(file)))
    with file.open("rb") as held:
        if begins_encrypted(held) or is_zipfile(held):
            raise NotARecord(refusal("backup_to_restore"))
    try:
        with file.open(encoding="utf-8", newline="\n") as text:
            yield text
    except UnicodeDecodeError:
        raise NotARecord(refusal("no_record_in_file")) from None


def _take_files(beside: Path, scratch: Path, named: Collection[str]) -> int:
    """Lay down those of the named files that are there, and return how many; NotWhole where one is another by now."""
    if not all(map(_A_HASH.fullmatch, named)):  # a name that leads elsewhere
        raise NotWhole(refusal("record_damaged"))
    there = [beside / hash_ for hash_ in sorted(named) if (beside / hash_).is_file()]
    for file in there:
        with file.open("rb") as source:
            if not lay_down(source, kept_at(scratch, file.name), hash_=file.name):
                raise NotWhole(refusal("file_beside_damaged", name=file.name))
    return len(there)


def _take_seals(kept: Path, seen: Workspace) -> None:
    """Keep beside the record the seals that were kept beside it, and those that its rows have."""
    if kept.is_file():
        with kept.open("rb") as seals:
            if not lay_down(seals, seals_file(seen), most=LARGEST_SEALS):
                raise NotWhole(refusal("file_beside_damaged", name=kept.name))
    keep_seals(seen)
