"""Restore: a record out of a backup, into a home and a database that hold nothing yet.

Rows, their verification and the step up to this program's schema are one transaction: the record is there, verified,
or it is not there. What an interrupted restore leaves in the home is known by a mark, and the next one goes on.
"""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from casework.core.workspace import Workspace
from casework.files.attachments import place_of
from casework.record import archive
from casework.record.audit import Verified, verify
from casework.record.backup import FORMAT, ledger_of
from casework.record.encryption import Identity, NoKey, identities_of
from casework.record.record_file import NotARecord, begin_reading, take_rows
from casework.record.seals import seals_file
from models.people import people
from models.store import rows
from models.store.engine import SCHEMA, Connection, migrate_on
from models.store.one_connection import OneConnection
from pathways.grammar.refusals import Refused, refusal

MARK = ".restoring"
#: What may lie in a home that holds no record: the configuration of the record to come.
_MAY_BE_THERE = frozenset({archive.CONFIGURATION, MARK})
LEFT_ASIDE = "accede.toml.restored"
Progress = Callable[[int, int], None]


class NotEmpty(Refused):
    """There is something already where a record is to be restored."""


class NotWhole(Refused):
    """What came out of the file is not what went in; nothing was restored."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Restored:
    """A record that was brought back, and of when it is."""

    made_at: str
    dossiers: int
    facts: int
    rows: int
    files: int
    lost: int  # files that were lost already when the backup was made
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
    """Bring a record back and verify it; NotEmpty, NotARecord, NoKey or NotWhole, and then nothing is there."""
    home = workspace.settings.home
    if not file.is_file():
        raise NotARecord(refusal("no_backup_there", file=str(file)))
    with _home_to_fill(workspace, home), archive.opened(file, identities, home) as zipped:
        manifest = _manifest(zipped)
        try:
            with _database_to_fill(workspace) as connection:
                restored = _bring_back(workspace, connection, zipped, manifest, by, progress)
        except (BadZipFile, EOFError) as wrong:
            raise NotWhole(refusal("backup_damaged")) from wrong
        except KeyError as wrong:
            raise NotWhole(refusal("backup_lacks", name=str(wrong.args[0]))) from wrong
    workspace.forget()
    return restored


def _bring_back(
    workspace: Workspace,
    connection: Connection,
    zipped: ZipFile,
    manifest: Mapping[str, Any],
    by: str,
    progress: Progress | None,
) -> Restored:
    counts = _take_rows(connection, zipped, manifest)
    if progress is not None:
        progress(0, len(manifest["files"]))
    for hash_ in manifest["files"]:
        _take_file(workspace, zipped, hash_)
    if archive.SEALS in zipped.namelist():
        _lay_down(seals_file(workspace), zipped.read(archive.SEALS))
    seen = Workspace(workspace.settings, OneConnection(workspace.store, connection), workspace.clock, workspace.pathway)
    _refuse_unlike(verify(seen, progress=progress), ledger_of(connection), manifest)
    made_at = str(manifest["made_at"])
    people.audit(connection, at=seen.stamp(), actor=by, what="restored", row="record", made_at=made_at)
    return Restored(
        made_at=made_at,
        dossiers=int(manifest["ledger"]["dossiers"]),
        facts=int(manifest["ledger"]["facts"]),
        rows=sum(counts.values()),
        files=len(manifest["files"]),
        lost=len(manifest["lost"]),
        came_from=str(manifest["schema"]),
        configuration=_configuration(workspace, zipped),
    )


def _manifest(zipped: ZipFile) -> Mapping[str, Any]:
    manifest = archive.manifest_of(zipped)
    if manifest.get("format") != FORMAT or str(manifest.get("schema")) > SCHEMA:
        raise NotARecord(refusal("record_of_newer_program", schema=str(manifest.get("schema")), known=SCHEMA))
    return manifest


def _take_rows(connection: Connection, zipped: ZipFile, manifest: Mapping[str, Any]) -> dict[str, int]:
    """Make the schema the rows are of, write them, and bring it up to ours."""
    digest = hashlib.sha256()
    with zipped.open(archive.RECORD) as member:
        text = io.TextIOWrapper(io.BufferedReader(_Hashing(member, digest)), encoding="utf-8", newline="\n")
        migrate_on(connection, begin_reading(text).schema)
        counts = take_rows(connection, text)
        text.read()
    if counts != manifest["rows"] or digest.hexdigest() != manifest["record"]:
        raise NotWhole(refusal("backup_damaged"))
    migrate_on(connection)
    return counts


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


def _take_file(workspace: Workspace, zipped: ZipFile, hash_: str) -> None:
    place, digest = place_of(workspace, hash_), hashlib.sha256()
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with zipped.open(f"{archive.ATTACHMENTS}{hash_}") as source, _new(place) as to:
        while chunk := source.read(1 << 20):
            digest.update(chunk)
            to.write(chunk)
        to.flush()
        os.fsync(to.fileno())
    if digest.hexdigest() != hash_:
        raise NotWhole(refusal("backup_damaged"))


def _lay_down(place: Path, held: bytes) -> None:
    with _new(place) as to:
        to.write(held)
        to.flush()
        os.fsync(to.fileno())


def _new(place: Path) -> Any:
    """Open a file that is its owner's alone; what an interrupted restore left there is written anew."""
    return os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb")


