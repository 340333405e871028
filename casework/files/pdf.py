"""PDF: whether a document may be kept: one that starts nothing, hides nothing, and ends where it ends.

Looks for the names by which a document starts a program or a script, opens or sends what is elsewhere, plays a film,
holds a file or is locked, written with escapes or not, in the file as it stands and in the streams that objects are
packed in, called so or not. Follows no reference, so that what a reader would find another way is found too. A name
that stands in a text by chance refuses a document that was harmless, which printing it anew mends; none that is harmful
is kept for standing where it is not expected.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from mmap import mmap

from casework.files.ole import INSIDE, LOCKED
from pathways.grammar.refusals import Refusal, refusal

_END, _SPACE = b"%%EOF", b"\0\t\n\f\r "
_RUNS = refusal("pdf_runs")
_FAULTS = {
    b"JavaScript": _RUNS,
    b"JS": _RUNS,
    b"Launch": _RUNS,
    b"ImportData": _RUNS,
    b"SubmitForm": _RUNS,
    b"GoToR": _RUNS,
    b"Rendition": _RUNS,
    b"RichMedia": _RUNS,
    b"Movie": _RUNS,
    b"Sound": _RUNS,
    b"3D": _RUNS,
    b"XFA": _RUNS,
    b"EmbeddedFile": INSIDE,
    b"EmbeddedFiles": INSIDE,
    b"FileAttachment": INSIDE,
    b"EF": INSIDE,
    b"GoToE": INSIDE,
    b"Encrypt": LOCKED,
}
_HIDES = refusal("pdf_hides")
_LONGEST = max(map(len, _FAULTS))
_BLANK = rb"(?:[\x00\t\n\f\r ]|%[^\r\n]*+(?:[\r\n]|\Z))"
_REFERENCE = rb"\d++" + _BLANK + rb"++\d++" + _BLANK + rb"++R"
#: What follows a name that is so short that the bytes of a picture spell it by chance.
_FOLLOWS = {
    b"JS": re.compile(_BLANK + rb"*+(?:\(|<[0-9A-Fa-f\s]|" + _REFERENCE + rb")"),
    b"EF": re.compile(_BLANK + rb"*+(?:<<|" + _REFERENCE + rb")"),
    b"3D": re.compile(_BLANK + rb"*+(?:/[0-9A-Za-z#]|>>|endobj|\Z)"),
}
#: A name: a slash and regular characters; each may be written as # and two digits.
_NAME = re.compile(rb"/((?:#[0-9A-Fa-f]{2}|[^\x00\t\n\f\r ()<>\[\]{}/%#])+)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<=[\s>\x00])stream(\r\n|\n|\r)")
#: What opens and closes in a dictionary, a comment that hides both, and what may be another name of the same kind.
_BRACKET = re.compile(rb"%[^\r\n]*|<<|>>|<[^<>]*>|[()]|/[F#][^\x00\t\n\f\r ()<>\[\]{}/%]*")
_IN_TEXT = re.compile(rb"\\.|[()]", re.DOTALL)
_STREAM_FOLLOWS = re.compile(_BLANK + rb"*+stream")
_LONGEST_DICTIONARY = 4_000  # bytes
_DEEPEST = 6  # dictionaries or brackets within one another
#: An object up to its stream, whose dictionary holds no more than packed objects need: names, numbers, references and
#: lists of these; whatever else could hide where it begins, as could a comment before it on its line.
_PLAIN = re.compile(rb"(?<=[\d\s\x00])obj[\x00\s]*<<([^()%{}<>]*)>>[\x00\s]*\Z")
_COMMENT = re.compile(rb"(?:%|\A)[^\r\n]*\Z")
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
        if plain == b"ObjStm" or (plain == b"First" and _heads_a_stream(content, name.end())):
            packed.append(name.start())
        elif (fault := _FAULTS.get(plain)) and (plain not in _FOLLOWS or _FOLLOWS[plain].match(content, name.end())):
            yield fault


def _heads_a_stream(content: bytes | mmap, at: int) -> bool:
    """Tell whether a stream follows the dictionary we are in, as behind the place of the first of packed objects.

    Bookmarks have a first as well, and no stream. Where the dictionary does not end, a stream may follow. Of two firsts
    in one dictionary the later one tells, so that many cost no more than one.
    """
    depth, text, last = 1, 0, at + _LONGEST_DICTIONARY
    while (bracket := (_IN_TEXT if text else _BRACKET).search(content, at, last)) and max(depth, text) < _DEEPEST:
        at, what = bracket.end(), bracket[0]
        text += {b"(": 1, b")": -1 if text else 0}.get(what, 0)
        depth += {b"<<": 1, b">>": -1}.get(what, 0)
        if not depth:
            return _STREAM_FOLLOWS.match(content, at) is not None
        if depth == 1 and _plain(what[1:]) == b"First":
            return False
    return True


def _plain(name: bytes) -> bytes:
    """Return a name without its escapes."""
    if b"#" not in name or len(name) > 3 * _LONGEST:
        return name
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)


def _inside(content: bytes | mmap, places: list[int]) -> Iterator[Refusal]:
    """Look into every stream of packed objects; one that cannot be looked into, or is not found, hides something."""
    left, seen = _MOST_UNPACKED, 0
    for stream in _STREAM.finditer(content) if places else ():
        start = stream.start()
        before = content[max(0, start - _LONGEST_DICTIONARY) : start]
        plain = _PLAIN.search(before)
        if not plain or _COMMENT.search(before, 0, plain.start()):
            continue
        mine = bisect_left(places, start) - bisect_left(places, start - len(plain[0]))
        if not mine:
            continue
        seen += mine
        unpacked = _unpacked(plain[1], content, stream.end(), left)
        if unpacked is None:
            yield _HIDES
        elif len(unpacked) >= left:
            yield refusal("file_grows")
            return
        else:
            left -= len(unpacked)
            yield from _named(unpacked, [])
    if seen < len(places):
        yield _HIDES


def _unpacked(dictionary: bytes, content: bytes | mmap, at: int, most: int) -> bytes | None:
    """Return what packed objects are, unpacked as often as the dictionary says, each time's bytes behind the last's.

    Nothing where they stand in clear; None where they cannot be read.
    """
    names = [_plain(name[1]) for name in _NAME.finditer(dictionary)]
    ways = [name for name in names if name.endswith(_UNREADABLE) or name in _READABLE]
    if not {b"DecodeParms", b"DP", b"F"}.isdisjoint(names):
        return None
    if b"Filter" not in names:
        return b""  # seen already, with the rest of the file
    if not ways or not _READABLE.issuperset(ways):
        return None
    unpacked, inner = b"", content[at : at + most]
    try:
        for _ in ways:
            if len(unpacked) < most:
                inner = zlib.decompressobj().decompress(inner, most - len(unpacked))
                unpacked += inner
    except zlib.error:
        return None
    return unpacked
