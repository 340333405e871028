"""Visibility: which follow-ups a reader may know of. One that a reader may not know of looks as if it did not exist.

The Secretariat knows all but what a person has opened about a State whose mandate the reader holds as well. A
coordinator or champion knows, of the States in scope, what is public, what was meant for the own role, what is the own,
and what the facts the reader may read bring up by themselves. What a person has opened is held as that person said, by
the same rule as facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from casework.core.workspace import Workspace
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.lifecycle import occasion_of
from models.store.engine import Connection
from pathways.grammar.agenda import Item, Occasion, apart_from_the_day, heard_last
from pathways.grammar.clearance import Reader, may_read_words
from pathways.grammar.roles import Right


@dataclass
class Visibility:
    """What one reader may know of the follow-ups of one treaty, today."""

    workspace: Workspace
    connection: Connection
    reader: Reader
    _agendas: dict[str, dict[str, Mapping[str, Item]]] = field(default_factory=dict)  # by treaty, State and occasion

    @classmethod
    def over(
        cls,
        workspace: Workspace,
        connection: Connection,
        reader: Reader,
        *,
        treaty: str,
        state: str,
        items: Iterable[Item],
    ) -> Visibility:
        """Return the reach over one State's follow-ups, where what its facts bring up is known already."""
        return cls(workspace, connection, reader, {treaty: {state: _by_occasion(items)}})

    @property
    def is_whole(self) -> bool:
        """Tell whether the reader may know of every follow-up there is."""
        return self.reader.is_secretariat and not self.reader.represented

    def has(self, follow_up: FollowUp) -> bool:
        """Tell whether the reader may know of a follow-up, and so may handle it."""
        state = follow_up.state
        if not self.reads_words(follow_up):
            return False
        if self.reader.is_secretariat:
            return True
        if state is None or not self.reader.may(Right.FOLLOW_UP, state):
            return False
        if follow_up.sensitivity is not None or follow_up.is_public or self._concerns(follow_up):
            return True
        item = self._brought_up_by(follow_up)
        return item is not None and occasion_of(follow_up).endswith(f":{item.key}")

    def silent_since(self, follow_up: FollowUp) -> date | None:
        """Return since when nothing was heard, as far as the reader may read; of a silence that is open."""
        if follow_up.closed_on is not None or follow_up.occasion != Occasion.SILENCE:
            return None
        item = self._brought_up_by(follow_up)
        return heard_last(item.key) if item else None

    def reads_words(self, found: FollowUp) -> bool:
        """Tell whether the reader may read what a person has opened a follow-up for; every other is opened by rule."""
        return may_read_words(self.reader, found.state, found.sensitivity, found.opened_by)

    def _concerns(self, follow_up: FollowUp) -> bool:
        rungs = follow_up.rungs.split(",")
        is_asked = any(self.reader.serves_as(role, follow_up.state) for role in rungs)
        owner = f"person:{follow_up.owner_id}"
        return is_asked or self.reader.actor in (owner, follow_up.closed_by)

    def _brought_up_by(self, found: FollowUp) -> Item | None:
        """Return what the reader's own facts bring up today of the same, from whatever day they count a silence."""
        if found.treaty not in self._agendas:
            self._agendas[found.treaty] = self._agenda_of(found.treaty)
        theirs = self._agendas[found.treaty].get(found.state or "", {})
        return theirs.get(apart_from_the_day(occasion_of(found).removeprefix(f"{found.treaty}/{found.state}:")))

    def _agenda_of(self, treaty: str) -> dict[str, Mapping[str, Item]]:
        """Return what each State brings up: of all at once, since who asks for one of a list asks for the next."""
        pathway = self.workspace.pathway(treaty)
        placed = self.workspace.snapshots.of(self.connection, pathway, self.reader, self.workspace.today())
        return {snapshot.state: _by_occasion(snapshot.items) for _, _, snapshot in placed if snapshot.items}


def _by_occasion(items: Iterable[Item]) -> Mapping[str, Item]:
    return {apart_from_the_day(item.key): item for item in items}
