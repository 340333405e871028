"""Closings: how the end of a follow-up looks to one reader.

What was overtaken by a fact that the reader may not read looks like everything else that the Secretariat has closed:
its words are for itself, and no other page tells one from the other. What the reader may read says of itself whether it
is what was asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from casework.core.workspace import Workspace
from casework.follow_ups.outcomes import EXCHANGE, Became
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.lifecycle import BY_TIME, occasion_of, overtaken_by
from models.ledger import readable
from models.people import terms_of_service
from models.people.terms_of_service import Term
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import STEP
from pathways.grammar.refusals import Word
from pathways.grammar.roles import powers

#: What is said of such an end; no person's words, and in every language.
BY_THE_SECRETARIAT = "closed by the Secretariat"
_SAID = {Became.STEP_TAKEN: Word("the step was taken"), Became.HEARD_FROM: Word("the State was heard from")}


class Doing(NamedTuple):
    """What a fact that overtook a follow-up says was done: its kind, and which step if it is one."""

    kind: str
    step: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Closings:
    """What one reader may know of how follow-ups of a treaty ended."""

    reader: Reader
    readable: frozenset[str]  # of the facts that overtook them
    terms: tuple[Term, ...]
    facts: Mapping[str, Doing] = field(default_factory=dict)  # what the readable ones say

    @classmethod
    def of(cls, workspace: Workspace, connection: Connection, reader: Reader, found: Iterable[FollowUp]) -> Closings:
        """Read what is wanted of these follow-ups."""
        closed = [f for f in found if f.closed_on is not None]
        treaty = closed[0].treaty if closed else ""
        by_persons = not reader.is_secretariat and any((f.closed_by or "").startswith("person:") for f in closed)
        facts = _overtaking(workspace, connection, reader, treaty, [f.outcome for f in closed])
        return cls(
            reader=reader,
            readable=frozenset(facts),
            facts=facts,
            terms=tuple(terms_of_service.terms(connection, treaty)) if by_persons else (),
        )

    def shown(self, found: FollowUp) -> FollowUp:
        """Return a follow-up as its end may be told to the reader."""
        if found.closed_on is None or not self._is_the_secretariats(found):
            return found
        return found._replace(outcome=BY_THE_SECRETARIAT, closed_by=None)

    def became(self, shown: FollowUp) -> Became | None:
        """Return what a fact did of it, of a follow-up as it is shown: where the fact is just what was asked for."""
        doing = self.facts.get(overtaken_by(shown.outcome) or "")
        if doing is None:
            return None
        if shown.occasion == Occasion.READY and doing == Doing(STEP, shown.about):
            return Became.STEP_TAKEN
        return Became.HEARD_FROM if shown.occasion == Occasion.SILENCE and doing.kind == EXCHANGE else None

    def in_words(self, shown: FollowUp) -> str:
        """Return how a follow-up ended, as it is shown, for a sentence: no fact by its number."""
        if overtaken_by(shown.outcome) in (None, BY_TIME):
            return (shown.outcome or "").rstrip(".")
        became = self.became(shown)
        return _SAID[became] if became else Word("overtaken by a fact")

    def _is_the_secretariats(self, found: FollowUp) -> bool:
        fact = overtaken_by(found.outcome)
        if fact == BY_TIME:
            return not (found.is_public or self.reader.is_secretariat)
        if fact is not None:
            return fact not in self.readable
        return not self.reader.is_secretariat and self._closed_by_the_secretariat(found)

    def _closed_by_the_secretariat(self, found: FollowUp) -> bool:
        kind, _, number = (found.closed_by or "").partition(":")
        if kind != "person":
            return True
        # However a term ended: what an officer closed stays the Secretariat's, also where the end is entered later.
        return any(
            str(term.held.person_id) == number
            and powers(term.held.role).is_secretariat
            and found.closed_on is not None
            and term.first <= found.closed_on
            for term in self.terms
        )


def facts_read(
    workspace: Workspace, connection: Connection, reader: Reader, treaty: str, outcomes: Iterable[str | None]
) -> frozenset[str]:
    """Return those of the facts that overtook follow-ups which the reader may read."""
    return frozenset(_overtaking(workspace, connection, reader, treaty, outcomes))


def _overtaking(
    workspace: Workspace, connection: Connection, reader: Reader, treaty: str, outcomes: Iterable[str | None]
) -> dict[str, Doing]:
    facts = {fact for fact in map(overtaken_by, outcomes) if fact not in (None, BY_TIME)}
    if not facts:
        return {}
    pathway = workspace.pathway(treaty)
    assessments = [kind.name for kind in pathway.kinds if kind.is_assessment]
    found = readable.among(connection, reader, sorted(map(str, facts)), assessments=assessments)
    return {one.id: Doing(one.kind, json.loads(one.data).get("step", "") if one.kind == STEP else "") for one in found}


def ended_by(found: Iterable[FollowUp], day: date) -> Mapping[str, str | None]:
    """Return how occasions had ended by a day, of those for which nothing was open then."""
    there = [f for f in found if f.opened_on <= day]
    still = {occasion_of(f) for f in there if f.closed_on is None or f.closed_on > day}
    closed = [(f.closed_on, f.id, f) for f in there if f.closed_on is not None and occasion_of(f) not in still]
    return {occasion_of(f): f.outcome for _, _, f in sorted(closed, key=lambda one: one[:2])}


def stays_closed(outcomes: Mapping[str, str | None], read: frozenset[str], reader: Reader) -> frozenset[str]:
    """Return the occasions, of those closed, that do not come again to a reader: all but what the reader knows of.

    An occasion that was overtaken comes again when what overtook it is gone. To who may not read it, it never was.
    """
    return frozenset(key for key, outcome in outcomes.items() if not _comes_again(outcome, read, reader))


def _comes_again(outcome: str | None, read: frozenset[str], reader: Reader) -> bool:
    fact = overtaken_by(outcome)
    return reader.is_secretariat if fact == BY_TIME else fact in read
