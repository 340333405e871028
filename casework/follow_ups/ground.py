"""Ground: what a follow-up rests on, who may read it, and what right doing what it asks takes.

Nobody is given a follow-up that the own reading would not have brought up, nor one that the own rights cannot end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from casework.core.directory import Directory
from casework.core.open_dossier import OF_THE_AGENDA
from casework.core.workspace import Workspace
from casework.follow_ups.visibility import Visibility
from models.follow_ups.follow_up import FollowUp
from models.ledger import dossiers
from models.people import people
from models.store.engine import Connection
from pathways.grammar.agenda import OWN, Item, Occasion, agenda
from pathways.grammar.clearance import Reader
from pathways.grammar.facts import Fact
from pathways.grammar.projection import project
from pathways.grammar.roles import Powers, Right

_TAKES: Mapping[str, Right] = MappingProxyType(
    {Occasion.READY: Right.STEP, Occasion.CONTRADICTION: Right.SETTLE, Occasion.REVIEW: Right.FILE}
)

#: What whoever accompanies a State may be asked for: what its agenda brings, and what a person has opened.
_ANYBODYS = OF_THE_AGENDA | {OWN}


def right_to_do(occasion: str) -> Right:
    """Return the right that doing what an occasion asks takes; answering alone takes the right to follow up."""
    return _TAKES.get(occasion, Right.FOLLOW_UP)


def can_do(row: Powers, occasion: str) -> bool:
    """Tell whether a role may do what an occasion asks; what a run opens is the Secretariat's alone."""
    if occasion not in _ANYBODYS:
        return row.is_secretariat
    return right_to_do(occasion) in row.may


def may_do(occasion: str, state: str | None, reader: Reader) -> bool:
    """Tell whether a reader has the right that doing what an occasion asks takes."""
    if state is None or occasion not in _ANYBODYS:
        return reader.is_secretariat
    return reader.may(right_to_do(occasion), state)


@dataclass
class Grounds:
    """What follow-ups rest on, looked at with the eyes of those who might be given them; each dossier is read once."""

    workspace: Workspace
    connection: Connection
    directory: Directory
    _facts: dict[tuple[str, str], list[Fact]] = field(default_factory=dict)

    def read_by(self, person: int, found: FollowUp) -> bool:
        """Tell whether a person may read what a follow-up rests on; of a step that is ready, every proof."""
        reader = self._reader(person, found.treaty)
        if found.state is None:
            return reader.is_secretariat
        items = self._brought_up(found.treaty, found.state, reader)
        if found.occasion == Occasion.READY:
            return found.key in {f"{found.treaty}/{found.state}:{item.key}" for item in items}
        visibility = Visibility.over(
            self.workspace, self.connection, reader, treaty=found.treaty, state=found.state, items=items
        )
        return visibility.has(found._replace(owner_id=None))

    def _reader(self, person: int, treaty: str) -> Reader:
        row = people.person(self.connection, person)
        reader = self.directory.reader(person, treaty, ())
        if row is None or not row["sees_personal"] or not reader.is_secretariat:
            return reader
        return self.directory.reader(person, treaty, (), sees_personal=True)

    def _brought_up(self, treaty: str, state: str, reader: Reader) -> tuple[Item, ...]:
        pathway, today = self.workspace.pathway(treaty), self.workspace.today()
        return agenda(pathway, project(pathway, state, self._of(treaty, state), on=today, reader=reader)).items

    def _of(self, treaty: str, state: str) -> list[Fact]:
        place = (treaty, state)
        if place not in self._facts:
            record = dossiers.record_of(self.connection, treaty, state)
            self._facts[place] = dossiers.facts_of(self.connection, [record])[record.id] if record else []
        return self._facts[place]
