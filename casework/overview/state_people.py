"""The people of a State: who accompanies it, who answers for it, and since when; addresses are not shown here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casework.core.directory import Directory
from models.ledger.dossiers import Record
from models.people.terms_of_service import Term
from pathways.grammar.roles import Reach, nearness, powers


@dataclass(frozen=True, kw_only=True, slots=True)
class ServingView:
    """Somebody who serves a State in a role. `of` is the State (its code, where `of_state`) or organ represented."""

    person: int
    name: str
    role: str
    mandate: int
    of: str
    of_state: bool
    is_own: bool  # answers for the State itself
    lead: bool
    since: date
    until: date | None  # the last day
    ended_on: date | None  # ended early by somebody: no longer from this day on


def serving(record: Record, terms: Iterable[Term]) -> tuple[ServingView, ...]:
    """Return who serves a State, ever: the nearest role first, and in it the lead; no State accompanies itself."""
    directory = Directory(held=[], regions={record.state: (record.region, record.group)})
    there = [term for term in terms if _serves(directory, term, record.state)]
    there.sort(key=lambda term: (nearness(term.held.role), not term.held.lead, term.held.hold_id))
    return tuple(map(_view, there))


def on_duty(served: Iterable[ServingView], day: date) -> tuple[ServingView, ...]:
    """Return those who serve on a day."""
    return tuple(one for one in served if one.since <= day and (one.until is None or day <= one.until))


def _serves(directory: Directory, term: Term, state: str) -> bool:
    row = powers(term.held.role)
    if not row.stands_by_the_state:
        return False
    is_itself = term.held.of_state and term.held.of == state and row.serves is not Reach.OWN
    return directory.serves(term.held, state) and not is_itself


def _view(term: Term) -> ServingView:
    return ServingView(
        person=term.held.person_id,
        name=term.name,
        role=term.held.role,
        mandate=term.held.mandate_id,
        of=term.held.of,
        of_state=term.held.of_state,
        is_own=powers(term.held.role).serves is Reach.OWN,
        lead=term.held.lead,
        since=term.first,
        until=term.last,
        ended_on=term.ended_on,
    )
