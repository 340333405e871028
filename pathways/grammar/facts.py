"""Facts: what is known of a State, since when, from whom, and how closely it is held.

A fact is never changed. A later fact replaces or annuls it, and both stay on file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pathways.grammar.clearance import Guarded, Sensitivity
from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.lines import is_line
from pathways.grammar.refusals import Refusal, Refused, Word, refusal

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
#: In which a State is heard itself, in confidence or before everybody; an example stands for its word.
SPOKEN_BY_STATE = GIVEN_BY_STATE | {SourceKind.STATEMENT, SourceKind.EXAMPLE}
#: What anybody can look up.
PUBLISHED = frozenset({SourceKind.GAZETTE, SourceKind.PARLIAMENT, SourceKind.COURT, SourceKind.PRESS})
#: What was said before everybody, or published; or behind closed doors, or in a letter. Only who files it knows which.
EITHER = frozenset({SourceKind.STATEMENT, SourceKind.GOVERNMENT})


class FieldType(StrEnum):
    """What a typed field of a fact may hold."""

    TEXT = "text"  # a short reference or designation, one line, never prose and never a person's name
    NUMBER = "number"
    DAY = "day"
    PARTIAL_DAY = "partial_day"  # a day, or a month or a year of which the day is not known
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A typed field of a kind of fact. `is_office`: it says what an office is called, and its form says so."""

    name: str
    type: FieldType = FieldType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    says: str = ""
    is_office: bool = False

    @property
    def label(self) -> Word:
        """Return what a form and a sentence call it."""
        return Word(self.says or self.name.replace("_", " "))


@dataclass(frozen=True, kw_only=True, slots=True)
class FactKind:
    """A kind of fact: its fields, who may say it, and how closely it is held.

    `sensitivity` is how closely where the State told it; `is_own_work` tells whether those who accompany a State file
    so what they did and heard themselves; `is_of_the_treaty` whether it may be of the treaty as a whole, of no State.
    """

    name: str
    title: str
    fields: tuple[Field, ...] = ()
    sources: frozenset[SourceKind]
    sensitivity: Sensitivity = Sensitivity.CONFIDENTIAL
    by_hand: bool = True
    is_assessment: bool = False
    is_own_work: bool = False
    is_of_the_treaty: bool = False

    @property
    def is_depositary_act(self) -> bool:
        """Tell whether only the depositary's word makes this fact."""
        return self.sources <= DEPOSITARY_SOURCES

    @property
    def floor(self) -> Sensitivity:
        """Return the level below which it is never held: what we think or do of a State is not public."""
        is_ours = self.is_assessment or self.sensitivity is Sensitivity.COORDINATION
        return Sensitivity.COORDINATION if is_ours else Sensitivity.PUBLIC


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


#: How a refusal names a field that the kind declares, apart from a fact's own (effective, source …).
FIELDS = "fields."


def of_field(name: str) -> str:
    """Return how a refusal names a field that a kind declares."""
    return FIELDS + name


class BadField(Refused, ValueError):
    """A field of a fact is missing, unknown or of the wrong type."""


def read_fields(kind: FactKind, given: Mapping[str, str]) -> dict[str, Value]:
    """Turn text given for a kind's fields into typed values; BadField lists every fault at once."""
    known = {f.name: f for f in kind.fields}
    faults = [_no_such_field(kind, name) for name in given.keys() - known.keys()]
    values: dict[str, Value] = {}
    for name, declared in known.items():
        text = given.get(name, "").strip()
        if not text:
            if declared.required:
                faults.append(_wanted(kind, declared))
            continue
        try:
            values[name] = _read_value(declared, text)
        except BadField as wrong:
            faults += wrong.refusals
    if faults:
        raise BadField(*faults)
    return values


def _no_such_field(kind: FactKind, name: str) -> Refusal:
    names = tuple(field.name for field in kind.fields)
    if not names:
        return refusal("kind_has_no_fields", field=of_field(name), name=name, kind=kind.name)
    return refusal("no_such_field", field=of_field(name), name=name, kind=kind.name, names=names)


def _wanted(kind: FactKind, declared: Field) -> Refusal:
    return refusal("field_wanted", field=of_field(declared.name), kind=Word(kind.title), name=declared.label)


_LONGEST = 200
_LONGEST_NUMBER = 9
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


def _read_value(declared: Field, text: str) -> Value:
    if not is_line(text, _LONGEST):
        raise BadField(refusal("field_not_a_line", field=of_field(declared.name), name=declared.label, most=_LONGEST))
    readers: dict[FieldType, Callable[[Field, str], Value]] = {
        FieldType.NUMBER: _read_number,
        FieldType.DAY: _read_day,
        FieldType.PARTIAL_DAY: _read_partial_day,
        FieldType.YES_NO: _read_yes_no,
        FieldType.CHOICE: _read_choice,
        FieldType.LIST: _read_list,
    }
    reader = readers.get(declared.type)
    return reader(declared, text) if reader else text


def _read_number(declared: Field, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER):
        where, name = of_field(declared.name), declared.label
        raise BadField(refusal("field_not_a_number", field=where, name=name, text=text))
    return int(text)


def _read_day(declared: Field, text: str) -> str:
    try:
        day = PartialDate.parse(text)
    except NotADate:
        day = None
    if day is None or day.precision is not Precision.DAY:
        raise BadField(refusal("field_not_a_day", field=of_field(declared.name), name=declared.label, text=text))
    return str(day)


def _read_partial_day(declared: Field, text: str) -> str:
    try:
        return str(PartialDate.parse(text))
    except NotADate as wrong:
        raise BadField(*(replace(one, field=of_field(declared.name)) for one in wrong.refusals)) from None


def _read_yes_no(declared: Field, text: str) -> bool:
    if text.lower() not in _YES_NO:
        where, name = of_field(declared.name), declared.label
        raise BadField(refusal("field_not_yes_or_no", field=where, name=name, text=text))
    return _YES_NO[text.lower()]


def _read_choice(declared: Field, text: str) -> str:
    if text not in declared.choices:
        where, name = of_field(declared.name), declared.label
        raise BadField(refusal("field_not_a_choice", field=where, name=name, choices=declared.choices, text=text))
    return text


def _read_list(declared: Field, text: str) -> list[str]:
    items = [item.strip() for item in text.split(",") if item.strip()]
    wrong = [item for item in items if declared.choices and item not in declared.choices]
    if wrong:
        where, name = of_field(declared.name), declared.label
        raise BadField(
            refusal("field_not_among_choices", field=where, name=name, wrong=tuple(wrong), choices=declared.choices)
        )
    return items
