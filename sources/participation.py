"""Participation: what every reader gives: the acts of States before a depositary, or a refusal of the whole file.

A table is all or nothing: with one fault, none of its acts is returned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refusal, Refused, refusal
from pathways.grammar.stages import Instrument

MAX_BYTES = 20 * 1024 * 1024  # a status table with all its declarations stays under one megabyte
MAX_ROWS = 1_000  # five times as many as there are States


class ActKind(StrEnum):
    """What a State did before the depositary; the same words as the kinds of fact."""

    SIGNATURE = "signature"
    PROVISIONAL_APPLICATION = "provisional_application"
    DEPOSIT = "deposit"
    DECLARATION_NOT_TO_JOIN = "declaration_not_to_join"


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """One act of one State, as a file gives it, with the row it stands in.

    `known_by` is a day by which an imprecisely dated act had certainly happened. `in_brackets`: the
    depositary shows it as no longer in effect. `unconfirmed` names the columns not yet checked against it.
    """

    state: str
    kind: ActKind
    effective: PartialDate
    row: int
    known_by: date | None = None
    instrument: Instrument | None = None
    in_brackets: bool = False
    unconfirmed: tuple[str, ...] = ()
    reference: str = ""
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The acts of one file about one treaty, as the caller calls it.

    `published` is the day the file describes, if anybody said so.
    """

    treaty: str
    source: SourceKind
    acts: tuple[Act, ...]
    published: date | None = None

    def of(self, kind: ActKind) -> tuple[Act, ...]:
        """Return the acts of one kind."""
        return tuple(act for act in self.acts if act.kind == kind)

    @property
    def as_at(self) -> date | None:
        """Return the day this table describes: its publication, else the latest day it certainly knows of."""
        return self.published or max((act.known_by or act.effective.first for act in self.acts), default=None)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file, and the row it is about, if it is about one."""

    why: Refusal
    row: int | None = None
    participant: str = ""

    @property
    def in_its_row(self) -> Refusal:
        """Return what is wrong, with its row in front."""
        if self.row is None:
            return self.why
        if not self.participant:
            return refusal("in_row", row=self.row, why=self.why)
        return refusal("in_row_of", row=self.row, participant=self.participant, why=self.why)


class TableRefused(Refused):
    """The file is not taken in. It lists every fault, and every participant that is in no record of ours.

    `readable` are the acts of the rows without any: what is wrong with these can be told with the rest.
    """

    def __init__(self, *faults: Fault | Refusal, unknown: Sequence[str] = (), readable: Sequence[Act] = ()) -> None:
        self.faults = tuple(Fault(fault) if isinstance(fault, Refusal) else fault for fault in faults)
        self.unknown = tuple(unknown)
        self.readable = tuple(readable)
        super().__init__(*(fault.in_its_row for fault in self.faults))


@dataclass(slots=True)
class Findings:
    """What a reader has found wrong so far."""

    faults: list[Fault] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def add(self, why: Refusal, row: int | None = None, participant: str = "") -> None:
        """Note a fault."""
        self.faults.append(Fault(why, row, participant))

    def refuse_if_any(self, acts: Sequence[Act] = ()) -> None:
        """Refuse the file, of which these acts were read, with all that was found; do nothing if all is well."""
        if self.faults:
            wrong = {fault.row for fault in self.faults}
            readable = [act for act in acts if act.row not in wrong]
            raise TableRefused(*self.faults, unknown=self.unknown, readable=readable)