def _refuse_unlike(found: Verified, ledger: Mapping[str, Any], manifest: Mapping[str, Any]) -> None:
    """Refuse a record that does not verify, or is another than the one that was backed up."""
    differences = [*found.chain, *found.replay, *found.seals, *found.guards, *found.files[len(manifest["lost"]) :]]
    if ledger != manifest["ledger"]:
        differences.append("the heads of its chains are not those of the manifest")
    if differences:
        raise NotWhole(refusal("restored_does_not_verify", number=len(differences), first=differences[0]))


def _configuration(workspace: Workspace, zipped: ZipFile) -> str:
    if archive.CONFIGURATION not in zipped.namelist():
        return ""
    _lay_down(workspace.settings.home / LEFT_ASIDE, zipped.read(archive.CONFIGURATION))
    return LEFT_ASIDE


@contextmanager
def _home_to_fill(workspace: Workspace, home: Path) -> Iterator[None]:
    """Hold an empty home; empty it again when the block fails."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_ours = (home / MARK).exists()
    if not is_ours and (there := sorted(one.name for one in home.iterdir() if one.name not in _MAY_BE_THERE)):
        raise NotEmpty(refusal("home_not_empty", home=str(home), there=tuple(there[:3])))
    with (home / MARK).open("a", encoding="ascii") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotEmpty(refusal("restore_under_way", home=str(home))) from None
        try:
            _refuse_database_with_tables(workspace, home)  # also when a restore was killed once it was done
            with _emptied_again(workspace, home):
                yield
        finally:
            (home / MARK).unlink(missing_ok=True)


@contextmanager
def _emptied_again(workspace: Workspace, home: Path) -> Iterator[None]:
    """Take away what was laid down when the block fails."""
    try:
        yield
    except BaseException:
        workspace.close()
        for place in home.iterdir():
            if place.name in _MAY_BE_THERE:
                continue
            with suppress(OSError):
                shutil.rmtree(place) if place.is_dir() and not place.is_symlink() else place.unlink()
        raise


def _refuse_database_with_tables(workspace: Workspace, home: Path) -> None:
    """Refuse a database that holds anything; asking leaves no file."""
    if workspace.store.is_sqlite and not Path(str(workspace.store.url.database)).exists():
        return
    with workspace.reading() as connection:
        empty = rows.is_empty(connection)
    if not empty:
        raise NotEmpty(refusal("database_not_empty", where=workspace.store.where, home=str(home)))


@contextmanager
def _database_to_fill(workspace: Workspace) -> Iterator[Connection]:
    """Yield a connection in the transaction in which the whole record is made."""
    with workspace.registry() as connection:
        if not rows.is_empty(connection):
            raise NotEmpty(
                refusal("database_not_empty", where=workspace.store.where, home=str(workspace.settings.home))
            )
        yield connection


def keys_in(file: Path | None) -> list[Identity]:
    """Read the keys of a file, if one is named; NoKey where it holds none or cannot be read."""
    if file is None:
        return []
    try:
        return identities_of(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise NoKey(refusal("no_key_in_file")) from None
