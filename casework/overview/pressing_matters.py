"""Matters: what needs somebody, about a State or not, as far as one reader may know, and who has it in hand.

Follow-ups come within the reader's reach only; what the facts bring up besides, from the reader's own snapshots.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.directory import Directory
from casework.core.escalation import CHASES, ask, may_be_asked
from casework.core.snapshots import PlacedSnapshot, Snapshot
from casework.follow_ups.periods import AHEAD, SOON
from casework.follow_ups.visibility import Visibility
from casework.follow_ups.whose import Part, part_of
from casework.overview.matter import Matter
from models.follow_ups.open_follow_ups import Holder, OpenFollowUp
from pathways.grammar.agenda import Item, heard_last
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Role, powers
from pathways.grammar.stages import Stage
from sources.alphabet import alphabetical

FORCE, LEAVES = "entry_into_force", "withdrawal"


@dataclass(frozen=True, kw_only=True, slots=True)
class PressingMatter(Matter):
    """A matter as it stands today for a reader, or a date that is near.

    `days`: until it is due, below nought when it is late. `asked` is the role that it waits for while nobody owns it; a
    date of the treaty waits for nobody. `link` leads to where the next thing is done.
    """

    days: int
    asked: str
    is_others: bool  # another has it in hand or is asked, as in the inbox
    is_for_information: bool  # it has reached the reader's role, of which no outreach is asked
    link: str
    silent_since: date | None = None  # of a silence, to who may know

    @property
    def wants_nobody(self) -> bool:
        """Tell whether the day itself brings it, so that nobody has anything to do."""
        return self.occasion in (FORCE, LEAVES)

    @property
    def is_late(self) -> bool:
        """Tell whether its day has passed."""
        return self.days < 0

    @property
    def is_soon(self) -> bool:
        """Tell whether its day is near."""
        return 0 <= self.days <= SOON.days


def late_first(matters: Iterable[PressingMatter]) -> list[PressingMatter]:
    """Return what many States need as one list: by day, then by name, what concerns no State before those."""
    return sorted(matters, key=lambda matter: (matter.due_on, alphabetical(matter.name or "")))


@dataclass(frozen=True, kw_only=True)
class CaseMaterial:
    """All that a reader's cases are made of."""

    today: date
    placed: list[PlacedSnapshot]
    in_hand: list[OpenFollowUp]
    holders: list[Holder]
    closed: frozenset[str]  # occasions on the reader's agenda that somebody has closed


