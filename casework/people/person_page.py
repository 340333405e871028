"""The page of one person, or of one mandate. Addresses are for the Secretariat and for the person they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from casework.core.actors import Named, number_of
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.people.addresses import AddressView, address_view
from casework.people.people_page import by_role, everybody, reached
from casework.people.roster import HoldRow, MandateRow, Roster, roster_of
from models.people import addresses
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonPage:
    """One person. `channels` is None to who may not know them."""

    person: int
    name: str
    language: str
    is_me: bool
    is_administrator: bool
    channels: tuple[AddressView, ...] | None
    holds: tuple[HoldRow, ...]
    may_edit: bool
    to_give: tuple[MandateRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MandatePage:
    """One mandate, and whom it may be given to. `unreached`: those without an address in use, of whom one may know."""

    mandate: MandateRow
    may_edit: bool
    persons: tuple[Named, ...]
    unreached: frozenset[int]


def person_page(workspace: Workspace, person: int, *, treaty: str, reader: Reader, language: str = "en") -> PersonPage:
    """Show one person; NotOnFile when there is none whom the reader may see."""
    with workspace.reading() as connection:
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader, language=language)
        if person not in seen.seen:
            raise NotOnFile(refusal("no_such_person", person=person))
        is_me = number_of(reader) == person
        row = seen.persons[person]
        knows = reader.is_secretariat or is_me
        return PersonPage(
            person=person,
            name=row["name"],
            language=row["language"],
            is_me=is_me,
            is_administrator=knows and row["sees_personal"],
            channels=tuple(map(address_view, addresses.of_person(connection, person))) if knows else None,
            holds=seen.holds_of(person),
            may_edit=reader.is_secretariat,
            to_give=_to_give(seen) if reader.is_secretariat else (),
        )


def mandate_page(workspace: Workspace, mandate: int, *, treaty: str, reader: Reader) -> MandatePage:
    """Show one mandate; NotOnFile when there is none that the reader may see."""
    with workspace.reading() as connection:
        seen = roster_of(workspace, connection, treaty=treaty, reader=reader)
        found = next((m for m in seen.mandates if m.mandate == mandate), None)
        if found is None:
            raise NotOnFile(refusal("no_such_mandate", mandate=mandate))
        unreached = {h.person for h in found.holds} - reached(connection) if reader.is_secretariat else ()
        return MandatePage(
            mandate=found,
            may_edit=reader.is_secretariat,
            persons=everybody(seen) if reader.is_secretariat else (),
            unreached=frozenset(unreached),
        )


def _to_give(seen: Roster) -> tuple[MandateRow, ...]:
    return tuple(sorted((m for m in seen.mandates if _is_open(seen, m)), key=by_role))


def _is_open(seen: Roster, mandate: MandateRow) -> bool:
    """Tell whether a mandate can still be given: it is in term, or will be."""
    return mandate.in_term or (mandate.from_ > seen.today and mandate.ended_on is None)
