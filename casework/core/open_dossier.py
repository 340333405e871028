"""An open dossier: one State's dossier while somebody works on it, with everything that is to be written of it.

Nothing is written here; the workspace commits all of it when its transaction ends, or none.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from models.follow_ups.lifecycle import BY_TIME, Standing, overtaken, overtaken_by
from models.ledger.dossiers import Record
from models.ledger.hash_chain import Content
from pathways.grammar.agenda import Agenda, Item, Occasion, agenda, apart_from_the_day
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import STEP, Dossier
from pathways.grammar.facts import Fact, SourceKind, Value
from pathways.grammar.journey import Move
from pathways.grammar.pathway import By, Pathway
from pathways.grammar.projection import project

#: Occasions that a dossier's own agenda opens and closes; others are a person's or a run's.
OF_THE_AGENDA = frozenset(o.value for o in Occasion)
_IN_THE_END = date(9999, 1, 1)


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """A stage was taken or lost: something to tell those who serve the region."""

    occasion: str
    about: str
    is_public: bool


@dataclass
class OpenDossier:
    """One dossier, open for work by one actor."""

    pathway: Pathway
    record: Record
    facts: list[Fact]
    follow_ups: Sequence[Standing]
    actor: str
    stamp: datetime
    today: date
    new_facts: list[Fact] = field(default_factory=list)
    contents: dict[str, Content] = field(default_factory=dict)
    opened: list[Item] = field(default_factory=list)
    closed: list[tuple[int, str]] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    purged: list[str] = field(default_factory=list)
    swept: bool = False
    _projected: dict[tuple[int, date], Dossier] = field(default_factory=dict)
    _agenda: tuple[Dossier, Agenda] | None = None

    @property
    def state(self) -> str:
        """Return the State's ISO code."""
        return self.record.state

    def dossier(self, on: date | None = None, *, reader: Reader | None) -> Dossier:
        """Return what the facts add up to on a day, by what a reader may know."""
        day = on or self.today
        if reader is not None:
            return project(self.pathway, self.state, self.facts, on=day, reader=reader)
        known = (len(self.facts), day)
        if known not in self._projected:
            self._projected[known] = project(self.pathway, self.state, self.facts, on=day, reader=None)
        return self._projected[known]

    def all_told(self) -> Dossier:
        """Return what everything on file adds up to, also what counts only from a later day."""
        return self.dossier(_IN_THE_END, reader=None)

    def agenda(self) -> Agenda:
        """Return what today brings."""
        dossier = self.dossier(reader=None)
        if self._agenda is None or self._agenda[0] is not dossier:
            self._agenda = (dossier, agenda(self.pathway, dossier))
        return self._agenda[1]

    def file(
        self,
        kind: str,
        effective: PartialDate,
        *,
        source: SourceKind,
        sensitivity: Sensitivity,
        reference: str = "",
        data: Mapping[str, Value] | None = None,
        known_by: date | None = None,
        replaces: str | None = None,
        annuls: tuple[str, ...] = (),
        rests_on: str | None = None,
        contests: str | None = None,
        unconfirmed: tuple[str, ...] = (),
        content: Content | None = None,
    ) -> Fact:
        """Put a fact on file, to be written when the transaction ends."""
        fact = Fact(
            id=uuid.uuid4().hex,
            seq=self.facts[-1].seq + 1 if self.facts else 1,
            state=self.state,
            kind=kind,
            effective=effective,
            known_by=known_by,
            data=data or {},
            source=source,
            reference=reference,
            sensitivity=sensitivity,
            recorded_at=self.stamp,
            actor=self.actor,
            replaces=replaces,
            annuls=annuls,
            rests_on=rests_on,
            contests=contests,
            unconfirmed=unconfirmed,
        )
        self.facts.append(fact)
        self.new_facts.append(fact)
        if content is not None:
            self.contents[fact.id] = content
        return fact

    def move(self, move: Move, *, replaces: str | None = None, tell: bool = True) -> Fact:
        """Put a step on file, dated the day it fell due, and make it news."""
        basis = next((f for f in self.facts if f.id == move.rests_on), None)
        ground = basis if move.step.by is By.RECORD else None
        fact = self.file(
            STEP,
            ground.effective if ground else PartialDate.of(move.on),
            known_by=ground.known_by if ground else None,
            source=basis.source if basis and move.step.by is not By.PERSON else SourceKind.ASSESSMENT,
            sensitivity=Sensitivity.COORDINATION,
            data={
                "step": move.step.name,
                "from": move.source.value,
                "to": move.target.value,
                "by": move.step.by.value,
            },
            rests_on=move.rests_on,
            replaces=replaces,
        )
        if tell:
            is_public = move.step.by is not By.PERSON
            self.news.append(News(occasion=f"step:{fact.id}", about=move.step.name, is_public=is_public))
        return fact

    def close_overtaken(self, standing: Sequence[Item]) -> None:
        """Close the agenda's follow-ups whose occasion is gone."""
        keys = {self.key(item.key) for item in standing}
        outcome = overtaken(self.new_facts[-1].id if self.new_facts else BY_TIME)
        for follow_up in self.follow_ups:
            if follow_up.is_open and follow_up.occasion in OF_THE_AGENDA and follow_up.key not in keys:
                self.closed.append((follow_up.id, outcome))

    def unopened(self, standing: Sequence[Item]) -> list[Item]:
        """Return what stands on the agenda and is asked by now: for the first time, or anew."""
        days = ((item, self.asked_on(item)) for item in standing)
        return [item for item, day in days if day is not None and day <= self.today]

    def asked_on(self, item: Item) -> date | None:
        """Return from which day on an item is asked; None where it is or was, and does not come again.

        What was overtaken comes again when what overtook it is gone; a silence, a whole period after any other end.
        """
        now, key = self._by_now(), self.key(item.key)
        had = [f for f in now if f.key == key and not f.comes_again]
        if item.again_after is None or any(f.is_open for f in had):
            return None if had else item.since
        again = (f.closed_on + item.again_after for f in now if f.closed_on is not None and self._puts_off(f, key))
        return max([item.since, *again])

    def come_again(self) -> list[int]:
        """Return the closed follow-ups whose occasion is opened anew."""
        keys = {self.key(item.key) for item in self.opened}
        return [follow_up.id for follow_up in self.follow_ups if not follow_up.is_open and follow_up.key in keys]

    def _by_now(self) -> Sequence[Standing]:
        """Return the follow-ups as they stand with what is about to be closed."""
        if not self.closed:
            return self.follow_ups
        ended = dict(self.closed)
        return [f._replace(closed_on=self.today, outcome=ended[f.id]) if f.id in ended else f for f in self.follow_ups]

    def _puts_off(self, ended: Standing, key: str) -> bool:
        """Tell whether a silence is asked anew only a period after this end of it: as after a close by hand (ADR 27).

        Not where everybody who is asked may read what ended it, and counts from that.
        """
        if apart_from_the_day(ended.key) != apart_from_the_day(key) or (ended.key == key and ended.comes_again):
            return False
        fact = overtaken_by(ended.outcome)
        return not any(f.id == fact and f.sensitivity <= Sensitivity.COORDINATION for f in self.facts)

    def key(self, occasion: str) -> str:
        """Return an occasion's key in the whole record."""
        return f"{self.record.treaty}/{self.record.state}:{occasion}"
