"""The roll of a table: each participant is a State in the record, and is named once.

A participant nobody knows is a fault of the file, never a State of ours left out.
"""

from __future__ import annotations

from pathways.grammar.refusals import refusal
from sources.participation import Findings
from sources.states import Register, State, shortened

_EXPLAINED = 20  # beyond that the file is not the one we think, and nearest names cost time


class Roll:
    """Who has been called so far in one file; every doubt goes into the findings."""

    def __init__(self, register: Register, findings: Findings) -> None:
        self._register = register
        self._findings = findings
        self._rows: dict[str, int] = {}

    def call(self, name: str, row: int) -> State | None:
        """Return the State of this name; note a fault and return None if none or another row bears it."""
        if not name:
            self._findings.add(refusal("row_names_nobody"), row)
            return None
        found = self._register.named(name)
        if len(found) != 1:
            self._unknown(name, row, found)
            return None
        return self.enter(next(iter(found)), row)

    def enter(self, state: State, row: int) -> State | None:
        """Return the State if it may stand in this row; note a fault and return None if not."""
        if not state.is_state:
            self._findings.add(refusal("row_of_an_organisation"), row, state.name)
            return None
        if state.iso3 in self._rows:
            self._findings.add(refusal("state_stands_twice", before=self._rows[state.iso3]), row, state.name)
            return None
        self._rows[state.iso3] = row
        return state

    def _unknown(self, name: str, row: int, found: frozenset[State]) -> None:
        quoted = shortened(name)
        self._findings.unknown.append(quoted)
        if len(self._findings.unknown) <= _EXPLAINED:
            self._findings.add(self._register.why_not(name, found), row)
        else:
            self._findings.add(refusal("name_of_no_state", name=quoted), row)
