"""Attachments: a file that comes with a fact is looked at and kept beside the record by its hash.

For the command line and the desk alike. A file is put away only while what refers to it is being written, under a
lock that whoever clears away takes too; what is left by a crash goes with the next clearing.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from casework.core.workspace import Workspace
from casework.files.file_types import ENDINGS, clean_name, ending_of, type_faults
from models.ledger import contents
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.refusals import Refused, refusal

#: The field of a form in which a file comes.
FIELD = "attachment"
_FOLDER = "attachments"
_INCOMING = "incoming"  # a folder of two letters would hold hashes
_LOCK = ".lock"
_CHUNK = 1 << 18
_WAITS_AT_MOST = 24 * 60 * 60  # seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A file that was looked at and may be kept. `hash` is SHA-256 of its bytes, `type` what these are (MIME)."""

    name: str
    type: str
    hash: str
    size: int  # bytes
    path: Path  # where it waits; gone once the block that received it ends


class NotKept(Refused):
    """A file could not be put down on this machine, for want of room or of the right to write there."""

    def __init__(self, why: OSError) -> None:
        """Say which of the two it is, to whoever sent the file and to whoever runs the machine."""
        self.is_full = why.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        super().__init__(refusal("no_room_for_files") if self.is_full else refusal("files_not_writable"))


def too_large(workspace: Workspace) -> NotAdmitted:
    """Return why a file is not kept that is larger than any."""
    return _too_large(workspace.settings.attachment_limit)


def _too_large(limit: int) -> NotAdmitted:
    return NotAdmitted(refusal("file_too_large", field=FIELD, most=f"{limit / 1_000_000:g}"))


@contextmanager
def received(workspace: Workspace, stream: BinaryIO | None, name: str | None) -> Iterator[Attachment | None]:
    """Take a file in for the length of a block, in which it may be filed; NotAdmitted says why it may not be kept.

    None when there is none: a form without a file sends an empty name.
    """
    if stream is None or not (name or "").strip():
        yield None
        return
    cleaned = clean_name(name or "")
    promised = ENDINGS.get(ending_of(cleaned))
    if promised is None:
        raise NotAdmitted(refusal("file_of_no_kind", field=FIELD, name=cleaned))
    with _putting_down():
        path = _incoming(workspace)
    try:
        with _putting_down():
            size, digest = _take_in(stream, path, workspace.settings.attachment_limit)
        with path.open("rb") as file:
            faults = type_faults(file, promised)
        if faults:
            raise NotAdmitted(*(refusal("file_not_kept", field=FIELD, name=cleaned, why=why) for why in faults))
        yield Attachment(name=cleaned, type=promised, hash=digest, size=size, path=path)
    finally:
        with suppress(OSError):  # what cannot be deleted now goes with the next clearing
            path.unlink(missing_ok=True)


@contextmanager
def received_from(workspace: Workspace, path: Path | None) -> Iterator[Attachment | None]:
    """Take in a file of this machine, as `received` does."""
    if path is None:
        yield None
        return
    try:
        stream = path.open("rb")
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise NotAdmitted(refusal("file_cannot_be_read", field=FIELD, path=str(path), why=why)) from None
    with stream, received(workspace, stream, path.name) as attachment:
        yield attachment


@contextmanager
def putting_away(workspace: Workspace, attachment: Attachment | None) -> Iterator[Callable[[], None]]:
    """Yield what puts a file away; if the block fails, the file is back where it waited, unless it is on file.

    Open this before the transaction that writes of the file, and put away inside it.
    """
    if attachment is None:
        yield lambda: None
        return
    with locked(workspace):
        kept = place_of(workspace, attachment.hash)
        was_there = kept.exists()
        try:
            yield lambda: None if was_there else _move(attachment.path, kept)
        except BaseException:
            if not was_there and kept.exists() and not _may_be_on_file(workspace, attachment.hash):
                kept.replace(attachment.path)
            raise


@contextmanager
def locked(workspace: Workspace) -> Iterator[None]:
    """Hold the folder of attachments, so that nobody clears away what another is about to write of."""
    with _putting_down():
        file = (_folder(workspace) / _LOCK).open("a", encoding="ascii")
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def clear_away(workspace: Workspace) -> int:
    """Delete files that nothing on file refers to, and return how many: after a purge, and what a crash left."""
    if not (workspace.settings.home / _FOLDER).is_dir():
        return 0
    with locked(workspace), workspace.reading() as connection:
        held = contents.attachment_hashes(connection)
        lost = [path for path in _folder(workspace).glob("??/*") if path.is_file() and path.name not in held]
        lost += [path for path in _folder(workspace).glob(f"{_INCOMING}/*") if _is_forgotten(workspace, path)]
        for path in lost:
            path.unlink(missing_ok=True)
    return len(lost)


def may_be_written(workspace: Workspace) -> bool:
    """Tell whether files can be put down beside the record; tries nothing."""
    folder = workspace.settings.home / _FOLDER
    places = [place for place in (folder, folder / _INCOMING) if os.path.lexists(place)] or [workspace.settings.home]
    return all(place.is_dir() and os.access(place, os.W_OK | os.X_OK) for place in places)


def place_of(workspace: Workspace, digest: str) -> Path:
    """Return where a file of that hash is kept."""
    return kept_at(workspace.settings.home, digest)


def kept_at(home: Path, digest: str) -> Path:
    """Return where a file of that hash is kept in a home."""
    return home / _FOLDER / digest[:2] / digest


def _may_be_on_file(workspace: Workspace, digest: str) -> bool:
    """Tell whether the record names a file, or cannot be asked: a commit may have been written and not confirmed."""
    try:
        with workspace.reading() as connection:
            return digest in contents.attachment_hashes(connection)
    except Exception:  # noqa: BLE001  # whatever it is, what went wrong before is told; the next clearing asks again
        return True


def _is_forgotten(workspace: Workspace, path: Path) -> bool:
    """Tell whether a file has waited for so long that whoever sent it was cut off."""
    with suppress(FileNotFoundError):
        return workspace.clock.now().timestamp() - path.stat().st_mtime > _WAITS_AT_MOST
    return False


def _folder(workspace: Workspace) -> Path:
    folder = workspace.settings.home / _FOLDER
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _incoming(workspace: Workspace) -> Path:
    waiting = _folder(workspace) / _INCOMING
    waiting.mkdir(exist_ok=True, mode=0o700)
    return waiting / secrets.token_hex(16)


@contextmanager
def _putting_down() -> Iterator[None]:
    """Say in a sentence that the machine takes no file; one that is gone is another matter."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as wrong:
        raise NotKept(wrong) from wrong


def _take_in(stream: BinaryIO, path: Path, limit: int) -> tuple[int, str]:
    """Copy a stream to a file that is its owner's alone; return its size and hash, NotAdmitted over the limit."""
    size, digest = 0, hashlib.sha256()
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise _too_large(limit)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return size, digest.hexdigest()


def _move(path: Path, kept: Path) -> None:
    """Put a file where it is kept, for good: also after a power cut the record does not name a file that is lost."""
    with _putting_down():
        kept.parent.mkdir(exist_ok=True, mode=0o700)
        path.replace(kept)
    for folder in (kept.parent, kept.parent.parent):
        with suppress(OSError):  # not every file system lets a folder be written out
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
