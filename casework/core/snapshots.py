"""Snapshots: what each dossier of a treaty looks like to a reader today, kept in memory so that lists are fast.

A snapshot is made from the facts that its reader may read, and from nothing else. It is used again only while the
dossier's chain of facts ends in the same hash, for the same reader on the same day: so it is never out of date, and
never shown to anybody else. The facts that one reader's were made from are kept too, for the next reader's to be made
from. What is kept is bounded; nothing here is ever written.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import NamedTuple

from casework.core.days_ahead import Falling, falling
from casework.core.next_step import LastWord, NextStep, last_word, next_step
from models.ledger import dossiers
from models.ledger.heads import Head, heads
from models.store.engine import Connection
from pathways.grammar.agenda import Item, agenda
from pathways.grammar.clearance import Reader, may_know_reports, may_know_stage
from pathways.grammar.dates import DayRange, PartialDate
from pathways.grammar.duties import owed
from pathways.grammar.facts import Fact
from pathways.grammar.journey import DueStep
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from pathways.grammar.promises import Promise, promises
from pathways.grammar.stages import Instrument, LegalStatus, Stage, Standing

#: How many readers' snapshots of one treaty are kept; some hundred kilobytes each.
_MOST = 100
#: How many facts are kept, of the dossiers that were asked for last; about a kilobyte each.
_MOST_FACTS = 20_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Snapshot:
    """One State as one reader may see it today.

    `stage`, `since`, `tier`, `steps`, `next_step` and `last_word` are empty to who may not know our assessment of the
    State; the last two also of a State that is party. `items` is the agenda that the facts bring up: of a reader's own
    State what is public of it, of others' nothing.
    """

    state: str
    legal_status: LegalStatus
    standing: Standing
    review_on: date | None
    knows_stage: bool
    stage: Stage | None
    since: date | None
    tier: int | None
    signature: PartialDate | None
    deposit: PartialDate | None
    instrument: Instrument | None
    entry_into_force: DayRange | None
    withdrawal_effective: date | None
    steps: tuple[DueStep, ...]
    items: tuple[Item, ...]
    falls: tuple[Falling, ...] = ()
    promises: tuple[Promise, ...] = ()
    next_step: NextStep | None = None
    last_word: LastWord | None = None


class PlacedSnapshot(NamedTuple):
    """A snapshot with its place: a State's region and group may be edited without a fact."""

    region: str
    group: str
    snapshot: Snapshot


@dataclass
class Snapshots:
    """The snapshots of the readers who asked last."""

    most: int = _MOST
    most_facts: int = _MOST_FACTS
    _by_reader: OrderedDict[tuple[str, Reader], _OfOneReader] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        """Keep no facts yet."""
        self._facts = _Facts(self.most_facts)

    def of(self, connection: Connection, pathway: Pathway, reader: Reader, today: date) -> list[PlacedSnapshot]:
        """Return every State of a treaty as the reader may see it today, by State; only what changed is made anew."""
        found = heads(connection, pathway.key)
        mine = self._of(pathway.key, reader, today)
        with mine.lock:
            moved = [head for head in found if not mine.has(head)]
            facts = self._facts.of(connection, moved) if moved else {}
            for head in moved:
                mine.kept[head.id] = (head.head_hash, _snapshot(pathway, head.state, facts[head.id], reader, today))
            return [PlacedSnapshot(head.region, head.group, mine.kept[head.id][1]) for head in found]

    def of_another_day(
        self, connection: Connection, pathway: Pathway, reader: Reader, day: date
    ) -> list[PlacedSnapshot]:
        """Return every State as the reader may see it on another day, with all that is known now; none is kept."""
        found = heads(connection, pathway.key)
        facts = self._facts.of(connection, found)
        return [
            PlacedSnapshot(head.region, head.group, _snapshot(pathway, head.state, facts[head.id], reader, day))
            for head in found
        ]

    def __len__(self) -> int:
        """Count the readers whose snapshots are kept, one for each treaty."""
        return len(self._by_reader)

    def _of(self, treaty: str, reader: Reader, today: date) -> _OfOneReader:
        """Return what is kept for a reader; who has not asked for longest is dropped."""
        place = (treaty, reader)
        with self._lock:
            mine = self._by_reader.get(place)
            if mine is None or mine.day != today:
                mine = self._by_reader[place] = _OfOneReader(day=today)
            self._by_reader.move_to_end(place)
            while len(self._by_reader) > self.most:
                self._by_reader.popitem(last=False)
            return mine


@dataclass
class _Facts:
    """The facts of the dossiers that were asked for last, each with the hash that they end in."""

    most: int
    _kept: OrderedDict[int, tuple[str, Sequence[Fact]]] = field(default_factory=OrderedDict)
    _count: int = 0
    _lock: Lock = field(default_factory=Lock)

    def of(self, connection: Connection, found: Sequence[Head]) -> dict[int, Sequence[Fact]]:
        """Return the facts of these dossiers; only those that are not kept are read."""
        with self._lock:
            kept = {head.id: self._kept.get(head.id) for head in found}
        facts = {head.id: one[1] for head in found if (one := kept[head.id]) and one[0] == head.head_hash}
        read = [head for head in found if head.id not in facts]
        if read:
            facts.update(dossiers.facts_of(connection, read))
            with self._lock:
                for head in read:
                    self._keep(head, facts[head.id])
        return facts

    def _keep(self, head: Head, facts: Sequence[Fact]) -> None:
        _, before = self._kept.pop(head.id, ("", ()))
        self._kept[head.id] = (head.head_hash, facts)
        self._count += len(facts) - len(before)
        while self._count > self.most:
            _, (_, dropped) = self._kept.popitem(last=False)
            self._count -= len(dropped)


@dataclass
class _OfOneReader:
    """One reader's snapshots of one treaty on one day, by dossier, each with the hash that its facts end in."""

    day: date
    kept: dict[int, tuple[str, Snapshot]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def has(self, head: Head) -> bool:
        found = self.kept.get(head.id)
        return found is not None and found[0] == head.head_hash


def _snapshot(pathway: Pathway, state: str, facts: Sequence[Fact], reader: Reader, today: date) -> Snapshot:
    dossier = project(pathway, state, facts, on=today, reader=reader)
    found = agenda(pathway, dossier)
    legal, knows_stage = dossier.legal, may_know_stage(reader, state)
    is_own = state in reader.own
    is_on_its_way = knows_stage and not legal.status.is_party
    return Snapshot(
        state=state,
        legal_status=legal.status,
        standing=dossier.standing,
        review_on=dossier.review_on,
        knows_stage=knows_stage,
        stage=dossier.stage if knows_stage else None,
        since=dossier.entered_on if knows_stage else None,
        tier=dossier.tier if knows_stage else None,
        signature=legal.signature.effective if legal.signature else None,
        deposit=legal.deposit.effective if legal.deposit else None,
        instrument=legal.instrument,
        entry_into_force=legal.entry_into_force,
        withdrawal_effective=legal.withdrawal_effective,
        steps=found.steps if knows_stage else (),
        items=tuple(item for item in found.items if knows_stage or (is_own and item.is_public)),
        falls=tuple(falling(dossier, owed(pathway, dossier) if may_know_reports(reader, state) else ())),
        next_step=next_step(pathway, dossier) if is_on_its_way else None,
        last_word=last_word(pathway, dossier) if is_on_its_way else None,
        promises=tuple(promises(dossier)),
    )
