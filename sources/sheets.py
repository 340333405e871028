"""Sheets: the rows of a CSV or of the first sheet of an Excel file, with the numbers that a spreadsheet shows.

Gives what stands there and reads no meaning into it: a text as it was typed, a day as Excel keeps it. What nothing
stands in is no row.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from pathways.grammar.refusals import Refused, refusal

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
_MAX_LINES = 1_048_576  # of a spreadsheet, most of them empty
_MAX_COLUMNS = 50
_LONGEST_CELL = 130_000  # characters; the longest that Excel keeps has 32,767
_PACKED = b"PK\x03\x04"
_DELIMITERS = (",", ";", "\t")
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Cell = str | date


class SheetRefused(Refused, ValueError):
    """No row of a file can be read; why."""


class SheetRow(NamedTuple):
    """A row by its number, and what stands in it; an empty text where nothing does."""

    number: int
    cells: list[Cell]


def read_sheet(data: bytes) -> Iterator[SheetRow]:
    """Yield the rows that hold anything, the titles first; SheetRefused where the file is no sheet, or too large."""
    if len(data) > MAX_BYTES:
        raise SheetRefused(refusal("sheet_too_large", most=MAX_BYTES // 1024 // 1024))
    found = 0
    for number, cells in enumerate(_packed(data) if is_packed(data) else _typed(data), start=1):
        if number > _MAX_LINES:
            raise SheetRefused(refusal("too_many_rows", most=f"{MAX_ROWS:,}"))
        if not any(cells):
            continue
        found += 1
        if found > MAX_ROWS + 1:
            raise SheetRefused(refusal("too_many_rows", most=f"{MAX_ROWS:,}"))
        yield SheetRow(number, cells)


def is_packed(data: bytes) -> bool:
    """Tell whether a file is packed as those of Excel are; every other is read as CSV."""
    return data.startswith(_PACKED)


def _typed(data: bytes) -> Iterator[list[Cell]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = data[: wrong.start].count(b"\n") + 1
        raise SheetRefused(refusal("csv_not_utf8", line=line)) from None
    if stray := _NO_TEXT.search(text):
        line = text.count("\n", 0, stray.start()) + 1
        raise SheetRefused(refusal("csv_holds_a_stray_byte", line=line, byte=f"{ord(stray[0]):02X}"))
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        for cells in reader:
            yield [cell.strip() for cell in cells]
    except csv.Error:
        raise SheetRefused(refusal("csv_not_well_formed", line=reader.line_num)) from None
    finally:
        csv.field_size_limit(before)


def _packed(data: bytes) -> Iterator[list[Cell]]:
    from openpyxl import load_workbook  # large, and of this alone

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # a file may say that it is smaller or larger than it is
        yield from map(_cells, sheet.iter_rows(max_col=_MAX_COLUMNS, values_only=True))
    except SheetRefused:
        raise
    except Exception:  # noqa: BLE001  # whatever the library stumbles on, it is the file's
        raise SheetRefused(refusal("sheet_is_damaged")) from None


def _cells(values: Iterable[Any]) -> list[Cell]:
    return [_cell(value) for value in values]


def _cell(value: Any) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value).strip()
