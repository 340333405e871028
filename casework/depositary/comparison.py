"""Comparison: an act of a depositary's table beside ours. Pure; nothing is decided about a State's stage."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from pathways.grammar.dates import Precision
from pathways.grammar.facts import Fact, SourceKind
from sources.participation import Act

_DATE_COLUMNS = {
    "signature": "signature_date",
    "provisional_application": "provisional_application_date",
    "deposit": "deposit_date",
}
_MOVES_NOTHING = "provisional_application"


class Verdict(StrEnum):
    """How an act of a table stands to what we hold."""

    NEW = "new"
    CHANGED = "changed"  # it replaces a value of ours that was unconfirmed
    CONFIRMED = "confirmed"  # it meets a value of ours that was unconfirmed or less precise
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"  # it differs from a confirmed value of ours


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """A value of theirs beside ours."""

    state: str
    field: str
    ours: str
    theirs: str
    is_confirmed: bool


def compare(ours: Fact | None, act: Act) -> tuple[Verdict, tuple[Difference, ...]]:
    """Say how an act of a table stands to ours, and in what it differs."""
    if ours is None:
        return Verdict.NEW, ()
    if ours.effective != act.effective and act.effective.covers(ours.effective) and _same_instrument(ours, act):
        return Verdict.UNCHANGED, ()  # theirs is less precise: it neither contradicts nor confirms
    found = _differences(ours, act)
    if any(d.is_confirmed for d in found):
        return Verdict.CONFLICT, tuple(d for d in found if d.is_confirmed)
    if found:
        return Verdict.CHANGED, tuple(found)
    marks = set(ours.unconfirmed) - set(act.unconfirmed)
    return (Verdict.CONFIRMED if marks or _is_sharper(ours, act) else Verdict.UNCHANGED), ()


def says_the_same(fact: Fact, act: Act) -> bool:
    """Tell whether a fact on file holds just what a table says."""
    return fact.effective == act.effective and fact.text("instrument") == (act.instrument or "")


def is_compiled_alone(ours: Fact) -> bool:
    """Tell whether our own compilation alone says so, unchecked, of an act that moves no legal status.

    No table has shown it, so none that leaves it out shows it no longer.
    """
    column = _DATE_COLUMNS.get(ours.kind, "")
    return ours.source is SourceKind.RECORD and ours.kind == _MOVES_NOTHING and column in ours.unconfirmed


def _is_sharper(ours: Fact, act: Act) -> bool:
    return ours.effective != act.effective and agrees(ours, act) and ours.effective.covers(act.effective)


def agrees(ours: Fact, act: Act) -> bool:
    """Tell whether one of the dates lies within the other, and not after the day it was certainly known by."""
    if act.effective.covers(ours.effective):
        return True
    in_time = ours.known_by is None or act.effective.first <= ours.known_by
    return in_time and ours.effective.covers(act.effective)


def _differences(ours: Fact, act: Act) -> list[Difference]:
    found: list[Difference] = []
    column = _DATE_COLUMNS.get(act.kind.value, f"{act.kind.value}_date")
    if not agrees(ours, act):
        found.append(_difference(ours, column, str(ours.effective), str(act.effective)))
    if act.instrument is not None and not _same_instrument(ours, act):
        found.append(_difference(ours, "instrument", ours.text("instrument"), act.instrument.value))
    return found


def _same_instrument(ours: Fact, act: Act) -> bool:
    return act.instrument is None or ours.text("instrument") == act.instrument.value


def _difference(ours: Fact, column: str, mine: str, theirs: str) -> Difference:
    imprecise = column != "instrument" and ours.precision is not Precision.DAY
    return Difference(
        state=ours.state,
        field=column,
        ours=mine,
        theirs=theirs,
        is_confirmed=column not in ours.unconfirmed and not imprecise,
    )
