"""The file of a backup: a ZIP with the record, its attachments and a manifest, encrypted to whoever is to open it.

It goes to a temporary name first and has its own only once it is whole; it is its owner's alone to read.
"""

from __future__ import annotations

import os
import secrets
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from lzma import LZMAError
from pathlib import Path
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from casework.record.encryption import Identity, Recipient, begins_encrypted, decrypt, encrypting
from casework.record.record_file import NotARecord
from pathways.grammar.refusals import Refused, refusal

MANIFEST, RECORD, SEALS, CONFIGURATION = "manifest.json", "record.jsonl", "seals.txt", "accede.toml"
ATTACHMENTS = "attachments/"
PLAIN, ENCRYPTED = ".zip", ".zip.age"
UNFINISHED = ".unfinished"
#: What reading a file raises that was damaged, or made by somebody to be read.
DAMAGED = (BadZipFile, EOFError, LZMAError, NotImplementedError, RecursionError, RuntimeError, zlib.error)
_CHUNK = 1 << 20


class NotBackedUp(Refused):
    """A backup could not be written where it was asked for."""


@contextmanager
def written(file: Path, recipients: Sequence[Recipient]) -> Iterator[ZipFile]:
    """Yield a ZIP that stands at its name once the block has ended well; else nothing stands there."""
    if os.path.lexists(file):
        raise NotBackedUp(refusal("backup_is_there", file=str(file)))
    waiting = file.with_name(f".{file.name}.{secrets.token_hex(4)}{UNFINISHED}")
    try:
        with _owners_alone(waiting) as plain:
            with encrypting(plain, recipients) as stream, _to_fill(stream) as zipped:
                yield zipped
            plain.flush()
            os.fsync(plain.fileno())
        os.link(waiting, file)  # never over what another wrote there meanwhile
    except FileExistsError:
        raise NotBackedUp(refusal("backup_is_there", file=str(file))) from None
    except OSError as wrong:
        why = wrong.strerror or type(wrong).__name__
        raise NotBackedUp(refusal("backup_not_written", file=str(file), why=why)) from wrong
    finally:
        with suppress(OSError):
            waiting.unlink(missing_ok=True)
    _remember(file.parent)


@contextmanager
def opened(file: Path, identities: Sequence[Identity], scratch: Path) -> Iterator[ZipFile]:
    """Yield a backup's ZIP; what is encrypted is laid down plainly in `scratch` for the length of the block."""
    try:
        with file.open("rb") as stream, _plainly(stream, identities, scratch) as plain, _as_zip(plain) as zipped:
            yield zipped
    except FileNotFoundError:
        raise NotARecord(refusal("no_backup_there", file=str(file))) from None


def put(zipped: ZipFile, name: str, source: BinaryIO, seen: Callable[[bytes], None], *, packed: bool = True) -> int:
    """Write what a stream holds under a name; tell of each piece, and return how many bytes there were."""
    size = 0
    info = zipped.compression
    zipped.compression = ZIP_DEFLATED if packed else ZIP_STORED  # pictures and documents are packed already
    try:
        with zipped.open(name, "w", force_zip64=True) as member:
            while chunk := source.read(_CHUNK):
                seen(chunk)
                size += member.write(chunk)
    finally:
        zipped.compression = info
    return size


@contextmanager
def _as_zip(stream: BinaryIO) -> Iterator[ZipFile]:
    try:
        zipped = ZipFile(stream)
    except (BadZipFile, ValueError, OSError):
        raise NotARecord(refusal("no_record_in_file")) from None
    with zipped:
        yield zipped


def _to_fill(stream: IO[bytes]) -> ZipFile:
    return ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1)


@contextmanager
def _owners_alone(path: Path) -> Iterator[IO[bytes]]:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file


@contextmanager
def _plainly(stream: BinaryIO, identities: Sequence[Identity], scratch: Path) -> Iterator[BinaryIO]:
    """Yield what may be read: the stream itself, or what it holds once it is opened with a key."""
    if not begins_encrypted(stream):
        yield stream
        return
    plain = scratch / f".{secrets.token_hex(8)}{UNFINISHED}"
    try:
        with _owners_alone(plain) as to:
            decrypt(stream, to, identities)
        with plain.open("rb") as readable:
            yield readable
    finally:
        plain.unlink(missing_ok=True)


def _remember(folder: Path) -> None:
    """Write the folder out, so that a power cut does not take back the file's name."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
