"""PDF: whether a document may be kept: one that starts nothing, hides nothing, and ends where it ends.

Looks for the names by which a document starts a program or a script, holds a file or is locked, written with escapes or
not, in the file as it stands and in the streams that objects are packed in. Follows no reference, so that what a reader
would find another way is found too. A name that stands in a text by chance refuses a document that was harmless, which
printing it anew mends; none that is harmful is kept for standing where it is not expected.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from mmap import mmap

from casework.files.ole import INSIDE, LOCKED
from pathways.grammar.refusals import Refusal, refusal

_END, _SPACE = b"%%EOF", b"\0\t\n\f\r "
_FAULTS = {
    b"JavaScript": refusal("pdf_runs"),
    b"Launch": refusal("pdf_runs"),
    b"ImportData": refusal("pdf_runs"),
    b"Rendition": refusal("pdf_runs"),
    b"RichMedia": refusal("pdf_runs"),
    b"XFA": refusal("pdf_runs"),
    b"EmbeddedFile": INSIDE,
    b"EmbeddedFiles": INSIDE,
    b"GoToE": INSIDE,
    b"Encrypt": LOCKED,
}
_HIDES = refusal("pdf_hides")
_LONGEST = max(map(len, _FAULTS))
#: A name: a slash and regular characters; each may be written as # and two digits.
_NAME = re.compile(rb"/((?:#[0-9A-Fa-f]{2}|[^\x00\t\n\f\r ()<>\[\]{}/%#])+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<=[\s>\x00])stream(\r\n|\n|\r)")
#: What the dictionary of packed objects holds no more than: names, numbers, references, lists of these.
_PLAIN = re.compile(rb"[^(%{}]*")
_READABLE = frozenset({b"FlateDecode", b"Fl"})
_UNREADABLE = (b"Decode", b"Crypt", b"AHx", b"A85", b"LZW", b"RL")
_MOST_UNPACKED = 100_000_000  # bytes of all packed objects together


def pdf_faults(content: bytes | mmap) -> tuple[Refusal, ...]:
    """Return every reason why a PDF may not be kept."""
    end = content.rfind(_END)
    if end < 0:
        return (refusal("pdf_is_damaged"),)
    packed: list[int] = []
    found = dict.fromkeys(_named(content, packed))
    found |= dict.fromkeys(_inside(content, packed))
    if content[end + len(_END) :].strip(_SPACE):
        found[refusal("pdf_goes_on")] = None
    return tuple(found)


def _named(content: bytes | mmap, packed: list[int]) -> Iterator[Refusal]:
    """Yield what is wrong with each name; note where one says that packed objects follow."""
    for name in _NAME.finditer(content):
        plain = _plain(name[1])
        if plain == b"ObjStm":
            packed.append(name.start())
        elif fault := _FAULTS.get(plain):
            yield fault


def _plain(name: bytes) -> bytes:
    """Return a name without its escapes."""
    if b"#" not in name or len(name) > 3 * _LONGEST:
        return name
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)


def _inside(content: bytes | mmap, places: list[int]) -> Iterator[Refusal]:
    """Look into every stream of packed objects; one that cannot be looked into, or is not found, hides something."""
    left = _MOST_UNPACKED
    seen: set[int] = set()
    for stream in _STREAM.finditer(content) if places else ():
        begins = max(content.rfind(b"endobj", 0, stream.start()), content.rfind(b"endstream", 0, stream.start()))
        mine = {place for place in places if begins < place < stream.start()}
        if not mine:
            continue
        seen |= mine
        unpacked = _unpacked(content[min(mine) : stream.start()], content, stream.end(), left)
        if unpacked is None:
            yield _HIDES
        elif len(unpacked) >= left:
            yield refusal("file_grows")
            return
        else:
            left -= len(unpacked)
            yield from _named(unpacked, [])
    if set(places) - seen:
        yield _HIDES


def _unpacked(dictionary: bytes, content: bytes | mmap, at: int, most: int) -> bytes | None:
    """Return what packed objects are, nothing where they stand in clear; None where they cannot be read."""
    names = {_plain(name[1]) for name in _NAME.finditer(dictionary)}
    ways = {name for name in names if name.endswith(_UNREADABLE) or name in _READABLE}
    if not _PLAIN.fullmatch(dictionary) or names & {b"DecodeParms", b"DP", b"F"}:
        return None
    if not names & {b"Filter"}:
        return b""  # seen already, with the rest of the file
    if not ways or ways - _READABLE:
        return None
    try:
        return zlib.decompressobj().decompress(content[at : at + most], most)
    except zlib.error:
        return None
