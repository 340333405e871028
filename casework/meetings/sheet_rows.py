"""Rows of a sheet of statements: each becomes what somebody said, or says what is wrong in which column."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.meetings.said import Said
from casework.meetings.typed_days import day_or_month
from pathways.grammar.clearance import NoSensitivity, Sensitivity
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.refusals import Refusal, Refused, refusal
from sources.sheets import Cell, SheetRow

COLUMNS = ("speaker", "kind", "words", "on", "by", "condition", "sensitivity")
_WANTED = COLUMNS[:3]
_LONGEST_TITLE = 40
_MOST_NAMED = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class RowFault:
    """One thing wrong with a sheet: the row as a spreadsheet counts it, the column by its title, and the sentence."""

    row: int
    column: str
    sentence: Refusal


class Titles:
    """Which column of a sheet is which; SheetFaults where titles are missing, unknown or there twice."""

    def __init__(self, row: SheetRow) -> None:
        titles = [" ".join(str(cell).split()).casefold() for cell in row.cells]
        while titles and not titles[-1]:
            titles.pop()
        faults = [*_faults(titles)]
        if faults:
            raise SheetFaults(RowFault(row=row.number, column="", sentence=why) for why in faults)
        self._places = {title: place for place, title in enumerate(titles) if title}
        self._width = len(titles)

    def of(self, row: SheetRow) -> dict[str, Cell]:
        """Return the cells of a row by the titles above them."""
        return {title: row.cells[place] if place < len(row.cells) else "" for title, place in self._places.items()}

    def beyond(self, row: SheetRow) -> bool:
        """Tell whether something stands where no title is."""
        named = set(self._places.values())
        return any(cell and place not in named for place, cell in enumerate(row.cells))


class SheetFaults(Exception):
    """No row of a sheet can be read; the faults."""

    def __init__(self, faults: Iterable[RowFault]) -> None:
        """Keep them all."""
        self.faults = tuple(faults)
        super().__init__(f"{len(self.faults)} faults")


def said_in(cells: dict[str, Cell], *, today: date) -> tuple[Said, list[Refusal]]:
    """Return what a row says was said, and what is wrong with its days and its level, which are left out then."""
    faults: list[Refusal] = []
    on, by = (_date(cells.get(name, ""), name, faults, today) for name in ("on", "by"))
    level = _level(_text(cells, "sensitivity"), faults)
    said = Said(
        speaker=_text(cells, "speaker"),
        about=_text(cells, "kind"),
        words=_text(cells, "words"),
        condition=_text(cells, "condition"),
        by=by,
        on=on,
        sensitivity=level,
    )
    return said, faults


def _text(cells: dict[str, Cell], name: str) -> str:
    return str(cells.get(name, ""))


def _date(cell: Cell, field: str, faults: list[Refusal], today: date) -> PartialDate | None:
    if isinstance(cell, date):
        return PartialDate.of(cell)
    if not cell:
        return None
    try:
        return day_or_month(cell, today=today)
    except NotADate as wrong:
        faults += [replace(one, field=field) for one in wrong.refusals]
        return None


def _level(text: str, faults: list[Refusal]) -> Sensitivity | None:
    if not text:
        return None
    try:
        return Sensitivity.named(text.casefold())
    except NoSensitivity as wrong:
        faults += [replace(one, field="sensitivity") for one in wrong.refusals]
        return None


def _faults(titles: Sequence[str]) -> Iterable[Refusal]:
    named = [title for title in titles if title]
    if unknown := tuple(f"“{title[:_LONGEST_TITLE]}”" for title in named if title not in COLUMNS):
        yield refusal("sheet_columns_unknown", columns=unknown[:_MOST_NAMED], known=COLUMNS)
    if missing := tuple(title for title in _WANTED if title not in named):
        yield refusal("columns_missing", columns=missing)
    if twice := tuple(title for title in COLUMNS if named.count(title) > 1):
        yield refusal("columns_twice", columns=twice)


def column_of(why: Refusal) -> str:
    """Return the column that a refusal is about, empty where it is about the row."""
    return why.field if why.field in COLUMNS else ""


def faults_in(row: SheetRow, wrong: Refused | Iterable[Refusal]) -> list[RowFault]:
    """Return what is wrong with a row, each with its column."""
    reasons = wrong.refusals if isinstance(wrong, Refused) else wrong
    return [RowFault(row=row.number, column=column_of(why), sentence=why) for why in reasons]
