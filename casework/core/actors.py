"""Who acted: how persons are called in a list or a sentence, and the note of what they did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from casework.core.workspace import Workspace
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Word
from sources.alphabet import alphabetical

_PERSON = "person:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Somebody to choose."""

    person: int
    name: str


Somebody = TypeVar("Somebody", bound=Named)


def by_name(found: Iterable[Somebody]) -> tuple[Somebody, ...]:
    """Return persons in the order of their names."""
    return tuple(sorted(found, key=lambda one: (alphabetical(one.name), one.person)))


def names_of(connection: Connection, actors: Iterable[str | None]) -> dict[str, str]:
    """Return how the persons among these actors (`person:7`) are called, by actor."""
    numbers = {int(actor.removeprefix(_PERSON)) for actor in actors if actor and actor.startswith(_PERSON)}
    return {f"{_PERSON}{number}": name for number, name in people.names(connection, numbers).items()}


def name_of(connection: Connection, person: int) -> str:
    """Return how a person is called in a sentence."""
    row: Any = people.person(connection, person)
    return str(row["name"]) if row else f"person {person}"


def called(connection: Connection, actor: str | None) -> str:
    """Return what an actor is called in a sentence: a name, or a word of each language."""
    kind, _, number = (actor or "").partition(":")
    if kind == "person" and number.isdigit():
        return name_of(connection, int(number))
    return Word("the operator") if kind == "operator" else Word("the record itself")


def number_of(reader: Reader) -> int | None:
    """Return the number of the person who reads; None when it is the operator or the record itself."""
    kind, _, number = reader.actor.partition(":")
    return int(number) if kind == "person" and number.isdigit() else None


def note(workspace: Workspace, connection: Connection, reader: Reader, what: str, row: str, **detail: object) -> None:
    """Note a change of an ordinary row in the audit: numbers, days and codes, never a name."""
    people.audit(connection, at=workspace.stamp(), actor=reader.actor, what=what, row=row, **detail)
