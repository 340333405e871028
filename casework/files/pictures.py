"""Pictures: where a PNG or a JPEG ends; what is behind no viewer shows, and another program may take for its own."""

from __future__ import annotations

import re
from mmap import mmap

from pathways.grammar.refusals import Refusal, refusal

_PNG_CHUNKS_AT, _CHUNK, _CHECKSUM = 8, 8, 4
_IS_CHUNK = re.compile(rb"[A-Za-z]{4}")
_JPEG_ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers that no length follows
_STUFFED = frozenset({0x00, 0xFF, *range(0xD0, 0xD8)})  # what may follow 0xFF amid a picture's data
_JPEG_ENDS, _JPEG_DATA = 0xD9, 0xDA
_PADDING = b"\0\t\n\r "

_GOES_ON = (refusal("picture_goes_on"),)
_DAMAGED = (refusal("file_is_damaged"),)


def png_faults(content: bytes | mmap) -> tuple[Refusal, ...]:
    """Refuse a PNG with something in or behind its last chunk, which is empty; one that is cut off has none."""
    at = _PNG_CHUNKS_AT
    while at + _CHUNK <= len(content):
        kind = content[at + 4 : at + _CHUNK]
        if not _IS_CHUNK.fullmatch(kind):
            return _DAMAGED
        length = int.from_bytes(content[at : at + 4], "big")
        at += _CHUNK + length + _CHECKSUM
        if kind == b"IEND":
            return _GOES_ON if length else _behind(content, at)
    return ()


def jpeg_faults(content: bytes | mmap) -> tuple[Refusal, ...]:
    """Refuse a JPEG with something behind its end; markers within a segment, such as a small picture's, are not it."""
    at = 2
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker == _JPEG_ENDS:
            return _behind(content, at + 2)
        if marker in _JPEG_ALONE or marker in _STUFFED:
            at += 1 if marker == 0xFF else 2
            continue
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        if marker == _JPEG_DATA:
            at = _after_data(content, at)
    return _DAMAGED


def _after_data(content: bytes | mmap, at: int) -> int:
    """Return where the next marker stands."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content) and content[at + 1] in _STUFFED:
        at += 2 if content[at + 1] != 0xFF else 1
    return at if at >= 0 else len(content)


def _behind(content: bytes | mmap, end: int) -> tuple[Refusal, ...]:
    return _GOES_ON if bytes(content[end:]).strip(_PADDING) else ()
