"""The record in one text: every row of it as a line of JSON, that another program can read and ours takes back.

The first line says what it is; a line with `columns` begins each table; the last line counts the rows and holds the
hash of all lines before it, so that a text that was cut off or damaged is known for one. Hours are UTC. Described for
others in docs/record-file.md.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any, TextIO

from casework.core.workspace import Workspace
from models.ledger.hash_chain import canonical
from models.store import rows
from models.store.engine import Connection
from models.store.rows import DoNotFit, TableOf, UnknownColumn
from models.store.schema import SCHEMA
from pathways.grammar.refusals import Refused, refusal

FORMAT = 1
_LONGEST_LINE = 16_000_000  # characters
_BETWEEN_SIGNS = 20_000  # rows; a second or two
_A_SCHEMA = re.compile(r"(?!0000)\d{4}")


class NotARecord(Refused):
    """What was given is no record of ours, not whole, or made by a newer program."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """How many rows each table got; and whether they are what was written, as far as the last line tells."""

    rows: Mapping[str, int]
    is_undamaged: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Began:
    """What the first line says: the schema that the rows are of, and when they were written."""

    schema: str
    made_at: str  # an hour in UTC; empty where the line does not say it, as of old


def write_record(
    workspace: Workspace, connection: Connection, to: TextIO, *, made_at: datetime, alive: Callable[[], None]
) -> dict[str, int]:
    """Write every row as it stands at this moment; return how many each table has. `alive` is called now and then."""
    writing = _Writing(to)
    writing.say(_first_line(workspace, made_at))
    counts = {}
    for of in rows.tables(workspace.store.schema):
        writing.say({"table": of.name, "columns": dict(of.columns)})
        number = 0
        for number, row in enumerate(rows.rows_of(connection, of), start=1):
            writing.say({"table": of.name, "row": row})
            if number % _BETWEEN_SIGNS == 0:
                alive()
        counts[of.name] = number
    writing.say({"end": sum(counts.values()), "sha256": writing.digest.hexdigest()})
    return counts


def _first_line(workspace: Workspace, made_at: datetime) -> Mapping[str, Any]:
    return {
        "accede": "record",
        "format": FORMAT,
        "schema": workspace.store.schema,
        "program": version("accede"),
        "made_at": made_at.astimezone(UTC).isoformat(timespec="seconds"),
        "treaties": sorted(workspace.opened_with()),
        "training": workspace.training.isoformat() if workspace.training else None,
    }


class _Writing:
    """Lines as they are written, and the hash of them."""

    def __init__(self, to: TextIO) -> None:
        self._to, self.digest = to, hashlib.sha256()

    def say(self, said: Mapping[str, Any]) -> None:
        line = canonical(said) + "\n"
        self.digest.update(line.encode())
        self._to.write(line)


class RecordLines:
    """The lines of a record as they are read; one without an end is none of ours, and is not read into memory."""

    def __init__(self, text: TextIO) -> None:
        """Begin before the first line."""
        self.number = 0  # of the line in hand
        self.before = hashlib.sha256()  # of all lines before the one in hand
        self._text, self._in_hand = text, ""

    def __iter__(self) -> RecordLines:
        """Return itself: a line is read once."""
        return self

    def __next__(self) -> str:
        """Return the next line; NotARecord where it is cut off."""
        self.before.update(self._in_hand.encode())
        self._in_hand = self._text.readline(_LONGEST_LINE)
        self.number += 1
        if not self._in_hand:
            raise StopIteration
        if not self._in_hand.endswith("\n"):
            raise NotARecord(refusal("record_cut_off"))
        return self._in_hand


def begin_reading(lines: RecordLines) -> Began:
    """Read the first line; NotARecord if it is not ours, or of a program newer than this one."""
    first = _read(next(lines, ""))
    schema = str(first.get("schema"))
    if first.get("accede") != "record" or not _A_SCHEMA.fullmatch(schema):
        raise NotARecord(refusal("no_record_in_file"))
    if first.get("format") != FORMAT or schema > SCHEMA:
        raise NotARecord(refusal("record_of_newer_program", schema=schema, known=SCHEMA))
    return Began(schema=schema, made_at=str(first.get("made_at", "")))


def take_rows(connection: Connection, lines: RecordLines, told: Callable[[int], None] = lambda _: None) -> Taken:
    """Write the rows that follow into empty tables; NotARecord where one is none of ours, or the end is missing.

    `told` hears now and then how many were read.
    """
    counts: dict[str, int] = {}
    reading = _Reading(lines, told)
    try:
        for of in reading.tables():
            counts[of.name] = rows.write(connection, of, reading.rows(of))
    except UnknownColumn as wrong:
        raise NotARecord(refusal("record_has_unknown_column", name=str(wrong))) from None
    except DoNotFit as wrong:
        raise NotARecord(refusal("record_does_not_fit", table=str(wrong))) from wrong
    except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as wrong:  # JSON of another shape
        raise NotARecord(refusal("record_cannot_be_read", line=lines.number)) from wrong
    if reading.end.get("end") != sum(counts.values()):
        raise NotARecord(refusal("record_cut_off"))
    hash_ = lines.before.hexdigest()
    return Taken(rows=counts, is_undamaged=reading.end.get("sha256") == hash_ and next(lines, None) is None)


class _Reading:
    """The lines of a record as they are read: table after table, each with its rows."""

    def __init__(self, lines: RecordLines, told: Callable[[int], None]) -> None:
        self._lines, self._told, self._number = lines, told, 0
        self._ahead: Mapping[str, Any] | None = None
        self.end: Mapping[str, Any] = {}  # what the last line says

    def tables(self) -> Iterator[TableOf]:
        """Yield each table; its rows have to be read before the next."""
        while (line := self._next()) is not None:
            if "end" in line:
                self.end = line
                return
            yield TableOf(str(line["table"]), {str(k): str(v) for k, v in line["columns"].items()})

    def rows(self, of: TableOf) -> Iterator[Mapping[str, Any]]:
        """Yield the rows of a table."""
        while (line := self._next()) is not None:
            if line.get("table") != of.name or "row" not in line:
                self._ahead = line
                return
            yield line["row"]
            self._number += 1
            if self._number % _BETWEEN_SIGNS == 0:
                self._told(self._number)

    def _next(self) -> Mapping[str, Any] | None:
        if self._ahead is not None:
            ahead, self._ahead = self._ahead, None
            return ahead
        line = next(self._lines, None)
        return None if line is None else _read(line)


def _read(line: str) -> Mapping[str, Any]:
    try:
        said = json.loads(line)
    except (ValueError, RecursionError):
        said = None
    return said if isinstance(said, dict) else {}
