"""Integrity of files: whether a file that is referred to is where it is kept, and still the one that was filed.

Reads files and changes none. Says of which fact a file is, never how it is called or what is in it.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from casework.core.workspace import Workspace
from casework.files.attachments import place_of
from models.ledger import contents
from models.ledger.dossiers import Record
from models.ledger.verification import Link
from pathways.grammar.pathway import which_dossier

_REMEMBERED = 10_000  # files of which it is remembered what was found, so that one of many facts is read once
_BETWEEN_SIGNS = 100_000_000  # bytes; also a slow disk reads so many long before a lease is over
#: What is said of a file that is not as it was filed.
GONE, CHANGED, NO_ORDINARY = "is gone", "was changed", "is no ordinary file"
_LINK_OR_SOCKET = (errno.ELOOP, errno.ENXIO)


@dataclass(frozen=True, kw_only=True, slots=True)
class Looked:
    """What a look at a kept file found: `fault` says what is wrong with it, and is empty when it is sound."""

    size: int = 0  # bytes that were read
    fault: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A file that is not what a fact refers to, in a sentence."""

    fact: str
    hash: str
    difference: str


class FileCheck:
    """Looks at the files of dossiers, one dossier after the other, with a sign of life now and then."""

    def __init__(self, workspace: Workspace, sign: Callable[[], None]) -> None:
        """Look at the files of a workspace."""
        self._office = workspace
        self._sign = sign
        self._unsaid = 0  # bytes read since the last sign
        self._fault = lru_cache(maxsize=_REMEMBERED)(self._look_at)

    def lost(self, record: Record, links: Iterable[Link]) -> Iterator[Lost]:
        """Yield what is wrong with the files of a dossier, of which these are the ledger's rows."""
        for link in links:
            digest = link.attachment_hash
            if digest is not None and (fault := self._fault(digest)):
                where = f"{which_dossier(record.treaty, record.state)}: the file of fact {link.seq} ({link.kind})"
                yield Lost(fact=link.id, hash=digest, difference=f"{where} {fault}")

    def _look_at(self, digest: str) -> str:
        looked = look_at(place_of(self._office, digest), digest)
        self._unsaid += looked.size
        if self._unsaid >= _BETWEEN_SIGNS:
            self._unsaid = 0
            self._sign()
        return looked.fault


def look_at(path: Path, digest: str) -> Looked:
    """Read a kept file to its end and tell whether it is still the one of that hash; never hangs on what is no file."""
    try:
        size, found = _hash_of(path)
    except FileNotFoundError:
        return Looked(fault=GONE)
    except _NoOrdinaryFile:
        return Looked(fault=NO_ORDINARY)
    except OSError as wrong:
        return Looked(fault=f"cannot be read ({type(wrong).__name__})")
    return Looked(size=size, fault="" if found == digest else CHANGED)


def still_lost(workspace: Workspace, lost: Sequence[Lost]) -> tuple[str, ...]:
    """Return a sentence for each that facts refer to still: what was purged since they were read is rightly gone."""
    if not lost:
        return ()
    with workspace.reading() as connection:
        beside = contents.beside(connection, [one.fact for one in lost])
    nothing = contents.Beside()
    return tuple(one.difference for one in lost if beside.get(one.fact, nothing).attachment_hash == one.hash)


class _NoOrdinaryFile(Exception):
    """A folder, a link, a pipe or a device stands where a file is kept."""


def _hash_of(path: Path) -> tuple[int, str]:
    """Return a file's size in bytes and the hash by which it is kept, read piece by piece."""
    with open(path, "rb", buffering=0, opener=_opened) as file:
        found = hashlib.file_digest(file, "sha256")
        return file.tell(), found.hexdigest()


def _opened(path: str, flags: int) -> int:
    """Open an ordinary file and nothing else: a link leads anywhere, a pipe is waited for, a device has no end."""
    try:
        descriptor = os.open(path, flags | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as wrong:
        raise (_NoOrdinaryFile if wrong.errno in _LINK_OR_SOCKET else wrong) from None
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _NoOrdinaryFile
    return descriptor
