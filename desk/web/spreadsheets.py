"""Spreadsheets: a table as CSV or as an Excel workbook, in which every text stays a text.

What a person typed may begin like a formula (= + - @, a tab, a line feed). In a workbook such a cell is marked as
text. CSV knows no types, so there an apostrophe is set before it: the programs that would else reckon show it as text.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | date | None
#: How a formula may begin, also in the wide letters of East Asian keyboards.
_LIKE_A_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WIDEST, _NARROWEST = 48, 8  # characters


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """A table to be written: its name, its headings and its rows."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    right_to_left: bool = False


def as_csv(sheet: Sheet) -> bytes:
    """Write CSV as Excel reads it: UTF-8 with its mark, dates as ISO days."""
    written = StringIO(newline="")
    out = csv.writer(written)
    out.writerow(map(_plain, sheet.headings))
    out.writerows(map(_plain, row) for row in sheet.rows)
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(sheet: Sheet) -> bytes:
    """Write an Excel workbook of one sheet, with its head in view; texts as texts, dates as dates."""
    return as_workbook([sheet])


def as_workbook(sheets: Iterable[Sheet]) -> bytes:
    """Write an Excel workbook of several sheets."""
    from openpyxl import Workbook  # only an export needs it, and it is large

    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(sheet, book.create_sheet(_name(sheet.title)))
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _write(sheet: Sheet, page: Any) -> None:
    page.sheet_view.rightToLeft = sheet.right_to_left
    page.freeze_panes = "B2"
    for place, width in enumerate(_widths(sheet)):
        page.column_dimensions[_letter(place)].width = width
    page.append([_cell(page, heading, bold=True) for heading in sheet.headings])
    for row in sheet.rows:
        page.append([_cell(page, value) for value in row])
    page.auto_filter.ref = f"A1:{_letter(len(sheet.headings) - 1)}{len(sheet.rows) + 1}"


def _plain(value: Value) -> str:
    if isinstance(value, str):
        text = _CONTROL.sub("", value)
        return f"'{text}" if text.startswith(_LIKE_A_FORMULA) else text
    return "" if value is None else str(value)


def _cell(page: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    if isinstance(value, date):
        cell = WriteOnlyCell(page, value=datetime.combine(value, time.min))
        cell.number_format = "yyyy-mm-dd"
    else:
        cell = WriteOnlyCell(page, value=_CONTROL.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"  # else what begins with = is a formula
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(sheet: Sheet) -> Iterable[int]:
    for column in zip(sheet.headings, *sheet.rows, strict=True):
        yield min(max(_NARROWEST, *(len(_plain(value)) + 2 for value in column)), _WIDEST)


def _letter(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def _name(title: str) -> str:
    """Return a name that a sheet may bear."""
    return re.sub(r"[\[\]:*?/\\]", " ", title)[:31]
