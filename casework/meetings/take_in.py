"""Taking in a sheet of statements: every row is checked, and they become drafts, all or the good ones, each once."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from casework.core.workspace import Workspace
from casework.files.file_types import XLSX, type_faults
from casework.meetings.said import Hearing, NotTakenDown
from casework.meetings.sheet_rows import RowFault, SheetFaults, Titles, faults_in, said_in
from casework.meetings.taking_down import hearing_at, row_of
from casework.meetings.visibility import meeting_on_file, require_keeper
from models.meetings import drafts
from models.meetings.meetings import Meeting
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, refusal
from sources.sheets import SheetRefused, SheetRow, is_packed, read_sheet


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What a sheet brought: rows read, drafts that are new, those that were there, and what is wrong where."""

    read: int
    new: int
    unchanged: int
    faults: tuple[RowFault, ...]
    is_refused: bool


@dataclass
class _Sheet:
    """A sheet while it is read."""

    workspace: Workspace
    meeting: Meeting
    hearing: Hearing
    reader: Reader
    read: int = 0
    rows: list[dict[str, Any]] = field(default_factory=list)
    faults: list[RowFault] = field(default_factory=list)
    _alike: Counter[str] = field(default_factory=Counter)

    def go_through(self, data: bytes) -> None:
        lines = _lines(data)
        head = next(lines, None)
        if head is None:
            raise SheetFaults([_of_the_file(refusal("sheet_is_empty"))])
        titles = Titles(head)
        for row in lines:
            self.read += 1
            self._hear(titles, row)
        if not self.read:
            raise SheetFaults([_of_the_file(refusal("no_rows_below_titles"))])

    def _hear(self, titles: Titles, row: SheetRow) -> None:
        said, faults = said_in(titles.of(row), today=self.hearing.today)
        found = faults_in(row, [refusal("entry_under_no_title")]) if titles.beyond(row) else []
        found += faults_in(row, faults)
        try:
            heard = self.hearing.hear(said)
        except NotTakenDown as wrong:
            found += [one for one in faults_in(row, wrong) if one.column not in {f.column for f in found if f.column}]
            self.faults += found
            return
        if found:
            self.faults += found
            return
        content = said.key("sheet")
        self._alike[content] += 1  # who says the same twice in one sheet has said it twice
        key = said.key(f"sheet {self._alike[content]}")
        self.rows.append(row_of(self.workspace, self.meeting, heard, key, self.reader))


def take_in(
    workspace: Workspace,
    data: bytes,
    meeting: str,
    *,
    dry_run: bool = False,
    good_rows: bool = False,
    treaty: str,
    reader: Reader,
) -> TakenIn:
    """Take in a sheet; with faults nothing is written, unless the good rows alone are asked for.

    A row that was taken in before, by this file or a later one, is the draft, or the fact, that it became.
    """
    require_keeper(reader)
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        sheet = _Sheet(workspace, found, hearing_at(workspace, connection, found), reader)
        there = drafts.keys_of(connection, meeting)
    try:
        sheet.go_through(data)
    except SheetFaults as wrong:
        return TakenIn(read=sheet.read, new=0, unchanged=0, faults=wrong.faults, is_refused=True)
    is_refused = bool(sheet.faults) and not good_rows
    new = sum(row["key"] not in there for row in sheet.rows)
    if not is_refused and not dry_run:
        with workspace.registry() as connection:
            new = drafts.take_down(connection, sheet.rows)
    return TakenIn(
        read=sheet.read,
        new=0 if is_refused else new,
        unchanged=0 if is_refused else len(sheet.rows) - new,
        faults=tuple(sheet.faults),
        is_refused=is_refused,
    )


def _lines(data: bytes) -> Iterator[SheetRow]:
    """Yield the rows of a file; SheetFaults where it is none that may be looked into."""
    if is_packed(data) and (faults := type_faults(io.BytesIO(data), XLSX)):
        raise SheetFaults(map(_of_the_file, faults))
    try:
        yield from read_sheet(data)
    except SheetRefused as wrong:
        raise SheetFaults(map(_of_the_file, wrong.refusals)) from None


def _of_the_file(why: Refusal) -> RowFault:
    return RowFault(row=0, column="", sentence=why)
