"""PDF: whether a document may be kept: one that starts nothing, hides nothing, and ends where it ends.

Looks for the names by which a document starts a program or a script, opens or sends what is elsewhere, plays a film,
holds a file or is locked, written with escapes or not, in the file as it stands and in the streams that objects are
packed in, called so or not. Follows no reference, so that what a reader would find another way is found too. A name
that stands in a text by chance refuses a document that was harmless, which printing it anew mends; none that is harmful
is kept for standing where it is not expected.

Each step is counted, and a document that takes too many is refused: one that was made for it would hold up the desk.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator
from itertools import chain
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
_WINDOW = 400  # bytes behind a name that are looked at; where they tell nothing either way, the worse is believed
_UNDECIDED = re.compile(rb"(?:\d|" + _BLANK + rb")*+\Z")
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
_PLAIN = re.compile(rb"<<([^()%{}<>]*)>>[\x00\s]*\Z")
_OBJECT = re.compile(rb"[\d\s\x00]obj\Z")
_SPACES = b"\0\t\n\v\f\r "
_READABLE = frozenset({b"FlateDecode", b"Fl"})
_UNREADABLE = (b"Decode", b"Crypt", b"AHx", b"A85", b"LZW", b"RL")
_MOST_UNPACKED = 100_000_000  # bytes of all packed objects together
_PIECE = 65_536  # bytes unpacked at a time
#: Steps for a whole document, one for a name and for what is as quick: five seconds. A thousand pages take a thirtieth.
_MOST_STEPS = 4_000_000
_OF_A_STREAM = _OF_A_WINDOW = 10


class _TooIntricate(Exception):
    """A document takes more steps than any that was only written."""


class _Steps:
    """The steps that are left for a document."""

    def __init__(self) -> None:
        self.left = _MOST_STEPS

    def take(self, number: int = 1) -> None:
        """Count steps; _TooIntricate when there were too many."""
        self.left -= number
        if self.left < 0:
            raise _TooIntricate


def pdf_faults(content: bytes | mmap) -> tuple[Refusal, ...]:
    """Return every reason why a PDF may not be kept."""
    end = content.rfind(_END)
    if end < 0:
        return (refusal("pdf_is_damaged"),)
    packed: list[int] = []
    found: dict[Refusal, None] = {}
    steps = _Steps()
    try:
        for fault in chain(_named(content, packed, steps), _inside(content, packed, steps)):
            found[fault] = None
    except _TooIntricate:
        found[refusal("pdf_too_intricate")] = None
    if content[end + len(_END) :].strip(_SPACE):
        found[refusal("pdf_goes_on")] = None
    return tuple(found)


def _named(content: bytes | mmap, packed: list[int], steps: _Steps) -> Iterator[Refusal]:
    """Yield what is wrong with each name; note where one says that packed objects follow."""
    for name in _NAME.finditer(content):
        steps.take()
        plain = _plain(name[1])
        if plain == b"ObjStm" or (plain == b"First" and _heads_a_stream(content, name.end(), steps)):
            packed.append(name.start())
        elif (fault := _FAULTS.get(plain)) and (
            plain not in _FOLLOWS or _may_follow(_FOLLOWS[plain], content, name.end(), steps)
        ):
            yield fault


def _may_follow(what: re.Pattern[bytes], content: bytes | mmap, at: int, steps: _Steps) -> bool:
    """Tell whether something follows, or so much that says nothing that nobody can tell."""
    steps.take(_OF_A_WINDOW)
    end = at + _WINDOW
    return bool(what.match(content, at, end) or (end < len(content) and _UNDECIDED.match(content, at, end)))


def _heads_a_stream(content: bytes | mmap, at: int, steps: _Steps) -> bool:
    """Tell whether a stream follows the dictionary we are in, as behind the place of the first of packed objects.

    Bookmarks have a first as well, and no stream. Where the dictionary does not end, a stream may follow. Of two firsts
    in one dictionary the later one tells, so that many cost no more than one.
    """
    depth, text, last = 1, 0, at + _LONGEST_DICTIONARY
    while (bracket := (_IN_TEXT if text else _BRACKET).search(content, at, last)) and max(depth, text) < _DEEPEST:
        steps.take()
        at, what = bracket.end(), bracket[0]
        text += {b"(": 1, b")": -1 if text else 0}.get(what, 0)
        depth += {b"<<": 1, b">>": -1}.get(what, 0)
        if not depth:
            return _may_follow(_STREAM_FOLLOWS, content, at, steps)
        if depth == 1 and _plain(what[1:]) == b"First":
            return False
    return True


def _plain(name: bytes) -> bytes:
    """Return a name without its escapes."""
    if b"#" not in name or len(name) > 3 * _LONGEST:
        return name
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)


def _inside(content: bytes | mmap, places: list[int], steps: _Steps) -> Iterator[Refusal]:
    """Look into every stream of packed objects; one that cannot be looked into, or is not found, hides something."""
    left, seen = _MOST_UNPACKED, 0
    for stream in _STREAM.finditer(content) if places else ():
        steps.take(_OF_A_STREAM)
        start = stream.start()
        head = _head(content[max(0, start - _LONGEST_DICTIONARY) : start])
        mine = bisect_left(places, start) - bisect_left(places, start - len(head.string)) if head else 0
        if not head or not mine:
            continue
        seen += mine
        unpacked = _unpacked(head[1], content, stream.end(), left, steps)
        if unpacked is None:
            yield _HIDES
        elif len(unpacked) >= left:
            yield refusal("file_grows")
            return
        else:
            left -= len(unpacked)
            yield from _named(unpacked, [], steps)
    if seen < len(places):
        yield _HIDES


def _head(before: bytes) -> re.Match[bytes] | None:
    """Return the dictionary that ends before a stream, searched in its own text; None where it is not plain to see."""
    begins = before.rfind(b"<<")
    head = before[:begins].rstrip(_SPACES) if begins >= 0 else b""
    line = max(head.rfind(b"\r"), head.rfind(b"\n"))
    if line < 0 or b"%" in head[line:] or not _OBJECT.search(head[-4:]):
        return None
    return _PLAIN.match(before[begins:])


def _unpacked(dictionary: bytes, content: bytes | mmap, at: int, most: int, steps: _Steps) -> bytes | None:
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
    steps.take(len(names) + _OF_A_STREAM * len(ways))
    unpacked, inner = b"", content
    try:
        for _ in ways:
            if len(unpacked) < most:
                inner, at = _inflated(inner, at, most - len(unpacked)), 0
                unpacked += inner
    except zlib.error:
        return None
    return unpacked


def _inflated(content: bytes | mmap, at: int, most: int) -> bytes:
    """Unpack what begins at a place, piece by piece: what stands behind its end is not touched."""
    way, found, there = zlib.decompressobj(), [], 0
    while not way.eof and there < most and at < len(content):
        found.append(way.decompress(content[at : at + _PIECE], most - there))
        there, at = there + len(found[-1]), at + _PIECE
    return b"".join(found)
