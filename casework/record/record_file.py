"""The record in one text: every row of it as a line of JSON, that another program can read and ours takes back.

The first line says what made it; a line with `columns` begins each table; a last line counts the rows, so that a text
that was cut off is known for one. Hours are UTC.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TextIO

from models.ledger.hash_chain import canonical
from models.store import rows
from models.store.engine import SCHEMA, Connection
from models.store.rows import TableOf, UnknownColumn
from pathways.grammar.refusals import Refused, refusal

FORMAT = 1
_LONGEST_LINE = 16_000_000  # characters
_BETWEEN_SIGNS = 20_000  # rows; a second or two


class NotARecord(Refused):
    """What was given is no record of ours, not whole, or made by a newer program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Began:
    """What the first line says: the manner of writing, and the schema that the rows are of."""

    format: int
    schema: str


def write_record(connection: Connection, to: TextIO, alive: Callable[[], None]) -> dict[str, int]:
    """Write every row as it stands at this moment; return how many each table has. `alive` is called now and then."""
    _line(to, {"accede": "record", "format": FORMAT, "schema": SCHEMA})
    counts = {}
    for of in rows.tables():
        _line(to, {"table": of.name, "columns": dict(of.columns)})
        number = 0
        for number, row in enumerate(rows.rows_of(connection, of), start=1):
            _line(to, {"table": of.name, "row": row})
            if number % _BETWEEN_SIGNS == 0:
                alive()
        counts[of.name] = number
    _line(to, {"end": sum(counts.values())})
    return counts


def lines_of(text: TextIO) -> Iterator[str]:
    """Yield the lines of a record; one without an end is none of ours, and is not read into memory."""
    while line := text.readline(_LONGEST_LINE):
        if not line.endswith("\n"):
            raise NotARecord(refusal("record_cut_off"))
        yield line


def begin_reading(lines: Iterator[str]) -> Began:
    """Read the first line; NotARecord if it is not ours, or of a program newer than this one."""
    first = _read(next(lines, ""))
    if first.get("accede") != "record" or not isinstance(first.get("schema"), str):
        raise NotARecord(refusal("no_record_in_file"))
    if first.get("format") != FORMAT or first["schema"] > SCHEMA:
        raise NotARecord(refusal("record_of_newer_program", schema=str(first["schema"]), known=SCHEMA))
    return Began(format=FORMAT, schema=first["schema"])


def take_rows(connection: Connection, lines: Iterator[str]) -> dict[str, int]:
    """Write the rows that follow into empty tables; return how many each got. NotARecord where one is none of ours."""
    counts: dict[str, int] = {}
    reading = _Reading(lines)
    try:
        for of in reading.tables():
            counts[of.name] = rows.write(connection, of, reading.rows(of))
    except UnknownColumn as wrong:
        raise NotARecord(refusal("record_has_unknown_column", name=str(wrong))) from None
    except (KeyError, TypeError, ValueError) as wrong:
        raise NotARecord(refusal("record_cannot_be_read", line=reading.number)) from wrong
    if reading.counted != sum(counts.values()):
        raise NotARecord(refusal("record_cut_off"))
    return counts


@dataclass
class _Reading:
    """The lines of a record as they are read: table after table, each with its rows."""

    lines: Iterable[str]
    number: int = 1  # of the line in hand; the first was read before
    counted: int | None = None  # what the last line says
    _ahead: Mapping[str, Any] | None = None

    def tables(self) -> Iterator[TableOf]:
        """Yield each table; its rows have to be read before the next."""
        while (line := self._next()) is not None:
            if "end" in line:
                self.counted = int(line["end"])
                return
            yield TableOf(str(line["table"]), {str(k): str(v) for k, v in line["columns"].items()})

    def rows(self, of: TableOf) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a table."""
        while (line := self._next()) is not None:
            if line.get("table") != of.name or "row" not in line:
                self._ahead = line
                return
            yield line["row"]

    def _next(self) -> Mapping[str, Any] | None:
        if self._ahead is not None:
            ahead, self._ahead = self._ahead, None
            return ahead
        line = next(iter(self.lines), None)
        self.number += 1
        return None if line is None else _read(line)


def _read(line: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {}


def _line(to: TextIO, said: Mapping[str, Any]) -> None:
    to.write(canonical(said) + "\n")
