"""Kept files: whether every file that a fact refers to is where it is kept, and still the one that was filed.

Reads files and changes none. Says of which fact a file is, never how it is called or what is in it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from casework.attachments import place_of
from casework.office import Office
from models import contents
from models.archive import Record

_REMEMBERED = 10_000  # files of which it is remembered what was found, so that one of many facts is read once
_BETWEEN_SIGNS = 100_000_000  # bytes; also a slow disk reads so many long before a lease is over


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A file that is not what a fact refers to, in a sentence."""

    fact: str
    hash: str
    says: str


class FileCheck:
    """Looks at the files of dossiers, one dossier after the other, with a sign of life now and then."""

    def __init__(self, office: Office, sign: Callable[[], None]) -> None:
        """Look at the files of an office."""
        self._office = office
        self._sign = sign
        self._unsaid = 0  # bytes read since the last sign
        self._fault = lru_cache(maxsize=_REMEMBERED)(self._look_at)

    def lost(self, record: Record, rows: Iterable[Any]) -> Iterator[Lost]:
        """Yield what is wrong with the files of a dossier, of which these are the ledger's rows."""
        for row in rows:
            digest = row["attachment_hash"]
            if digest is not None and (fault := self._fault(digest)):
                where = f"{record.treaty}/{record.state}: the file of fact {row['seq']} ({row['kind']})"
                yield Lost(fact=row["id"], hash=digest, says=f"{where} {fault}")

    def _look_at(self, digest: str) -> str:
        path = place_of(self._office, digest)
        try:
            found = _hash_of(path)
            self._unsaid += path.stat().st_size
        except FileNotFoundError:
            return "is gone"
        except OSError as wrong:
            return f"cannot be read ({type(wrong).__name__})"
        if self._unsaid >= _BETWEEN_SIGNS:
            self._unsaid = 0
            self._sign()
        return "" if found == digest else "was changed"


def still_lost(office: Office, lost: Sequence[Lost]) -> tuple[str, ...]:
    """Return a sentence for each that facts refer to still: what was purged since they were read is rightly gone."""
    if not lost:
        return ()
    with office.reading() as connection:
        beside = contents.beside(connection, [one.fact for one in lost])
    return tuple(one.says for one in lost if beside[one.fact].attachment_hash == one.hash)


def _hash_of(path: Path) -> str:
    """Return the hash by which a file is kept, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
