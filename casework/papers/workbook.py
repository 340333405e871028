"""The tables of a paper as an Excel workbook, a sheet each, and a first one that says what they are of."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from casework.papers.document import Cell, Paper, Table
from casework.papers.packed import packed_anew

_NO_NAME = re.compile(r"[\[\]:*?/\\]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def as_workbook(paper: Paper) -> bytes:
    """Write the tables of a paper; a text that begins like a formula stays a text."""
    from openpyxl import Workbook  # only who asks for Excel needs it

    book = Workbook(write_only=True)
    about = (paper.title, paper.subtitle, *paper.left, *paper.right, *paper.marks, paper.foot)
    _rows(book.create_sheet(_named(0, paper.title)), [(line,) for line in about if line], bold=1)
    for place, table in enumerate(paper.tables(), start=1):
        _table(book.create_sheet(_named(place, table.caption)), table)
    written = BytesIO()
    book.save(written)
    return packed_anew(written.getvalue(), title=paper.title, language=paper.language, on=paper.on)


def _table(sheet: Any, table: Table) -> None:
    sheet.freeze_panes = "B2"
    _rows(sheet, [table.headings, *table.rows], bold=1)


def _rows(sheet: Any, rows: list[tuple[Cell, ...]], *, bold: int) -> None:
    from openpyxl.utils import get_column_letter

    for place in range(max(map(len, rows))):
        widest = max(len(str(row[place])) for row in rows if place < len(row))
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(8, widest + 2), 60)
    for number, row in enumerate(rows):
        sheet.append([_cell(sheet, value, bold=number < bold) for value in row])


def _cell(sheet: Any, value: Cell, *, bold: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=_CONTROL.sub("", value) if isinstance(value, str) else value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _named(place: int, title: str) -> str:
    """Return a name that a sheet may bear, and no other of the book does."""
    return _NO_NAME.sub(" ", f"{place} {title}" if place else title)[:31]
