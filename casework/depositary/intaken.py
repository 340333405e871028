"""What a depositary's table brought, or would bring: counts, each act that differs, and what is to be looked into."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from casework.depositary.comparison import Difference, Verdict
from models.ledger.hash_chain import canonical
from pathways.grammar.facts import Fact
from pathways.grammar.refusals import Refusal
from sources.participation import Act

_A_HANDFUL = 5  # acts that a table may leave out before somebody says that it is whole


@dataclass(frozen=True, kw_only=True, slots=True)
class Gone:
    """An act of ours that the table no longer shows, or shows in brackets."""

    state: str
    act: str
    date: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """An act of theirs that is new, changed or confirmed; `ours`: the date that stood here, empty for none."""

    state: str
    act: str
    date: str
    instrument: str
    ours: str
    verdict: str

    @classmethod
    def of(cls, act: Act, ours: Fact | None, verdict: Verdict) -> Change:
        """Return what becomes of an act."""
        return cls(
            state=act.state,
            act=act.kind.value,
            date=str(act.effective),
            instrument=act.instrument or "",
            ours=str(ours.effective) if ours is not None else "",
            verdict=verdict.value,
        )

    def __str__(self) -> str:
        """Say it in a line, without what stood here."""
        return f"{self.state} {self.act} {self.date}: {self.verdict}"


@dataclass
class Intaken:
    """What a table brought, counted per act; refused when it has faults, and then nothing was written."""

    treaty: str
    published: date | None = None
    read: int = 0
    new: int = 0
    changed: int = 0
    confirmed: int = 0
    unchanged: int = 0
    conflicts: list[Difference] = field(default_factory=list)
    vanished: list[Gone] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)  # one line per act that is new, changed or confirmed
    differing: list[Change] = field(default_factory=list)  # the same, column by column

    @property
    def is_refused(self) -> bool:
        """Tell whether the file was refused."""
        return bool(self.faults)

    @property
    def leaves_out_many(self) -> bool:
        """Tell whether so many acts on file are missing that this may be a part of a table."""
        return len(self.vanished) > _A_HANDFUL

    @property
    def mark(self) -> str:
        """Return what stands for all that the table brings beyond what was known, and for the day it is of."""
        counts = [str(self.published), self.read, self.new, self.changed, self.confirmed, self.unchanged]
        found = [repr(one) for one in (*self.differing, *self.conflicts, *self.vanished)]
        return sha256(canonical([counts, found]).encode()).hexdigest()

    def add(self, change: Change) -> None:
        """Add an act that is new, changed or confirmed."""
        self.differing.append(change)
        self.changes.append(str(change))
