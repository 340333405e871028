"""Restore: a record out of a backup, into a home and a database that hold nothing yet.

The record is there, verified, or it is not there; a backup that was made to do harm reaches nothing else.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

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
from casework.record.empty_home import LEFT_ASIDE, scratch_in
from casework.record.encryption import Identity, NoKey, identities_of
from casework.record.manifest import Manifest, Seal, manifest_of
from casework.record.record_file import NotARecord, RecordLines, begin_reading
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.refusals import refusal

_LARGEST_CONFIGURATION = 1_000_000  # bytes


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """A record that was brought back, and of when it is."""

    made_at: str
    dossiers: int
    facts: int
    rows: int
    files: int
    lost: int  # files that were lost or purged already when the backup was made
    came_from: str  # the schema it was of
    configuration: str  # where the configuration of then lies, if it was in the file


def restore(
    workspace: Workspace,
    file: Path,
    *,
    identities: Sequence[Identity] = (),
    by: str = "operator",
    progress: Progress | None = None,
) -> Restored:
    """Bring a record back and verify it; NotEmpty, NotARecord, NoKey or NotWhole, and then nothing is there.

    `progress` hears how far it is, of its rows, then of its files, then of its verification: often enough for a lease.
    """
    told = progress or (lambda *_: None)
    if not file.is_file():
        raise NotARecord(refusal("no_file_there", file=str(file)))
    with scratch_in(workspace) as scratch, archive.opened(file, identities, scratch) as zipped:
        manifest = manifest_of(zipped)
        try:
            with database_to_fill(workspace) as connection:
                _take_rows(connection, zipped, manifest, told)
                _take_files(scratch, zipped, manifest, told)
                seen = as_it_will_be(workspace, scratch, connection)
                count_anew(seen, connection, came_from=manifest.schema_, by=by, alive=lambda: told(0, 0))
                _refuse_unlike(seen, connection, manifest, told)
                keep(workspace, scratch, connection, by=by, what="restored", made_at=manifest.made_at)
        except archive.DAMAGED as wrong:
            raise NotWhole(refusal("backup_damaged")) from wrong
    workspace.forget()
    return Restored(
        made_at=manifest.made_at,
        dossiers=manifest.ledger.dossiers,
        facts=manifest.ledger.facts,
        rows=sum(manifest.rows.values()),
        files=len(manifest.files),
        lost=len(manifest.lost),
        came_from=manifest.schema_,
        configuration=LEFT_ASIDE if (workspace.settings.home / LEFT_ASIDE).exists() else "",
    )


def _take_rows(connection: Connection, zipped: ZipFile, manifest: Manifest, told: Progress) -> None:
    digest, total = hashlib.sha256(), sum(manifest.rows.values())
    with _member(zipped, archive.RECORD) as member:
        text = io.TextIOWrapper(io.BufferedReader(_Hashing(member, digest)), encoding="utf-8", newline="\n")
        try:
            lines = RecordLines(text)
            if begin_reading(lines).schema != manifest.schema_:
                raise NotWhole(refusal("backup_damaged"))
            taken = fill(connection, lines, manifest.schema_, lambda number: told(number, total))
            text.read(1)
        except UnicodeDecodeError:
            raise NotWhole(refusal("backup_damaged")) from None
    if taken.rows != manifest.rows or digest.hexdigest() != manifest.record:
        raise NotWhole(refusal("backup_damaged"))


class _Hashing(io.RawIOBase):
    """Passes on what is read, and adds it to a hash."""

    def __init__(self, source: Any, digest: hashlib._Hash) -> None:
        self._source, self._digest = source, digest

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        piece = self._source.read(len(into))
        into[: len(piece)] = piece
        self._digest.update(piece)
        return len(piece)


def _take_files(scratch: Path, zipped: ZipFile, manifest: Manifest, told: Progress) -> None:
    """Lay down what stands beside the rows; files are named by their hashes alone, so that none leads elsewhere."""
    for number, (hash_, size) in enumerate(manifest.files.items()):
        told(number, len(manifest.files))
        _take(zipped, f"{archive.ATTACHMENTS}{hash_}", kept_at(scratch, hash_), size, hash_)
    if manifest.seals is not None:
        _take(zipped, archive.SEALS, scratch / archive.SEALS, LARGEST_SEALS, manifest.seals)
    if archive.CONFIGURATION in zipped.namelist():
        _take(zipped, archive.CONFIGURATION, scratch / LEFT_ASIDE, _LARGEST_CONFIGURATION)


def _take(zipped: ZipFile, name: str, place: Path, most: int, hash_: str | None = None) -> None:
    """Lay one part down, no more of it than there may be; NotWhole if it is another."""
    with _member(zipped, name) as source:
        if not lay_down(source, place, most=most, hash_=hash_):
            raise NotWhole(refusal("backup_damaged"))


def _member(zipped: ZipFile, name: str) -> IO[bytes]:
    try:
        return archive.member(zipped, name)
    except KeyError:
        raise NotWhole(refusal("backup_lacks", name=name)) from None


def _refuse_unlike(seen: Workspace, connection: Connection, manifest: Manifest, told: Progress) -> None:
    """Refuse a record that does not verify, or is another than the one that was backed up."""
    found, last = verify(seen, progress=told), runs.last_seal(connection)
    differences = [*differences_in(found), *found.files[len(manifest.lost) :]]
    if ledger_of(connection) != manifest.ledger:
        differences.append("the heads of its chains are not those of the manifest")
    if (Seal(number=last["id"], hash=last["hash"]) if last else None) != manifest.seal:
        differences.append("its newest seal is not that of the manifest")
    refuse(differences)


def keys_in(file: Path | None) -> list[Identity]:
    """Read the keys of a file, if one is named; NoKey where it holds none or cannot be read."""
    if file is None:
        return []
    try:
        return identities_of(file.read_text(encoding="utf-8"))
    except OSError as wrong:
        raise NoKey(refusal("key_cannot_be_read", file=str(file), why=wrong.strerror)) from None
    except UnicodeDecodeError:
        raise NoKey(refusal("no_key_in_file")) from None
