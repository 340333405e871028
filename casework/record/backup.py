"""Backup: one file that holds the record as it stood at one moment, while everything goes on running.

The rows come from one read transaction. The file of seals is read before it: it holds none that the rows do not have;
files of facts are never changed, so those that the rows name are read after it. One that was purged in between is left
out, and the manifest says so.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from casework.core.workspace import Workspace
from casework.files.attachments import place_of
from casework.record import archive
from casework.record.encryption import Recipient
from casework.record.manifest import Ledger, Manifest, Seal
from casework.record.record_file import write_record
from casework.record.seals import ledger_root, seals_file
from models.ledger import contents, verification
from models.runs import runs
from models.store.engine import Connection


@dataclass(frozen=True, kw_only=True, slots=True)
class BackedUp:
    """A backup that was written: where, how large, and what is in it."""

    file: Path
    size: int  # bytes
    encrypted: bool
    dossiers: int
    facts: int
    rows: int
    files: int
    lost: tuple[str, ...]  # files that facts name and that are not where they are kept, by hash


def back_up(
    workspace: Workspace,
    file: Path,
    *,
    recipients: Sequence[Recipient] = (),
    alive: Callable[[], None] = lambda: None,
) -> BackedUp:
    """Write a backup, encrypted to the recipients if there are any; NotBackedUp says why there is none.

    `alive` is called now and then, so that whoever holds a lease can show it.
    """
    made_at = workspace.clock.now()
    with archive.written(file, recipients) as zipped:
        manifest = _fill(workspace, zipped, made_at, alive)
        lost = lost_among(workspace, manifest.lost)
        _keep_configuration(workspace, zipped, encrypted=bool(recipients))
        zipped.writestr(archive.MANIFEST, manifest.model_dump_json(by_alias=True, indent=1))
    return BackedUp(
        file=file,
        size=file.stat().st_size,
        encrypted=bool(recipients),
        dossiers=manifest.ledger.dossiers,
        facts=manifest.ledger.facts,
        rows=sum(manifest.rows.values()),
        files=len(manifest.files),
        lost=lost,
    )


def ledger_of(connection: Connection) -> Ledger:
    """Return what a whole ledger comes to."""
    dossiers, facts, root = ledger_root(verification.all_heads(connection))
    return Ledger(dossiers=dossiers, facts=facts, root=root)


def lost_among(workspace: Workspace, left_out: Sequence[str]) -> tuple[str, ...]:
    """Return which of the files left out are lost: the others were purged while the rows were read."""
    if not left_out:
        return ()
    with workspace.reading() as connection:
        still = contents.attachment_hashes(connection)
    return tuple(hash_ for hash_ in left_out if hash_ in still)


def _fill(workspace: Workspace, zipped: ZipFile, made_at: datetime, alive: Callable[[], None]) -> Manifest:
    digest, seals = hashlib.sha256(), _keep_seals(workspace, zipped)
    with workspace.reading() as connection:
        with _text(zipped, archive.RECORD, digest) as to:
            counts = write_record(workspace, connection, to, made_at=made_at, alive=alive)
        last, named, ledger = runs.last_seal(connection), contents.attachment_hashes(connection), ledger_of(connection)
    files, lost = _keep_files(workspace, zipped, sorted(named), alive)
    return Manifest(
        program=version("accede"),
        schema_=workspace.store.schema,
        made_at=made_at.astimezone(UTC).isoformat(timespec="seconds"),
        database="SQLite" if workspace.store.is_sqlite else "PostgreSQL",
        training=workspace.training.isoformat() if workspace.training else None,
        rows=counts,
        record=digest.hexdigest(),
        files=files,
        lost=lost,
        ledger=ledger,
        seal=Seal(number=last["id"], hash=last["hash"]) if last else None,
        seals=seals,
    )


@contextmanager
def _text(zipped: ZipFile, name: str, digest: hashlib._Hash) -> Iterator[io.TextIOWrapper]:
    with zipped.open(name, "w", force_zip64=True) as member:
        text = io.TextIOWrapper(io.BufferedWriter(_Hashed(member, digest)), encoding="utf-8", newline="\n")
        yield text
        text.flush()


class _Hashed(io.RawIOBase):
    """Passes on what is written, and adds it to a hash."""

    def __init__(self, to: Any, digest: hashlib._Hash) -> None:
        self._to, self._digest = to, digest

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._digest.update(piece)
        return int(self._to.write(piece))


def _keep_files(
    workspace: Workspace, zipped: ZipFile, named: Sequence[str], alive: Callable[[], None]
) -> tuple[dict[str, int], list[str]]:
    """Put the files of facts in, each under the hash of what was read; return their sizes, and those not found so."""
    sizes: dict[str, int] = {}
    lost: list[str] = []
    for hash_ in named:
        alive()
        place, digest = place_of(workspace, hash_), hashlib.sha256()
        if not place.is_file():
            lost.append(hash_)
            continue
        with place.open("rb") as source:
            size = archive.put(zipped, f"{archive.ATTACHMENTS}{hash_}", source, digest.update, packed=False)
        if digest.hexdigest() == hash_:
            sizes[hash_] = size
        else:
            lost.append(hash_)
    return sizes, lost


def _keep_seals(workspace: Workspace, zipped: ZipFile) -> str | None:
    """Put the file of seals in, and return its hash."""
    kept = seals_file(workspace)
    if not kept.exists():
        return None
    held = kept.read_bytes()
    zipped.writestr(archive.SEALS, held)
    return hashlib.sha256(held).hexdigest()


def _keep_configuration(workspace: Workspace, zipped: ZipFile, *, encrypted: bool) -> None:
    """Put the configuration in where nobody but the holder of the key can read it: it may hold passwords."""
    file = workspace.settings.home / archive.CONFIGURATION
    if encrypted and file.is_file():
        zipped.write(file, archive.CONFIGURATION)
