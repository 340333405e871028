"""Visibility: which follow-ups a reader may know of. One that a reader may not know of looks as if it did not exist.

The Secretariat knows all but what a person has opened about a State whose mandate the reader holds as well. A
coordinator or champion knows, of the States in scope, what is public, what was meant for the own role, what is the own,
and what the facts the reader may read bring up by themselves. What a person has opened is held as that person said, by
the same rule as facts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from casework.core.workspace import Workspace
from models.follow_ups.follow_up import FollowUp
from models.store.engine import Connection
from pathways.grammar.agenda import Item, heard_last
from pathways.grammar.clearance import Reader, may_read_words
from pathways.grammar.roles import Right


@dataclass
class Visibility:
    """What one reader may know of the follow-ups of one treaty, today."""

    workspace: Workspace
    connection: Connection
    reader: Reader
    _agendas: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)

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
        keys = frozenset(f"{treaty}/{state}:{item.key}" for item in items)
        return cls(workspace, connection, reader, {treaty: {state: keys}})

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
        return follow_up.key in self._on_agenda(follow_up.treaty, state)

    def silent_since(self, follow_up: FollowUp) -> date | None:
        """Return since when nothing was heard, to who may read what was heard last; of a silence that is open."""
        if follow_up.closed_on is not None or follow_up.state is None:
            return None
        knows = self.reader.is_secretariat or follow_up.key in self._on_agenda(follow_up.treaty, follow_up.state)
        return heard_last(follow_up.key) if knows else None

    def reads_words(self, found: FollowUp) -> bool:
        """Tell whether the reader may read what a person has opened a follow-up for; every other is opened by rule."""
        return may_read_words(self.reader, found.state, found.sensitivity, found.opened_by)

    def _concerns(self, follow_up: FollowUp) -> bool:
        rungs = follow_up.rungs.split(",")
        is_asked = any(self.reader.serves_as(role, follow_up.state) for role in rungs)
        owner = f"person:{follow_up.owner_id}"
        return is_asked or self.reader.actor in (owner, follow_up.closed_by)

    def _on_agenda(self, treaty: str, state: str) -> frozenset[str]:
        """Return the occasions that the facts the reader may read bring up today."""
        if treaty not in self._agendas:
            self._agendas[treaty] = self._brought_up(treaty)
        return self._agendas[treaty].get(state, frozenset())

    def _brought_up(self, treaty: str) -> dict[str, frozenset[str]]:
        """Return each State's occasions: of all at once, since who asks for one of a list asks for the next."""
        pathway = self.workspace.pathway(treaty)
        placed = self.workspace.snapshots.of(self.connection, pathway, self.reader, self.workspace.today())
        return {
            snapshot.state: frozenset(f"{treaty}/{snapshot.state}:{item.key}" for item in snapshot.items)
            for _, _, snapshot in placed
            if snapshot.items
        }
