"""The table of roles: what each reads, may do, is told, and how it is given. What does not stand in it is nothing.

A mandate in the database may name any role; one that nobody has entered here opens no door, gets no letter and
cannot be given. Rules, SQL, pages, commands and letters are made from the rows; none keeps a list of roles of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


class Right(StrEnum):
    """Something one may be allowed to do to a dossier."""

    FILE = "file"
    STEP = "step"
    RECORD = "record"  # file the depositary's word by hand
    SETTLE = "settle"
    FOLLOW_UP = "follow_up"
    RELEASE = "release"  # name somebody who may know a fact
    PROPOSE = "propose"  # bring a fact before the Secretariat, of the own State
    NEXT_STEP = "next_step"  # write what comes next for a State
    TAKE_DOWN = "take_down"  # keep meetings; take down and check what was said there


class Reach(StrEnum):
    """Over which States something goes."""

    NOWHERE = "nowhere"
    OWN = "own"  # the State whose contact one is; never an assessment of it
    SCOPE = "scope"  # the States that one's mandate serves
    EVERYWHERE = "everywhere"


class Vacancy(StrEnum):
    """What follows when nobody holds a role."""

    UNNOTICED = "unnoticed"
    SHOWN = "shown"  # on the page of people
    FOLLOWED_UP = "followed_up"  # the Secretariat is asked to find somebody (E3.9)


@dataclass(frozen=True, kw_only=True, slots=True)
class Powers:
    """What a role is; what is not said of it is nothing."""

    serves: Reach = Reach.NOWHERE  # which States its mandate is about
    is_secretariat: bool = False  # keeps the record: persons, access, runs, and what is done for all States at once

    # What it reads of each sensitivity. What a State gave or was released to it, and what is for States Parties, its
    # contact reads by being of that State.
    parties: Reach = Reach.NOWHERE
    coordination: Reach = Reach.NOWHERE
    confidential: Reach = Reach.NOWHERE
    sees_roster: bool = False  # who else serves, and what is vacant

    may: frozenset[Right] = frozenset()  # to the dossiers of the States it serves

    # What it is asked and told.
    takes_follow_ups: bool = False  # is asked for one about a State it serves, and may own it
    reaches_out: bool = False  # may be asked for a word to a State; who may not is only informed (E3.7)
    told_of_steps: bool = False  # gets a letter when a State it serves gains or loses a stage
    stands_by_the_state: bool = False  # is named on the page of a State it serves

    # How it is given.
    of_a_state: bool = False  # to a State, never to an organ
    by_consent: bool = False  # by its own consent, to a State Party of the region (E3.4, E3.6, B15)
    of_the_bureau: bool = False  # to a Vice-President, for the term of the Bureau
    vacancy: Vacancy = Vacancy.UNNOTICED

    def reads(self, level: str) -> Reach:
        """Return how far the role reads at a level of sensitivity, by its label."""
        found = {"parties": self.parties, "coordination": self.coordination, "confidential": self.confidential}
        return found.get(level, Reach.NOWHERE)


NOTHING = Powers()
_ORGAN = Powers(
    serves=Reach.EVERYWHERE,
    parties=Reach.EVERYWHERE,
    coordination=Reach.EVERYWHERE,
    sees_roster=True,
    may=frozenset({Right.TAKE_DOWN}),
    vacancy=Vacancy.SHOWN,
)

#: The one table of roles.
ROLES: dict[str, Powers] = {
    Role.SECRETARIAT: Powers(
        serves=Reach.EVERYWHERE,
        is_secretariat=True,
        parties=Reach.EVERYWHERE,
        coordination=Reach.EVERYWHERE,
        confidential=Reach.EVERYWHERE,
        sees_roster=True,
        may=frozenset(
            {
                *(Right.FILE, Right.STEP, Right.RECORD, Right.SETTLE, Right.FOLLOW_UP, Right.NEXT_STEP, Right.RELEASE),
                Right.TAKE_DOWN,
            }
        ),  # it files itself, and proposes nothing
        takes_follow_ups=True,
        reaches_out=True,
        stands_by_the_state=True,
        vacancy=Vacancy.FOLLOWED_UP,
    ),
    Role.PRESIDENT: _ORGAN,
    Role.CHAIR: _ORGAN,
    Role.COORDINATOR: Powers(
        serves=Reach.SCOPE,
        parties=Reach.EVERYWHERE,
        coordination=Reach.SCOPE,
        sees_roster=True,
        may=frozenset({Right.FILE, Right.STEP, Right.FOLLOW_UP, Right.NEXT_STEP}),
        takes_follow_ups=True,
        told_of_steps=True,
        stands_by_the_state=True,
        of_a_state=True,
        of_the_bureau=True,
        vacancy=Vacancy.FOLLOWED_UP,
    ),
    Role.CHAMPION: Powers(
        serves=Reach.SCOPE,
        parties=Reach.EVERYWHERE,
        coordination=Reach.SCOPE,
        sees_roster=True,
        may=frozenset({Right.FILE, Right.FOLLOW_UP, Right.NEXT_STEP}),  # a champion reports and answers
        takes_follow_ups=True,
        reaches_out=True,
        told_of_steps=True,
        stands_by_the_state=True,
        of_a_state=True,
        by_consent=True,
        vacancy=Vacancy.FOLLOWED_UP,
    ),
    Role.CONTACT: Powers(
        serves=Reach.OWN,
        may=frozenset({Right.PROPOSE}),
        stands_by_the_state=True,
        of_a_state=True,
    ),
}

#: Nearest to a State first: who answers for it, then who accompanies it, then who serves all.
_NEAREST = (Reach.OWN, Reach.SCOPE, Reach.EVERYWHERE, Reach.NOWHERE)


def powers(role: str) -> Powers:
    """Return what a role gives; nothing for one that is not in the table."""
    return ROLES.get(role, NOTHING)


def roles_that(has: Callable[[Powers], bool]) -> tuple[str, ...]:
    """Return the roles of which something holds, in the order of the table."""
    return tuple(str(role) for role, row in ROLES.items() if has(row))


def every_role() -> tuple[str, ...]:
    """Return the roles there are, in the order of the table: each may be given to somebody."""
    return tuple(map(str, ROLES))


def place(role: str) -> int:
    """Return a role's place in the table; one that is not in it comes after all."""
    return list(ROLES).index(role) if role in ROLES else len(ROLES)


def nearness(role: str) -> tuple[int, bool, int]:
    """Return a role's place by how near it stands to a State; of two as near, the one that may be asked to reach out.

    In the nearest of the roles that somebody holds, that person is told and asked.
    """
    row = powers(role)
    return _NEAREST.index(row.serves), not row.reaches_out, place(role)


def see_roster(roles: Iterable[str]) -> bool:
    """Tell whether one of some roles sees who else serves."""
    return any(powers(role).sees_roster for role in roles)
