"""The table of roles: which States each serves, and how far it reads. What does not stand in it is nothing.

A mandate in the database may name any role; one that nobody has entered here opens no door.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A role that the code speaks of by name."""

    SECRETARIAT = "secretariat"
    PRESIDENT = "president"
    CHAIR = "chair"
    COORDINATOR = "coordinator"
    CHAMPION = "champion"
    CONTACT = "contact"


class Reach(StrEnum):
    """Over which States something goes."""

    NOWHERE = "nowhere"
    OWN = "own"  # the State whose contact one is; never an assessment of it
    SCOPE = "scope"  # the States that one's mandate serves
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, kw_only=True, slots=True)
class Powers:
    """What a role reads of each sensitivity; what is not said is nothing.

    What a State gave or was released to it, and what is for States Parties, its contact reads by being of that State.
    """

    parties: Reach = Reach.NOWHERE
    coordination: Reach = Reach.NOWHERE
    confidential: Reach = Reach.NOWHERE
    serves: Reach = Reach.NOWHERE  # which States its mandate is about
    sees_roster: bool = False  # who else serves, and what is vacant

    def reads(self, level: str) -> Reach:
        """Return how far the role reads at a level of sensitivity, by its label."""
        found = {"parties": self.parties, "coordination": self.coordination, "confidential": self.confidential}
        return found.get(level, Reach.NOWHERE)


NOTHING = Powers()
_ORGAN = Powers(serves=Reach.EVERYWHERE, parties=Reach.EVERYWHERE, coordination=Reach.EVERYWHERE, sees_roster=True)
_OF_A_REGION = Powers(serves=Reach.SCOPE, parties=Reach.EVERYWHERE, coordination=Reach.SCOPE, sees_roster=True)

#: The one table of what is read, and of which States a mandate is about.
ROLES: dict[str, Powers] = {
    Role.SECRETARIAT: Powers(
        serves=Reach.EVERYWHERE,
        parties=Reach.EVERYWHERE,
        coordination=Reach.EVERYWHERE,
        confidential=Reach.EVERYWHERE,
        sees_roster=True,
    ),
    Role.PRESIDENT: _ORGAN,
    Role.CHAIR: _ORGAN,
    Role.COORDINATOR: _OF_A_REGION,
    Role.CHAMPION: _OF_A_REGION,
    Role.CONTACT: Powers(serves=Reach.OWN),
}


def powers(role: str) -> Powers:
    """Return what a role gives; nothing for one that is not in the table."""
    return ROLES.get(role, NOTHING)


def place(role: str) -> int:
    """Return a role's place in the table; one that is not in it comes after all."""
    return list(ROLES).index(role) if role in ROLES else len(ROLES)


def reaches(roles: Iterable[str], level: str) -> frozenset[Reach]:
    """Return how far some roles together read at a level of sensitivity."""
    return frozenset(powers(role).reads(level) for role in roles) - {Reach.NOWHERE}


def see_roster(roles: Iterable[str]) -> bool:
    """Tell whether one of some roles sees who else serves."""
    return any(powers(role).sees_roster for role in roles)
