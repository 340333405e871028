"""Who answers for a State: a person by mandate, the one nearest to it; so it never depends on what is open."""

from __future__ import annotations

from casework.core.directory import Directory
from models.people.people import HeldMandate
from pathways.grammar.roles import nearness, powers, roles_that

#: Whoever may be asked about a State, the nearest first: champion, coordinator, Secretariat.
ANSWERING = tuple(sorted(roles_that(lambda row: row.takes_follow_ups), key=nearness))


def owner_of(directory: Directory, state: str, treaty: str) -> HeldMandate | None:
    """Return who leads the nearest role that anybody holds for a State; None where nobody holds any."""
    found = (directory.holders(role, state, treaty) for role in ANSWERING if powers(role).takes_follow_ups)
    return next((held[0] for held in found if held), None)
