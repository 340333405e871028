"""What the model keeps of a fact: its plain values as they stand on file, and nothing that the program makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

#: The zone of the record, in which a day of filing ends.
ZONE = ZoneInfo("Europe/Zurich")
#: The ledger's own book-keeping, which no person files as such but for the last three.
BOOKKEEPING = frozenset(
    ("step", "record_opened", "settled", "release", "release_ended", "purged", "route", "tier_set", "correction")
)
#: How closely a fact is held, from everybody to one named administrator.
PUBLIC, PARTIES, COORDINATION, CONFIDENTIAL, PERSONAL = range(5)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One fact on file. `filed` is the day of its filing in the record's zone."""

    id: str
    seq: int
    kind: str
    first: date
    last: date
    known_by: date | None
    data: Mapping[str, Any]
    source: str
    reference: str
    level: int
    filed: date
    author: str
    replaces: str | None
    annuls: tuple[str, ...]
    rests_on: str | None
    contests: str | None
    unconfirmed: tuple[str, ...]

    def __repr__(self) -> str:
        """Say it in a line, as it stands in the report of a life."""
        said = {
            k: v
            for k in ("known_by", "replaces", "annuls", "rests_on", "contests", "unconfirmed")
            if (v := getattr(self, k))
        }
        days = self.first if self.first == self.last else f"{self.first}..{self.last}"
        who = f"{self.source} {self.level} {self.author}"
        return f"#{self.seq} {self.kind} {self.id[:6]} {days} {dict(self.data)} {who} {said}"

    @property
    def day(self) -> date:
        """The last day on which it can have happened; it counts from then (ledger.md, Dates)."""
        return self.last if self.known_by is None else max(self.first, min(self.last, self.known_by))

    @property
    def place(self) -> tuple[date, int]:
        """Its place in the order in which facts add up."""
        return self.day, self.seq

    def covers(self, first: date, last: date) -> bool:
        """Whether these days lie within its own, and are others."""
        return self.first <= first and last <= self.last and (first, last) != (self.first, self.last)


File = Sequence[Entry]  # of one State, in order of filing


def entry_of(fact) -> Entry:
    """Keep the plain values of a row."""
    return Entry(
        id=fact.id,
        seq=fact.seq,
        kind=fact.kind,
        first=fact.effective.first,
        last=fact.effective.last,
        known_by=fact.known_by,
        data=dict(fact.data),
        source=fact.source.value,
        reference=fact.reference,
        level=int(fact.sensitivity),
        filed=fact.recorded_at.astimezone(ZONE).date(),
        author=fact.actor,
        replaces=fact.replaces,
        annuls=tuple(fact.annuls),
        rests_on=fact.rests_on,
        contests=fact.contests,
        unconfirmed=tuple(fact.unconfirmed),
    )


def named(file: File, id_: str | None) -> Entry | None:
    """The fact of that id."""
    return next((e for e in file if e.id == id_), None)