@dataclass
class Work:
    """What is being done, as far as the reader may know: follow-ups within reach, and who has them in hand."""

    treaty: str
    reader: Reader
    today: date
    known: Sequence[OpenFollowUp]
    closed: frozenset[str]
    names: Mapping[int, str]
    directory: Directory
    by_state: Mapping[str, Sequence[OpenFollowUp]]
    visibility: Visibility

    @classmethod
    def of(cls, given: CaseMaterial, visibility: Visibility, treaty: str) -> Work:
        """Sort out what the reader may know."""
        known = [one for one in given.in_hand if visibility.has(one.follow_up)]
        by_state: dict[str, list[OpenFollowUp]] = {}
        for one in known:
            by_state.setdefault(one.follow_up.state or "", []).append(one)
        return cls(
            treaty=treaty,
            reader=visibility.reader,
            today=given.today,
            known=known,
            closed=given.closed,
            names={held.person_id: name for held, name in given.holders},
            directory=Directory(
                held=[held for held, _ in given.holders],
                regions={snapshot.state: (region, group) for region, group, snapshot in given.placed},
            ),
            by_state=by_state,
            visibility=visibility,
        )

    def matters(self, snapshot: Snapshot, name: str) -> tuple[PressingMatter, ...]:
        """Return what is open of a State and does not rest, what its facts bring up besides, and the dates ahead.

        The most pressing comes first; of one day, in this order.
        """
        return tuple(sorted(self._all(snapshot, name), key=lambda matter: matter.days))

    def matter_of(self, one: OpenFollowUp, name: str | None) -> PressingMatter:
        """Return an open follow-up as a matter."""
        found, owner = one
        part = part_of(found, self.reader)
        return PressingMatter(
            state=found.state,
            name=name,
            region=found.region,
            occasion=found.occasion,
            about=found.about,
            due_on=found.due_on,
            days=(found.due_on - self.today).days,
            follow_up=found.id,
            owner=owner,
            words=found.words,
            asked=found.asked,
            is_others=part is Part.OTHERS,
            is_for_information=part is Part.FOR_INFORMATION,
            link=f"/follow-ups/{found.id}",
            silent_since=self.visibility.silent_since(found),
        )

    def owner(self, snapshot: Snapshot, matters: Sequence[PressingMatter]) -> str | None:
        """Return who has a State in hand: who owns the most pressing matter, or leads the role that it asks.

        Nobody where nothing wants anybody, nor where a role is only told of it (E3.7).
        """
        if not snapshot.knows_stage or snapshot.legal_status.is_party:
            return None
        first = next((matter for matter in matters if not matter.wants_nobody), None)
        if first is None or first.owner or (first.occasion in CHASES and not powers(first.asked).reaches_out):
            return first.owner if first else None
        held = self.directory.holders(first.asked, snapshot.state, self.treaty)
        return self.names.get(held[0].person_id) if held else None

    def next_on(self, snapshot: Snapshot) -> date | None:
        """Return the next day on which something of a State is due or falls; what rests does so when it is due."""
        told = [follow_up for follow_up, _ in self.by_state.get(snapshot.state, ())]
        new = list(self._new(snapshot))
        asked = {(one.occasion, one.about) for one in told} | {(item.occasion, item.about) for item in new}
        days = [max(one.due_on, one.snoozed_until or one.due_on) for one in told] + [item.due_on for item in new]
        days += [fall.day.last for fall in snapshot.falls if not fall.is_among(asked)]
        return min(days, default=None)

    def _new(self, snapshot: Snapshot) -> Iterator[Item]:
        """Yield what the facts bring up and no follow-up speaks of, nor did one that was closed."""
        spoken_of = {(f.occasion, f.about) for f, _ in self.by_state.get(snapshot.state, ())}
        for item in snapshot.items:
            is_new = f"{self.treaty}/{snapshot.state}:{item.key}" not in self.closed
            if is_new and (item.occasion, item.about) not in spoken_of:
                yield item

    def _all(self, snapshot: Snapshot, name: str) -> Iterator[PressingMatter]:
        for one in self.by_state.get(snapshot.state, ()):
            rests = one.follow_up.snoozed_until
            if rests is None or rests <= self.today:
                yield self.matter_of(one, name)
        for item in self._new(snapshot):
            yield self._matter(snapshot.state, name, item)
        yield from self._dates(snapshot, name)

    def _matter(self, state: str, name: str, item: Item) -> PressingMatter:
        """Return what the facts bring up as a matter of the role that the sweep will ask; an own State's is its own."""
        role = ask(self.directory, item.rungs, 0, state, self.treaty).role or Role.SECRETARIAT
        is_theirs = self.reader.serves_as(role, state)
        is_others = not is_theirs and state not in self.reader.own
        informs = is_theirs and not may_be_asked(self.reader, item.occasion, state)
        return self._of_facts(
            state,
            name,
            item.occasion,
            item.about,
            item.due_on,
            asked=role,
            is_others=is_others,
            informs=informs,
            silent_since=heard_last(item.key),
        )

    def _dates(self, snapshot: Snapshot, name: str) -> Iterator[PressingMatter]:
        force, leaves = snapshot.entry_into_force, snapshot.withdrawal_effective
        if force is not None and leaves is None and self._is_ahead(snapshot, force.last, Stage.IMPLEMENTATION):
            yield self._of_facts(snapshot.state, name, FORCE, "", force.last)
        if leaves is not None and self._is_ahead(snapshot, leaves, Stage.OUTSIDE):
            yield self._of_facts(snapshot.state, name, LEAVES, "", leaves)

    def _is_ahead(self, snapshot: Snapshot, day: date, target: Stage) -> bool:
        """Tell whether a day is near and still brings something: not once its step is taken, to who may know that."""
        is_taken = snapshot.stage is target and not any(due.step.target is target for due in snapshot.steps)
        return self.today <= day <= self.today + AHEAD and not (day == self.today and is_taken)

    def _of_facts(
        self,
        state: str,
        name: str,
        occasion: str,
        about: str,
        due_on: date,
        *,
        asked: str = "",
        is_others: bool = False,
        informs: bool = False,
        silent_since: date | None = None,
    ) -> PressingMatter:
        return PressingMatter(
            state=state,
            name=name,
            region="",
            occasion=occasion,
            about=about,
            due_on=due_on,
            days=(due_on - self.today).days,
            follow_up=None,
            owner=None,
            asked=asked,
            is_others=is_others,
            is_for_information=informs,
            link=f"/states/{state}",
            silent_since=silent_since,
        )
