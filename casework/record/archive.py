"""The file of a backup: a ZIP with the record, its attachments and a manifest, encrypted to whoever is to open it.

It goes to a temporary name first and has its own only once it is whole; it is its owner's alone to read.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from casework.record.encryption import Identity, Recipient, begins_encrypted, decrypt, encrypting
from casework.record.record_file import NotARecord
from casework.record.unfinished import written_whole
from pathways.grammar.refusals import Refused, refusal

MANIFEST, RECORD, SEALS, CONFIGURATION = "manifest.json", "record.jsonl", "seals.txt", "accede.toml"
ATTACHMENTS = "attachments/"
PLAIN, ENCRYPTED = ".zip", ".zip.age"
#: What reading a file raises that was damaged, or made by somebody to be read.
DAMAGED = (BadZipFile, EOFError, LZMAError, NotImplementedError, RecursionError, RuntimeError, zlib.error)
_CHUNK = 1 << 20


class NotBackedUp(Refused):
    """A backup could not be written where it was asked for."""


@contextmanager
def written(file: Path, recipients: Sequence[Recipient]) -> Iterator[ZipFile]:
    """Yield a ZIP that stands at its name once the block has ended well; else nothing stands there."""
    try:
        with written_whole(file) as plain, encrypting(plain, recipients) as stream, _to_fill(stream) as zipped:
            yield zipped
    except FileExistsError:
        raise NotBackedUp(refusal("backup_is_there", file=str(file))) from None
    except OSError as wrong:
        raise not_written(file, wrong) from wrong


def not_written(file: Path, wrong: OSError) -> NotBackedUp:
    """Say what the machine said where a backup was to be written."""
    why = wrong.strerror or type(wrong).__name__
    return NotBackedUp(refusal("backup_not_written", file=str(file), why=why))


@contextmanager
def opened(file: Path, identities: Sequence[Identity], scratch: Path) -> Iterator[ZipFile]:
    """Yield a backup's ZIP; what is encrypted lies plainly in `scratch` for the length of the block, under no name."""
    try:
        with file.open("rb") as stream, _plainly(stream, identities, scratch) as plain, _as_zip(plain) as zipped:
            yield zipped
    except FileNotFoundError:
        raise NotARecord(refusal("no_file_there", file=str(file))) from None


def member(zipped: ZipFile, name: str) -> IO[bytes]:
    """Open one part to read; KeyError where there is none, BadZipFile where its place is none in the file."""
    try:
        return zipped.open(name)
    except (OSError, OverflowError, ValueError) as wrong:
        raise BadZipFile(name) from wrong


def put(zipped: ZipFile, name: str, source: BinaryIO, seen: Callable[[bytes], None], *, packed: bool = True) -> int:
    """Write what a stream holds under a name; tell of each piece, and return how many bytes there were."""
    size = 0
    info = zipped.compression
    zipped.compression = ZIP_DEFLATED if packed else ZIP_STORED  # pictures and documents are packed already
    try:
        with zipped.open(name, "w", force_zip64=True) as part:
            while chunk := source.read(_CHUNK):
                seen(chunk)
                size += part.write(chunk)
    finally:
        zipped.compression = info
    return size


@contextmanager
def _as_zip(stream: BinaryIO) -> Iterator[ZipFile]:
    try:
        zipped = ZipFile(stream)
    except (BadZipFile, NotImplementedError, OverflowError, ValueError, OSError):
        raise NotARecord(refusal("no_record_in_file")) from None
    with zipped:
        if any(part.compress_type not in (ZIP_DEFLATED, ZIP_STORED) for part in zipped.infolist()):
            raise NotARecord(refusal("no_record_in_file"))  # none of ours: others take what memory they like
        yield zipped


def _to_fill(stream: IO[bytes]) -> ZipFile:
    return ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1)


@contextmanager
def _plainly(stream: BinaryIO, identities: Sequence[Identity], scratch: Path) -> Iterator[BinaryIO]:
    """Yield what may be read: the stream itself, or what it holds once it is opened with a key."""
    if not begins_encrypted(stream):
        yield stream
        return
    with TemporaryFile(dir=scratch) as plain:
        decrypt(stream, plain, identities)
        plain.seek(0)
        yield plain
