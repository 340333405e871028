"""Facts: what is known of a State, since when, from whom, and how closely it is held.

A fact is never changed. A later fact replaces or annuls it, and both stay on file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pathways.grammar.clearance import Guarded, Sensitivity
from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.lines import is_line

Value = str | int | bool | list[str]  # what a typed field holds


class SourceKind(StrEnum):
    """Who says so."""

    DEPOSITARY = "depositary"
    RECORD = "record"  # the bundled compilation; stands for the depositary until a file of theirs speaks
    NOTE_VERBALE = "note_verbale"
    GAZETTE = "gazette"
    PARLIAMENT = "parliament"
    COURT = "court"
    GOVERNMENT = "government"
    STATEMENT = "statement"
    PRESS = "press"
    ASSESSMENT = "assessment"
    EXAMPLE = "example"  # tests and demonstrations only


#: What a State itself told us.
GIVEN_BY_STATE = frozenset({SourceKind.NOTE_VERBALE, SourceKind.GOVERNMENT})


class FieldType(StrEnum):
    """What a typed field of a fact may hold."""

    TEXT = "text"  # a short reference or designation, one line, never prose and never a person's name
    NUMBER = "number"
    DAY = "day"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A typed field of a kind of fact."""

    name: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FactKind:
    """A kind of fact: its fields, who may say it, and how closely it is held unless said otherwise."""

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    sources: frozenset[SourceKind]
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL
    by_hand: bool = True
    is_assessment: bool = False

    @property
    def is_depositary_act(self) -> bool:
        """Tell whether only the depositary's word makes this fact."""
        return self.sources <= DEPOSITARY_SOURCES


DEPOSITARY_SOURCES = frozenset({SourceKind.DEPOSITARY, SourceKind.RECORD, SourceKind.EXAMPLE})


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One thing known of one State.

    `effective` is when it took effect, as precisely as known; `known_by` a day by which it had certainly
    happened; `recorded_at` when we learnt it (UTC). `contests` names a fact of ours that this one contradicts.
    """

    id: str
    seq: int
    state: str
    kind: str
    effective: PartialDate
    known_by: date | None = None
    data: Mapping[str, Value] = field(default_factory=dict)
    source: SourceKind
    reference: str = ""
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL
    recorded_at: datetime
    actor: str
    replaces: str | None = None
    annuls: tuple[str, ...] = ()
    rests_on: str | None = None
    contests: str | None = None
    unconfirmed: tuple[str, ...] = ()

    @property
    def counts_from(self) -> date:
        """Return the last day on which this can have happened: it counts from then."""
        if self.known_by is not None and self.known_by < self.effective.last:
            return max(self.known_by, self.effective.first)
        return self.effective.last

    @property
    def precision(self) -> Precision:
        """Tell how exactly the day is known."""
        return self.effective.precision

    def text(self, name: str) -> str:
        """Return a field as text, empty when it was not given."""
        value = self.data.get(name, "")
        return ", ".join(value) if isinstance(value, list) else str(value)

    def guarded(self, released_to: frozenset[str] = frozenset(), *, assessment: bool = False) -> Guarded:
        """Return what the rule of who may read needs to know of this fact."""
        return Guarded(
            state=self.state,
            sensitivity=self.sensitivity,
            author=self.actor,
            given_by_state=self.source in GIVEN_BY_STATE,
            assessment=assessment or self.source is SourceKind.ASSESSMENT,
            released_to=released_to,
        )


class BadField(ValueError):
    """A field of a fact is missing, unknown or of the wrong type."""


def read_fields(kind: FactKind, given: Mapping[str, str]) -> dict[str, Value]:
    """Turn text given for a kind's fields into typed values; BadField lists every fault at once."""
    faults: list[str] = []
    known = {f.name: f for f in kind.fields}
    for name in given.keys() - known.keys():
        names = ", ".join(known) or "none"
        faults.append(f"“{name}” is no field of “{kind.name}” (its fields: {names}).")
    values: dict[str, Value] = {}
    for name, declared in known.items():
        text = given.get(name, "").strip()
        if not text:
            if declared.required:
                faults.append(f"“{kind.name}” needs {name}{f' ({declared.says})' if declared.says else ''}.")
            continue
        try:
            values[name] = _read_value(declared, text)
        except ValueError as wrong:
            faults.append(str(wrong))
    if faults:
        raise BadField(" ".join(faults))
    return values


_LONGEST = 200
_LONGEST_NUMBER = 9
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _read_value(declared: Field, text: str) -> Value:
    if not is_line(text, _LONGEST):
        raise ValueError(
            f"{declared.name} must be one line of at most {_LONGEST} characters; longer text goes into the note."
        )
    readers: dict[FieldType, Callable[[Field, str], Value]] = {
        FieldType.NUMBER: _read_number,
        FieldType.DAY: _read_day,
        FieldType.YES_NO: _read_yes_no,
        FieldType.CHOICE: _read_choice,
        FieldType.LIST: _read_list,
    }
    reader = readers.get(declared.type)
    return reader(declared, text) if reader else text


def _read_number(declared: Field, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        raise ValueError(f"{declared.name} must be a whole number, not “{text}”.")
    return int(text)


def _read_day(declared: Field, text: str) -> str:
    try:
        day = PartialDate.parse(text)
    except NotADate as wrong:
        raise ValueError(f"{declared.name}: {wrong}") from None
    if day.precision is not Precision.DAY:
        raise ValueError(f"{declared.name} must be a day, such as 2024-06-05, not “{text}”.")
    return str(day)


def _read_yes_no(declared: Field, text: str) -> bool:
    if text.lower() not in _YES_NO:
        raise ValueError(f"{declared.name} must be yes or no, not “{text}”.")
    return _YES_NO[text.lower()]


def _read_choice(declared: Field, text: str) -> str:
    if text not in declared.choices:
        raise ValueError(f"{declared.name} must be one of {', '.join(declared.choices)}, not “{text}”.")
    return text


def _read_list(declared: Field, text: str) -> list[str]:
    items = [item.strip() for item in text.split(",") if item.strip()]
    wrong = [item for item in items if declared.choices and item not in declared.choices]
    if wrong:
        raise ValueError(f"{declared.name}: {', '.join(wrong)} not among {', '.join(declared.choices)}.")
    return items
