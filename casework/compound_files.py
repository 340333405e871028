"""Files of the older Word and Excel (compound files): which one it is, and whether it may be kept.

Looks for the names in the directory, each in a slot of 128 bytes; follows no chain, so that none can lead in a circle.
"""

from __future__ import annotations

import struct
from mmap import mmap

BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SLOT = 128
_LENGTH_AT, _TYPE_AT = 64, 66
_STORAGE, _STREAM = 1, 2
_SECTOR = 512

_WORD, _EXCEL = ("WordDocument",), ("Workbook", "Book")
_LOCKS = ("EncryptedPackage", "EncryptionInfo")
_MACROS_IN = ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros", "PROJECTwm")
_FILES_IN = ("\x01Ole10Native",)

_MACROS = "The file holds macros. Save it without them (as .docx or .xlsx) and attach that."
_LOCKED = "The file is protected with a password, so that nobody can see what it holds. Attach it without."
_INSIDE = "The file holds other files inside that are not kept here. Save it without them, or attach it as PDF."

_WORD_BEGINS = struct.pack("<H", 0xA5EC)
_WORD_FLAGS_AT, _WORD_IS_LOCKED = 10, 0x0100
_EXCEL_BEGINS, _EXCEL_LOCK = 0x0809, 0x002F
_RECORDS_BEFORE_LOCK = 4


def kind_of_compound(content: bytes | mmap) -> str:
    """Tell whether a compound file is one of “word” or “xl”, or “” when it is neither."""
    word, excel = _has(content, _WORD, _STREAM), _has(content, _EXCEL, _STREAM)
    return {(True, False): "word", (False, True): "xl"}.get((word, excel), "")


def compound_faults(content: bytes | mmap) -> tuple[str, ...]:
    """Return why a compound file may not be kept, also one that stands inside another file."""
    faults = []
    if _has(content, _LOCKS, _STREAM) or _is_locked(content):
        faults.append(_LOCKED)
    if _has(content, _MACROS_IN, _STORAGE) or _has(content, _MACROS_IN, _STREAM):
        faults.append(_MACROS)
    if _has(content, _FILES_IN, _STREAM):
        faults.append(_INSIDE)
    return tuple(faults)


def _has(content: bytes | mmap, names: tuple[str, ...], kind: int) -> bool:
    return any(_has_entry(content, name, kind) for name in names)


def _has_entry(content: bytes | mmap, name: str, kind: int) -> bool:
    """Find a name where the directory would write it: at the start of a slot, with its length and kind."""
    written = (name + "\0").encode("utf-16-le")
    place = content.find(written)
    while place >= 0:
        if place % _SLOT == 0 and len(content) >= place + _SLOT:
            length, found = struct.unpack_from("<HB", content, place + _LENGTH_AT)
            if (length, found) == (len(written), kind):
                return True
        place = content.find(written, place + 2)
    return False


def _is_locked(content: bytes | mmap) -> bool:
    """Tell whether the text of Word or the records of Excel begin with a password's mark."""
    for place in range(_SECTOR, len(content) - _SECTOR + 1, _SECTOR):
        if content[place : place + 2] == _WORD_BEGINS and _has_entry(content, "WordDocument", _STREAM):
            flags = struct.unpack_from("<H", content, place + _WORD_FLAGS_AT)[0]
            return bool(flags & _WORD_IS_LOCKED)
        if _begins_as_excel(content, place):
            return True
    return False


def _begins_as_excel(content: bytes | mmap, place: int) -> bool:
    """Tell whether records of Excel begin here with the one of a password among the first."""
    for number in range(_RECORDS_BEFORE_LOCK):
        if place + 4 > len(content):
            return False
        record, length = struct.unpack_from("<HH", content, place)
        if (number == 0) is not (record == _EXCEL_BEGINS):
            return False
        if record == _EXCEL_LOCK:
            return True
        place += 4 + length
    return False
