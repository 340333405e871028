"""People and mandates as lists: who holds which mandate from when to when. Addresses are for the Secretariat's eyes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.office import Office
from casework.views.roster import name_of_holder
from models import people
from pathways.grammar.clearance import OPERATOR, Reader, Role


@dataclass(frozen=True, kw_only=True, slots=True)
class HoldView:
    """A mandate as a person holds it. `until` is the last day, or the day from which it was ended."""

    mandate: int
    role: str
    of: str
    scope: str
    from_: date
    until: date | None
    lead: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonView:
    """Somebody on file. `email` is None to a reader whom it does not concern."""

    person: int
    name: str
    language: str
    email: str | None
    holds: tuple[HoldView, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MandateView:
    """A mandate, and who holds it on the record's day, the lead first. `of` is a State's code or an organ's name."""

    mandate: int
    role: str
    of: str
    name: str
    treaty: str
    scope: str
    from_: date
    until: date | None
    consent: str | None
    in_term: bool
    held_by: tuple[str, ...]


def people_list(office: Office, *, treaty: str = "att", reader: Reader = OPERATOR) -> tuple[PersonView, ...]:
    """List everybody on file, with what they hold, held and will hold under a treaty."""
    with office.reading() as connection:
        mandates = {m["id"]: m for m in people.mandates(connection) if m["treaty"] == treaty}
        holds = people.holds(connection)
        persons = people.persons(connection)
    return tuple(_person(row, [h for h in holds if h["person_id"] == row["id"]], mandates, reader) for row in persons)


def mandate_list(office: Office, *, treaty: str = "att") -> tuple[MandateView, ...]:
    """List every mandate of a treaty, in term or not."""
    today = office.today()
    with office.reading() as connection:
        mandates = [m for m in people.mandates(connection) if m["treaty"] == treaty]
        in_term = {m["id"] for m in people.mandates(connection, on=today)}
        held = sorted(people.held_on(connection, today), key=lambda h: (not h.lead, h.hold_id))
        names = people.names(connection, {h.person_id for h in held})
    return tuple(
        _mandate(m, m["id"] in in_term, [names[h.person_id] for h in held if h.mandate_id == m["id"]]) for m in mandates
    )


def _person(row: Any, holds: Iterable[Any], mandates: Mapping[int, Any], reader: Reader) -> PersonView:
    knows_address = reader.is_secretariat or reader.actor == f"person:{row['id']}"
    return PersonView(
        person=row["id"],
        name=row["name"],
        language=row["language"],
        email=row["address"] if knows_address else None,
        holds=tuple(_hold(h, mandates[h["mandate_id"]]) for h in holds if h["mandate_id"] in mandates),
    )


def _hold(row: Any, mandate: Any) -> HoldView:
    return HoldView(
        mandate=mandate["id"],
        role=mandate["role"],
        of=mandate["of"],
        scope=_scope(mandate),
        from_=row["starts_on"],
        until=_until(row),
        lead=row["lead"],
    )


def _mandate(row: Any, in_term: bool, held_by: Iterable[str]) -> MandateView:
    return MandateView(
        mandate=row["id"],
        role=row["role"],
        of=row["of"],
        name=name_of_holder(row["of"], of_state=row["of_state"]),
        treaty=row["treaty"],
        scope=_scope(row),
        from_=row["starts_on"],
        until=_until(row),
        consent=row["consent"],
        in_term=in_term,
        held_by=tuple(held_by),
    )


def _scope(mandate: Any) -> str:
    if mandate["role"] == Role.CONTACT:
        return str(mandate["of"])
    return str(mandate["region"] or mandate["states"] or "every State")


def _until(row: Any) -> date | None:
    return min((day for day in (row["ends_on"], row["ended_on"]) if day is not None), default=None)
