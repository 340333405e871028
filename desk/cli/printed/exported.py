"""An export as files: CSV with a file for each table, an Excel workbook with a sheet for each, or one JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from desk.terminal.json_output import as_json
from desk.web.spreadsheets import Sheet, Value, as_csv, as_workbook

if TYPE_CHECKING:
    from casework.exports.columns import Cell
    from casework.exports.export import Export, Filled


def files_of(made: Export, format_: str) -> Iterator[tuple[str, bytes]]:
    """Yield each file of a format, by name."""
    return _WRITERS[format_](made)


def _csv(made: Export) -> Iterator[tuple[str, bytes]]:
    for filled in made.tables:
        yield f"{filled.table.name}.csv", as_csv(_sheet(filled))


def _xlsx(made: Export) -> Iterator[tuple[str, bytes]]:
    yield "export.xlsx", as_workbook(map(_sheet, made.tables))


def _json(made: Export) -> Iterator[tuple[str, bytes]]:
    said = {
        filled.table.name: [dict(zip(filled.columns, row, strict=True)) for row in filled.rows]
        for filled in made.tables
    }
    yield "export.json", f"{as_json(said)}\n".encode()


_WRITERS: Mapping[str, Callable[[Export], Iterator[tuple[str, bytes]]]] = {"csv": _csv, "xlsx": _xlsx, "json": _json}
FORMATS = tuple(_WRITERS)


def _sheet(filled: Filled) -> Sheet:
    rows = tuple(tuple(map(_value, row)) for row in filled.rows)
    return Sheet(title=filled.table.name, headings=filled.columns, rows=rows)


def _value(cell: Cell) -> Value:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return ", ".join(cell) if isinstance(cell, list) else cell
