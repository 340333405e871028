"""The list of people: who holds which mandate from when to when. Addresses are shown to the Secretariat alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.core.actors import number_of
from casework.core.workspace import Workspace
from casework.people.roster import HoldRow, MandateRow, Roster, Service, roster_of
from pathways.grammar.clearance import Reader


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


def people_list(workspace: Workspace, *, treaty: str, reader: Reader) -> tuple[PersonView, ...]:
    """List whom the reader may see, with what they hold, held and will hold under a treaty."""
    with workspace.reading() as connection:
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader)
    return tuple(_person(seen, row) for number, row in seen.persons.items() if number in seen.seen)


def mandate_list(workspace: Workspace, *, treaty: str, reader: Reader) -> tuple[MandateView, ...]:
    """List the mandates of a treaty that the reader may see, in term or not."""
    with workspace.reading() as connection:
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader)
    return tuple(_mandate(row, treaty) for row in seen.mandates)


def _person(seen: Roster, row: Any) -> PersonView:
    knows_address = seen.reader.is_secretariat or number_of(seen.reader) == row["id"]
    return PersonView(
        person=row["id"],
        name=row["name"],
        language=row["language"],
        email=row["address"] if knows_address else None,
        holds=tuple(map(_hold, sorted(seen.holds_of(row["id"]), key=lambda h: h.hold))),
    )


def _hold(row: HoldRow) -> HoldView:
    return HoldView(
        mandate=row.mandate,
        role=row.role,
        of=row.of,
        scope=_scope(row),
        from_=row.from_,
        until=_until(row),
        lead=row.lead,
    )


def _mandate(row: MandateRow, treaty: str) -> MandateView:
    return MandateView(
        mandate=row.mandate,
        role=row.role,
        of=row.of,
        name=row.name,
        treaty=treaty,
        scope=_scope(row),
        from_=row.from_,
        until=_until(row),
        consent=row.consent,
        in_term=row.in_term,
        held_by=tuple(hold.person_name for hold in row.holds if hold.is_current),
    )


def _scope(row: Service) -> str:
    return row.region or ",".join(row.states) or ("every State" if row.serves_all else "no State")


def _until(row: Service) -> date | None:
    return min((day for day in (row.until, row.ended_on) if day is not None), default=None)
