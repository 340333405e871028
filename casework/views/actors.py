"""Persons by name: how those are called who acted, and whom to choose from. Who may know it is decided before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from models.people import people
from models.store.engine import Connection
from sources.states import fold

_PERSON = "person:"


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """Somebody to choose."""

    person: int
    name: str


Somebody = TypeVar("Somebody", bound=Named)


def by_name(found: Iterable[Somebody]) -> tuple[Somebody, ...]:
    """Return persons in the order of their names."""
    return tuple(sorted(found, key=lambda one: (fold(one.name), one.person)))


def names_of(connection: Connection, actors: Iterable[str | None]) -> dict[str, str]:
    """Return how the persons among these actors (`person:7`) are called, by actor."""
    numbers = {int(actor.removeprefix(_PERSON)) for actor in actors if actor and actor.startswith(_PERSON)}
    return {f"{_PERSON}{number}": name for number, name in people.names(connection, numbers).items()}
