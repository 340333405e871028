"""OOXML: files of Word and Excel that are packed (ZIP), which of the two one is, and whether it may be kept.

Unpacks only to count the bytes, never onto disk, and stops at the first byte too many. Relationships between the
parts of a package are read too: one that leads to a program or out of the file is refused.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from casework.files.ole import BEGINNING as COMPOUND
from casework.files.ole import INSIDE, LOCKED, MACROS, compound_faults
from pathways.grammar.refusals import Refusal, Refused, refusal

#: How such a file begins.
BEGINNING = b"PK\x03\x04"
_CONTENT_TYPES = "[Content_Types].xml"
_MAIN = {"word": "word/document.xml", "xl": "xl/workbook.xml"}
_MOST_PARTS = 5_000
_MOST_UNPACKED = 150_000_000  # bytes, of all parts and of what is packed inside them
_ROOM_BEFORE_RATIO = 20_000_000  # bytes; a small file may well be mostly air
_WORST_RATIO = 100  # unpacked to packed; text of a spreadsheet reaches thirty
_MOST_HELD = 30_000_000  # bytes of one embedded file that is looked into
_DEEPEST = 2  # a chart in a text holds a spreadsheet; nothing sensible is deeper
_CHUNK = 1 << 16
_LISTED = b"PK\x01\x02"  # how each entry of a package's list begins
_BOMB = refusal("file_grows")
_BROKEN = refusal("file_is_damaged")
_ELSEWHERE = refusal("file_fetches_elsewhere")
#: Kinds of relationships that are fetched when the file is opened, without a click.
_FETCHED = frozenset({"attachedtemplate", "oleobject", "frame", "subdocument"})


class _NotKept(Refused):
    """A package may not be kept."""


@dataclass
class _Budget:
    """How many bytes may still come out of a package. `packed`: the size of the whole file."""

    packed: int
    unpacked: int = 0

    def spend(self, size: int) -> None:
        self.unpacked += size
        is_steep = self.unpacked > _ROOM_BEFORE_RATIO and self.unpacked > _WORST_RATIO * self.packed
        if self.unpacked > _MOST_UNPACKED or is_steep:
            raise _NotKept(_BOMB)


def crowd_faults(file: IO[bytes]) -> tuple[Refusal, ...]:
    """Refuse a package whose list alone would fill the memory; asked before anything reads that list."""
    found, carry = 0, b""
    while chunk := file.read(_CHUNK):
        found += (carry + chunk).count(_LISTED)
        carry = chunk[-(len(_LISTED) - 1) :]
    file.seek(0)
    return (_BOMB,) if found > _MOST_PARTS else ()


def kind_of_package(file: IO[bytes]) -> str:
    """Tell whether a package is one of “word” or “xl”, or “” when it is neither."""
    try:
        with ZipFile(file) as package:
            names = set(package.namelist())
            found = [kind for kind, main in _MAIN.items() if main in names]
            return found[0] if len(found) == 1 and _CONTENT_TYPES in names else ""
    except (BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, EOFError):
        return ""
    finally:
        file.seek(0)


def package_faults(file: IO[bytes]) -> tuple[Refusal, ...]:
    """Return why a package of Word or Excel may not be kept."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    try:
        _look_through(file, _Budget(packed=size), depth=0)
    except _NotKept as wrong:
        return wrong.refusals
    except (BadZipFile, zlib.error, ValueError, OverflowError, NotImplementedError, RuntimeError, OSError, EOFError):
        return (_BROKEN,)
    finally:
        file.seek(0)
    return ()


def fetches_from_elsewhere(content: bytes) -> bool:
    """Tell whether something is fetched from outside the file when it is opened; ValueError when it cannot be read."""
    found: list[bool] = []

    def look(name: str, said: dict[str, str]) -> None:
        kind = said.get("Type", "").strip().rpartition("/")[2].casefold()
        found.append(kind in _FETCHED and said.get("TargetMode", "").strip().casefold() == "external")

    def refuse(*_: object) -> None:
        raise ValueError("A list of relationships declares words of its own.")

    parser = ParserCreate()
    parser.StartElementHandler, parser.StartDoctypeDeclHandler = look, refuse
    try:
        parser.Parse(content, True)
    except ExpatError as wrong:
        raise ValueError("A list of relationships cannot be read.") from wrong
    return any(found)


def _look_through(file: IO[bytes], budget: _Budget, *, depth: int) -> None:
    if depth > _DEEPEST or crowd_faults(file):
        raise _NotKept(_BOMB)
    with ZipFile(file) as package:
        parts = package.infolist()
        _refuse_list(parts, budget)
        for part in parts:
            _refuse_part(package, part, budget, depth=depth)


def _refuse_list(parts: list[ZipInfo], budget: _Budget) -> None:
    names = [part.filename.casefold() for part in parts]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED - budget.unpacked:
        raise _NotKept(_BOMB)
    if any(part.flag_bits & 1 for part in parts):
        raise _NotKept(LOCKED)
    if any(part.compress_type not in (ZIP_DEFLATED, ZIP_STORED) for part in parts):
        raise _NotKept(_BROKEN)  # Office packs in no other way, and others take what memory they like
    if len(set(names)) < len(names) or any(_is_misnamed(name) for name in names):
        raise _NotKept(_BROKEN)
    if any("vbaproject" in name or "vbadata" in name or name.startswith("xl/macrosheets/") for name in names):
        raise _NotKept(MACROS)


def _is_misnamed(name: str) -> bool:
    """Tell whether a name leads out of the package, or is written so that Office reads another than stands there."""
    return name.startswith("/") or "\\" in name or ".." in name.split("/")


def _refuse_part(package: ZipFile, part: ZipInfo, budget: _Budget, *, depth: int) -> None:
    """Unpack one part to count it, and look into it where it is a file of its own."""
    chunks = _chunks(package, part, budget)
    head = next(chunks, b"")
    if part.filename == _CONTENT_TYPES:
        _refuse_types(b"".join((head, *_up_to(chunks, _MOST_HELD))))
    elif part.filename.casefold().endswith(".rels"):
        if fetches_from_elsewhere(b"".join((head, *_up_to(chunks, _MOST_HELD)))):
            raise _NotKept(_ELSEWHERE)
    elif head.startswith(BEGINNING):
        _look_through(io.BytesIO(b"".join((head, *_up_to(chunks, _MOST_HELD)))), budget, depth=depth + 1)
    elif head.startswith(COMPOUND):
        if faults := compound_faults(b"".join((head, *_up_to(chunks, _MOST_HELD)))):
            raise _NotKept(faults[0])
    elif head.startswith((b"MZ", b"\x7fELF", b"#!")):
        raise _NotKept(INSIDE)
    for _ in chunks:
        pass


def _refuse_types(types: bytes) -> None:
    said = types.replace(b"\0", b"").lower()  # in whichever encoding
    if any(word in said for word in (b"macroenabled", b"vbaproject", b"macrosheet")):
        raise _NotKept(MACROS)


def _chunks(package: ZipFile, part: ZipInfo, budget: _Budget) -> Iterator[bytes]:
    with package.open(part) as opened:
        while chunk := opened.read(_CHUNK):
            budget.spend(len(chunk))
            yield chunk


def _up_to(chunks: Iterator[bytes], limit: int) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise _NotKept(_BOMB)
        yield chunk
