"""Clearance: who may know what: five levels of sensitivity, and the one rule that reads them.

The same rule stands as SQL among the models; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum

from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.roles import Reach, Right, Role, powers


class NoSensitivity(Refused, ValueError):
    """No level of sensitivity has this name."""


class Sensitivity(IntEnum):
    """How closely a fact is held. Stored as the integer: a name would compare as a word."""

    PUBLIC = 0
    PARTIES = 1
    COORDINATION = 2
    CONFIDENTIAL = 3
    PERSONAL = 4

    @property
    def label(self) -> str:
        """Return the word that files, commands and JSON use."""
        return self.name.lower()

    @classmethod
    def named(cls, label: str) -> Sensitivity:
        """Return the level of that name, or raise NoSensitivity with the names there are."""
        try:
            return cls[label.upper()]
        except KeyError:
            raise NoSensitivity(
                refusal("no_such_sensitivity", level=label, levels=tuple(s.label for s in cls))
            ) from None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reader:
    """Somebody who asks, as their mandates stand today.

    `serving` holds each role with the ISO codes of the States it serves, none where it serves every State; `party`
    tells whether a State whose contact the reader is, is a State Party; `of_states` are the States that gave one of the
    reader's mandates, in whatever role and for whatever treaty; `sees_personal` is the named administrator.
    """

    actor: str
    serving: tuple[tuple[str, frozenset[str]], ...] = ()
    of_states: frozenset[str] = frozenset()
    party: bool = False
    sees_personal: bool = False

    @classmethod
    def of(
        cls,
        actor: str,
        serving: Mapping[str, Iterable[str]],
        *,
        of_states: Iterable[str] = (),
        party: bool = False,
        sees_personal: bool = False,
    ) -> Reader:
        """Return who serves these States in these roles, by mandates of those."""
        held = tuple((role, frozenset(serving[role])) for role in sorted(serving))
        return cls(actor=actor, serving=held, of_states=frozenset(of_states), party=party, sees_personal=sees_personal)

    @property
    def roles(self) -> frozenset[str]:
        """Return the roles that the reader holds."""
        return frozenset(role for role, _ in self.serving)

    @property
    def is_secretariat(self) -> bool:
        """Tell whether the reader serves the Secretariat."""
        return any(powers(role).is_secretariat for role, _ in self.serving)

    @property
    def own(self) -> frozenset[str]:
        """Return the States whose contact the reader is."""
        return self.served(Reach.OWN)

    @property
    def represented(self) -> frozenset[str]:
        """Return the States that the reader holds a mandate of; never is an assessment of one of them shown."""
        return self.of_states | self.own

    def served(self, reach: Reach) -> frozenset[str]:
        """Return the States that the reader serves in roles of that reach; the codes of those named one by one."""
        return frozenset().union(*(states for role, states in self.serving if powers(role).serves is reach))

    def accompanies(self, state: str) -> bool:
        """Tell whether the reader serves a State among those of a mandate's scope, as champions and coordinators do."""
        return state in self.served(Reach.SCOPE)

    def serves_as(self, role: str, state: str | None) -> bool:
        """Tell whether the reader holds a role and serves a State in it; what is of no State, the role alone serves."""
        return any(
            held == role and (state is None or state in states or powers(role).serves is Reach.EVERYWHERE)
            for held, states in self.serving
        )

    def may(self, right: Right, state: str) -> bool:
        """Tell whether a role gives the reader a right over a State's dossier."""
        return any(self.roles_with(right, state))

    def roles_with(self, right: Right, state: str) -> Iterator[str]:
        """Yield the roles that give the reader a right over a State's dossier."""
        for role, states in self.serving:
            row = powers(role)
            if right in row.may and (state in states or row.serves is Reach.EVERYWHERE):
                yield role


#: The operator of the machine: the whole record lies on that disk already.
OPERATOR = Reader.of("operator", {Role.SECRETARIAT: ()}, sees_personal=True)
#: The public.
ANYONE = Reader(actor="anyone")


@dataclass(frozen=True, kw_only=True, slots=True)
class Guarded:
    """What the rule needs to know of a fact."""

    state: str
    sensitivity: Sensitivity
    author: str
    given_by_state: bool = False
    assessment: bool = False
    released_to: frozenset[str] = frozenset()


def may_read(reader: Reader, fact: Guarded) -> bool:
    """Tell whether the reader may know the fact (the table “who may read”, H1, part 7.1).

    A release names its audience: an actor (`person:7`) or the State itself (`state:PHL`). Neither a
    release, whenever given, nor any mandate opens an assessment to whoever holds a mandate of the State it is about.
    """
    if fact.sensitivity is Sensitivity.PUBLIC or fact.author == reader.actor:
        return True
    if fact.assessment and fact.state in reader.represented:
        return False
    if fact.sensitivity is Sensitivity.PERSONAL:
        return reader.sees_personal or reader.actor in fact.released_to
    if reader.actor in fact.released_to or _own_record_allows(reader, fact):
        return True
    if fact.sensitivity is Sensitivity.PARTIES and reader.party:
        return True
    return _mandate_allows(reader, fact)


def may_know_stage(reader: Reader, state: str) -> bool:
    """Tell whether the reader may know our assessment of a State: stage, tier and what is missing."""
    return may_read(reader, Guarded(state=state, sensitivity=Sensitivity.COORDINATION, author="", assessment=True))


def may_read_words(reader: Reader, state: str | None, level: Sensitivity | None, author: str | None) -> bool:
    """Tell whether the reader may know what a person said beside the ledger; as an assessment, never the State itself.

    What is about no State is the Secretariat's alone, and where no person said anything, nothing is held back.
    """
    if state is None or level is None:
        return True
    return may_read(reader, Guarded(state=state, sensitivity=level, author=author or "", assessment=True))


def may_know_reports(reader: Reader, state: str) -> bool:
    """Tell whether the reader may know which reports came; to others a duty might look undone that was done."""
    return may_read(reader, Guarded(state=state, sensitivity=Sensitivity.PARTIES, author=""))


def _own_record_allows(reader: Reader, fact: Guarded) -> bool:
    """Let a State read what it gave or what was released to it."""
    if fact.state not in reader.own:
        return False
    if fact.sensitivity is Sensitivity.PARTIES:
        return True
    return fact.given_by_state or f"state:{fact.state}" in fact.released_to


def _mandate_allows(reader: Reader, fact: Guarded) -> bool:
    """Let each role reach as far as the table of roles says, over the States that it serves."""
    level = fact.sensitivity.label
    for role, states in reader.serving:
        row = powers(role)
        reach = row.reads(level)
        if reach is Reach.EVERYWHERE:
            return True
        is_served = fact.state in states or row.serves is Reach.EVERYWHERE
        if is_served and (reach is Reach.SCOPE or (reach is Reach.OWN and not fact.assessment)):
            return True
    return False
