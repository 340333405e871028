"""OLE: files of the older Word and Excel (compound files), which of the two one is, and whether it may be kept.

Looks for the names in the directory, each in a slot of 128 bytes; follows no chain, so that none can lead in a circle.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice
from mmap import mmap

from pathways.grammar.refusals import Refusal, refusal

#: How such a file begins.
BEGINNING = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SLOT = 128
_LENGTH_AT, _TYPE_AT = 64, 66
_STORAGE, _STREAM = 1, 2
_SECTOR = 512

_WORD, _EXCEL = ("WordDocument",), ("Workbook", "Book")
_LOCKS = ("EncryptedPackage", "EncryptionInfo")
_MACROS_IN = ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros", "PROJECTwm")
_FILES_IN = ("\x01Ole10Native",)

#: Why a file may not be kept, also a packed one.
MACROS = refusal("file_holds_macros")
LOCKED = refusal("file_is_locked")
INSIDE = refusal("file_holds_files")

_WORD_BEGINS = struct.pack("<H", 0xA5EC)
_WORD_FLAGS_AT, _WORD_IS_LOCKED = 10, 0x0100
_EXCEL_BEGINS = struct.pack("<H", 0x0809)
_EXCEL_LOCK, _EXCEL_SHEET, _EXCEL_ENDS = 0x002F, 0x0085, 0x000A
_SHEET_KIND_AT, _SHEET_OF_MACROS = 5, b"\x01"
_MOST_RECORDS = 20_000  # a book lists its sheets long before


def kind_of_compound(content: bytes | mmap) -> str:
    """Tell whether a compound file is one of “word” or “xl”, or “” when it is neither."""
    word, excel = _has(content, _WORD, _STREAM), _has(content, _EXCEL, _STREAM)
    return {(True, False): "word", (False, True): "xl"}.get((word, excel), "")


def compound_faults(content: bytes | mmap) -> tuple[Refusal, ...]:
    """Return why a compound file may not be kept, also one that stands inside another file."""
    faults = []
    if _has(content, _LOCKS, _STREAM) or _is_locked(content):
        faults.append(LOCKED)
    if _has(content, _MACROS_IN, _STORAGE) or _has(content, _MACROS_IN, _STREAM) or _has_macro_sheet(content):
        faults.append(MACROS)
    if _has(content, _FILES_IN, _STREAM):
        faults.append(INSIDE)
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
        place = content.find(written, (place // _SLOT + 1) * _SLOT)
    return False


def _is_locked(content: bytes | mmap) -> bool:
    """Tell whether the text of Word or the records of Excel begin with a password's mark."""
    if _has_entry(content, "WordDocument", _STREAM):
        return any(
            struct.unpack_from("<H", content, place + _WORD_FLAGS_AT)[0] & _WORD_IS_LOCKED
            for place in _sectors(content)
            if content[place : place + 2] == _WORD_BEGINS
        )
    return any(record == _EXCEL_LOCK for record, _ in _records_of_excel(content))


def _has_macro_sheet(content: bytes | mmap) -> bool:
    """Tell whether Excel lists a sheet of macros, the kind from before there was any other."""
    return any(
        record == _EXCEL_SHEET and said[_SHEET_KIND_AT : _SHEET_KIND_AT + 1] == _SHEET_OF_MACROS
        for record, said in _records_of_excel(content)
    )


def _records_of_excel(content: bytes | mmap) -> Iterator[tuple[int, bytes]]:
    """Yield the records at the head of each stream of Excel, and how each begins; of a file in pieces, what is whole.

    Ends after so many, however many streams a file pretends to have.
    """
    starts = (place for place in _sectors(content) if content[place : place + 2] == _EXCEL_BEGINS)
    records = (record for start in starts for record in _records_from(content, start))
    return islice(records, _MOST_RECORDS)


def _records_from(content: bytes | mmap, start: int) -> Iterator[tuple[int, bytes]]:
    place, record = start, 0
    while record != _EXCEL_ENDS and place + 4 <= len(content):
        record, length = struct.unpack_from("<HH", content, place)
        yield record, content[place + 4 : place + 4 + min(length, _SHEET_KIND_AT + 1)]
        place += 4 + length


def _sectors(content: bytes | mmap) -> range:
    return range(_SECTOR, len(content) - _SECTOR + 1, _SECTOR)
