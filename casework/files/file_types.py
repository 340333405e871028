"""File types: what a file is, by its content, and what it may be called. Nothing is opened or run.

Known are PDF, Word, Excel, PNG and JPEG. A file that holds macros, scripts, other files or a password is refused, and
so is one that grows out of all proportion when it is unpacked, or has something behind its end. The name that came with
a file is not believed: its ending must say what the content says, and what is unsafe in it is replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO

from casework.files.ole import BEGINNING as COMPOUND
from casework.files.ole import compound_faults, kind_of_compound
from casework.files.ooxml import BEGINNING as PACKED
from casework.files.ooxml import crowd_faults, kind_of_package, package_faults
from casework.files.pdf import pdf_faults
from casework.files.pictures import jpeg_faults, png_faults
from pathways.grammar.lines import shows, without_fillers
from pathways.grammar.refusals import Refusal, refusal

PDF, PNG, JPEG = "application/pdf", "image/png", "image/jpeg"
DOC, XLS = "application/msword", "application/vnd.ms-excel"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The endings that are kept, and the type that each promises.
ENDINGS = {
    ".pdf": PDF,
    ".doc": DOC,
    ".docx": DOCX,
    ".xls": XLS,
    ".xlsx": XLSX,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
}
#: How the types are called.
TITLES = {PDF: "PDF", DOC: "Word", DOCX: "Word", XLS: "Excel", XLSX: "Excel", PNG: "PNG image", JPEG: "JPEG image"}
_BEGINNINGS = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": PNG, b"\xff\xd8\xff": JPEG}
#: How each type that is one piece is looked through.
_FAULTS: Mapping[str, Callable[[mmap], tuple[Refusal, ...]]] = {
    PDF: pdf_faults,
    PNG: png_faults,
    JPEG: jpeg_faults,
    DOC: compound_faults,
    XLS: compound_faults,
}
_HEAD = 4096  # bytes that tell most formats apart
_LONGEST = 120  # characters
_LONGEST_ENDING = 10
_NEVER = re.compile(r'[<>:"|?*]')  # what some system or other does not allow in a name
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
#: Control characters, marks that turn the direction of text or are not seen, halves of characters, breaks of lines.
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def type_faults(file: BinaryIO, promised: str) -> tuple[Refusal, ...]:
    """Return every reason why a file's content is not what its ending promises, or may not be kept."""
    head = file.read(_HEAD)
    file.seek(0)
    if not head:
        return (refusal("file_is_empty"),)
    if head.startswith(PACKED) and (faults := crowd_faults(file)):
        return faults
    found = _type_of(file, head)
    if found != promised:
        return (_is_another(TITLES[promised], found, head),)
    if found in (DOCX, XLSX):
        return package_faults(file)
    with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
        return _FAULTS[found](content)


def ending_of(name: str) -> str:
    """Return a name's ending in small letters, with its dot."""
    return Path(name).suffix.lower()


def clean_name(name: str) -> str:
    """Return a name without its path and without anything that is not seen; at most 120 characters."""
    last = re.split(r"[/\\]", name)[-1]
    seen = "".join(c for c in unicodedata.normalize("NFC", last) if unicodedata.category(c) not in _UNSEEN)
    plain = _NEVER.sub("_", " ".join(without_fillers(seen).split())).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        stem, dot, ending = plain, "", ""
    stem = stem.rstrip(" .")[: _LONGEST - len(dot) - len(ending)].rstrip(" .")
    stem = stem if shows(stem) else "file"
    cleaned = f"{stem}{dot}{ending}"
    return f"_{cleaned}" if _RESERVED.fullmatch(cleaned) else cleaned


def _type_of(file: BinaryIO, head: bytes) -> str | None:
    for beginning, found in _BEGINNINGS.items():
        if head.startswith(beginning):
            return found
    if head.startswith(PACKED):
        return {"word": DOCX, "xl": XLSX}.get(kind_of_package(file))
    if head.startswith(COMPOUND):
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            return {"word": DOC, "xl": XLS}.get(kind_of_compound(content))
    return None


def _is_another(promised: str, found: str | None, head: bytes) -> Refusal:
    """Say what a content is: one of ours, or the ending that such content usually has."""
    if found is not None:
        return refusal("content_of_another_kind", promised=promised, found=TITLES[found])
    if ending := _usual_ending(head):
        return refusal("content_of_another_ending", promised=promised, ending=ending)
    return refusal("content_of_no_kind", promised=promised)


def _usual_ending(head: bytes) -> str:
    """Name the ending that a foreign content usually has, or nothing."""
    from puremagic import PureError, from_string  # its tables are read only when a file is refused

    try:
        ending = str(from_string(head))
    except (PureError, ValueError):
        return ""
    return ending if ending.isascii() and ending.isprintable() and ending not in ENDINGS else ""
