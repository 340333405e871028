"""Recipients: who is written to of a State: its contact on file, else its mission; or nobody, which is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.core.directory import Directory, lead_first
from models.enquiries import missions
from models.letters.outbox import addresses_of
from models.store.engine import Connection
from pathways.grammar.roles import Reach, powers


class Way(StrEnum):
    """By whom a State is reached."""

    CONTACT = "contact"
    MISSION = "mission"


@dataclass(frozen=True, kw_only=True, slots=True)
class Recipient:
    """Who is written to, and in which role."""

    person: int
    way: Way
    role: str = ""


class Recipients:
    """Whom letters reach on a day, by State."""

    def __init__(self, connection: Connection, directory: Directory, treaty: str) -> None:
        """Read once who serves, which missions are on file, and where letters may go."""
        self._own = _contacts(directory, treaty)
        self._missions = missions.every(connection)
        asked = {one.person for own in self._own.values() for one in own} | set(self._missions.values())
        found = addresses_of(connection, asked) if asked else []
        self._reached = {one.person_id for one in found if one.is_vouched and not one.came_back}

    def of(self, state: str) -> Recipient | None:
        """Return who is written to of a State; None when there is nobody whom a letter would reach."""
        return next((one for one in self._asked(state) if one.person in self._reached), None)

    def _asked(self, state: str) -> Iterator[Recipient]:
        yield from self._own.get(state, ())
        if state in self._missions:
            yield Recipient(person=self._missions[state], way=Way.MISSION)


def _contacts(directory: Directory, treaty: str) -> Mapping[str, tuple[Recipient, ...]]:
    """Return the contacts of each State, the lead first.

    Their letter tells nothing of their State, so they get it whether or not it may be told of itself.
    """
    found: dict[str, tuple[Recipient, ...]] = {}
    for held in sorted(directory.held, key=lead_first):
        if held.treaty == treaty and powers(held.role).serves is Reach.OWN:
            one = Recipient(person=held.person_id, way=Way.CONTACT, role=held.role)
            found[held.of] = (*found.get(held.of, ()), one)
    return found
