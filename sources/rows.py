"""Rows of a participation CSV: its State, its dates, and what is not confirmed of them.

Every entry is read even where another is at fault, so that a row is corrected once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.refusals import Refusal, refusal
from pathways.grammar.stages import Instrument
from sources.participation import Act, ActKind, Findings
from sources.roll import Roll
from sources.states import State, shortened

DEPOSIT_DATE, INSTRUMENT = "deposit_date", "instrument"
_KINDS = {
    "signature_date": ActKind.SIGNATURE,
    "provisional_application_date": ActKind.PROVISIONAL_APPLICATION,
    DEPOSIT_DATE: ActKind.DEPOSIT,
}
COLUMNS = ("iso3", "name", *_KINDS, "known_by", INSTRUMENT, "unconfirmed", "note")


@dataclass(frozen=True)
class Row:
    """A row by column; `acts` notes its faults and gives its acts."""

    number: int
    cells: Mapping[str, str]
    findings: Findings

    def acts(self, roll: Roll) -> Iterable[Act]:
        """Return the acts of this row in the order of its columns; the row's note goes with the last."""
        state, known_by, instrument = self._state(roll), self._known_by(), self._instrument()
        marks = self._marks()
        if not any(self.cells[column] for column in _KINDS):
            self._fault(refusal("row_without_a_date"))
        for column, effective in self._dates.items():
            yield Act(
                state=state.iso3 if state else "",
                kind=_KINDS[column],
                effective=effective,
                known_by=known_by if effective.precision is not Precision.DAY else None,
                instrument=instrument if column == DEPOSIT_DATE else None,
                unconfirmed=tuple(mark for mark in marks if _belongs(mark, column)),
                note=(self.cells["note"] or None) if column == [*self._dates][-1] else None,
                row=self.number,
            )

    @cached_property
    def _dates(self) -> dict[str, PartialDate]:
        read = {column: self._date(column) for column in _KINDS}
        return {column: effective for column, effective in read.items() if effective}

    def _date(self, column: str) -> PartialDate | None:
        try:
            return PartialDate.parse(self.cells[column]) if self.cells[column] else None
        except NotADate as wrong:
            for why in wrong.refusals:
                self._fault(refusal("in_column", column=column, why=why))
            return None

    def _state(self, roll: Roll) -> State | None:
        """Return the State that code and name agree on."""
        iso3, name = self.cells["iso3"], self.cells["name"]
        named = roll.call(name, self.number)
        if named and named.iso3 != iso3:
            self._fault(refusal("code_of_another_state", code=shortened(iso3), state=str(named)))
            return None
        return named

    def _known_by(self) -> date | None:
        """Return the day by which all acts of the row had happened; one before any of them is a fault."""
        known_by = self._date("known_by")
        if known_by is None:
            return None
        if known_by.precision is not Precision.DAY:
            self._fault(refusal("known_by_is_a_day"))
        if any(known_by.first < effective.first for effective in self._dates.values()):
            self._fault(refusal("known_by_before_the_act", day=known_by))
        return known_by.first

    def _instrument(self) -> Instrument | None:
        written = self.cells[INSTRUMENT].casefold()
        if bool(written) != bool(self.cells[DEPOSIT_DATE]):
            self._fault(refusal("deposit_by_halves"))
        if written and written not in [*Instrument]:
            self._fault(refusal("no_such_instrument", instrument=shortened(written), known=tuple(Instrument)))
            return None
        return Instrument(written) if written else None

    def _marks(self) -> tuple[str, ...]:
        """Return the columns named as unconfirmed; each must be one of the row's own entries."""
        marks = tuple(self.cells["unconfirmed"].split())
        for mark in marks:
            if mark not in (*_KINDS, INSTRUMENT):
                self._fault(refusal("never_unconfirmed", column=shortened(mark)))
            elif not self.cells[mark]:
                self._fault(refusal("unconfirmed_is_not_given", column=mark))
        return marks

    def _fault(self, why: Refusal) -> None:
        self.findings.add(why, self.number, shortened(self.cells["name"]))


def _belongs(mark: str, column: str) -> bool:
    return mark == column or (mark == INSTRUMENT and column == DEPOSIT_DATE)
