"""Columns of the depositary's table: what they mean, read from their titles, never from their order.

A title lists alternatives, each with its code: `Approval(AA), Acceptance(A), Accession(a), Ratification`.
The one without a code is what a date without a code means. English and French.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pathways.grammar.refusals import OneOf, Refused, refusal
from pathways.grammar.stages import Instrument
from sources.cells import LONGEST, plain
from sources.participation import ActKind, Findings
from sources.states import fold, shortened

_INSTRUMENTS = {
    "ratification": Instrument.RATIFICATION,
    "acceptance": Instrument.ACCEPTANCE,
    "acceptation": Instrument.ACCEPTANCE,
    "approval": Instrument.APPROVAL,
    "approbation": Instrument.APPROVAL,
    "accession": Instrument.ACCESSION,
    "adhesion": Instrument.ACCESSION,
    "succession": Instrument.SUCCESSION,
}
#: The depositary's codes mean the same in all its tables.
_CODES = {
    "AA": Instrument.APPROVAL,
    "A": Instrument.ACCEPTANCE,
    "a": Instrument.ACCESSION,
    "d": Instrument.SUCCESSION,
}
_NOTIFICATION = "n"

_PARTICIPANT = re.compile(r"participants?")
_SIGNATURE = re.compile(r"signature")
_PROVISIONAL = re.compile(r"(provisional application|application provisoire)[^,/]*")
_ALTERNATIVE = re.compile(r"([^()]+?) ?(?:\(([A-Za-z]+)\))?")

#: The columns a table must have, None being the participant. Provisional application is not in every treaty.
_NEEDED = {None: "Participant", ActKind.SIGNATURE: "Signature", ActKind.DEPOSIT: "Ratification"}
_MOST = 20


class UnknownCode(Refused, ValueError):
    """The code behind a date means nothing in its column."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TableColumn:
    """One column: the act its dates tell of (None: it names participants), and what no code means there."""

    title: str
    tells: ActKind | None
    without_code: Instrument | None = None

    def instrument(self, code: str) -> Instrument | None:
        """Return the instrument that a date with this code tells of, None for other acts."""
        if self.tells is ActKind.DEPOSIT:
            return self._instrument(code)
        if code and not (code == _NOTIFICATION and self.tells is ActKind.PROVISIONAL_APPLICATION):
            raise UnknownCode(refusal("code_means_nothing", code=shortened(code), column=self.title))
        return None

    def _instrument(self, code: str) -> Instrument:
        meant = _CODES.get(code) if code else self.without_code
        if meant is None:
            if code:
                raise UnknownCode(refusal("code_means_nothing", code=shortened(code), column=self.title))
            raise UnknownCode(refusal("no_code_means_nothing", column=self.title))
        return meant


def read_columns(titles: Sequence[str], findings: Findings) -> list[TableColumn]:
    """Read the titles of a table; one that is unknown, missing or there twice is a fault."""
    if len(titles) > _MOST:
        findings.add(refusal("too_many_columns", count=len(titles)))
        return []
    columns = [column for title in titles if (column := _read(title, findings))]
    tells = [column.tells for column in columns]
    for needed, name in _NEEDED.items():
        if needed not in tells:
            findings.add(refusal("no_such_column", column=name))
    for column in columns:
        if tells.count(column.tells) > 1:
            findings.add(refusal("column_not_alone", column=column.title))
    return columns


def _read(title: str, findings: Findings) -> TableColumn | None:
    quoted = shortened(plain(title[:LONGEST]), 100)
    key = fold(quoted)
    if _PARTICIPANT.fullmatch(key):
        return TableColumn(title=quoted, tells=None)
    if _SIGNATURE.fullmatch(key):
        return TableColumn(title=quoted, tells=ActKind.SIGNATURE)
    if _PROVISIONAL.fullmatch(key):
        return TableColumn(title=quoted, tells=ActKind.PROVISIONAL_APPLICATION)
    return _read_consent(quoted, findings)


def _read_consent(title: str, findings: Findings) -> TableColumn | None:
    """Read a column of instruments: all known, their codes the depositary's, at most one without."""
    alternatives = [_alternative(part.strip()) for part in re.split("[,/]", title)]
    if None in alternatives:
        findings.add(refusal("unknown_column", column=title))
        return None
    only = len(alternatives) == 1
    meant = [instrument for instrument, code in filter(None, alternatives) if only or not code]
    if len(meant) > 1:
        findings.add(refusal("column_means_several", column=title, meant=OneOf(meant)))
    return TableColumn(title=title, tells=ActKind.DEPOSIT, without_code=meant[0] if len(meant) == 1 else None)


def _alternative(text: str) -> tuple[Instrument, str] | None:
    found = _ALTERNATIVE.fullmatch(text)
    instrument = _INSTRUMENTS.get(fold(found[1])) if found else None
    if found is None or instrument is None:
        return None
    code = found[2] or ""
    return (instrument, code) if not code or _CODES.get(code) is instrument else None
