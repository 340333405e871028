"""Readers: who somebody is, and what the mandates of the day let that person know."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.core.directory import Directory
from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Workspace
from models.ledger import dossiers, states
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.projection import project
from pathways.grammar.refusals import Refusal, Word, refusal
from pathways.grammar.roles import Reach, powers
from pathways.grammar.stages import LegalStatus


def person_named(connection: Connection, given: str | int) -> int:
    """Return the number of a person given by number, address or name; NotOnFile when it is nobody, or several."""
    text = str(given).strip()
    if text.isascii() and text.isdigit():
        found = [int(text)] if len(text) < 10 and people.person(connection, int(text)) else []
    elif "@" in text:
        found = people.at_address(connection, text)
    else:
        found = [row["id"] for row in people.persons(connection) if row["name"].casefold() == text.casefold()]
    if len(found) > 1:
        raise NotOnFile(refusal("several_persons", name=text, numbers=tuple(found)))
    if not found:
        raise NotOnFile(refusal("nobody_so_named", name=text))
    return found[0]


def acting_as(workspace: Workspace, given: str | int, *, treaty: str) -> Reader:
    """Return the eyes of a person given by number, address or name."""
    with workspace.reading() as connection:
        number = person_named(connection, given)
    return reader_for(workspace, number, treaty=treaty)


def reader_for(workspace: Workspace, person: int, *, treaty: str) -> Reader:
    """Return what a person may know today of a treaty; NotYours when no mandate is in term."""
    with workspace.reading() as connection:
        return reader_in(workspace, connection, person, treaty=treaty)


def reader_in(workspace: Workspace, connection: Connection, person: int, *, treaty: str) -> Reader:
    """Return what a person may know today of a treaty, read within a transaction; NotYours without a mandate."""
    today = workspace.today()
    row = people.person(connection, person)
    if row is None:
        raise NotOnFile(refusal("no_such_person", person=person))
    held = people.held_on(connection, today, person=person)
    mine = [h for h in held if h.treaty == treaty]
    if not mine:
        title = Word(workspace.pathway(treaty).title)
        raise NotYours(refusal("no_mandate_in_term", name=row["name"], treaty=title, day=today))
    own = {h.of for h in mine if powers(h.role).serves is Reach.OWN}
    found = {state: legal_status_of(workspace, connection, treaty, state, today) for state in own}
    parties = [state for state, status in found.items() if status is not None and status.is_party]
    is_administrator = row["sees_personal"] and any(powers(h.role).is_secretariat for h in mine)
    directory = Directory(held=held, regions=states.regions(connection))
    return directory.reader(person, treaty, parties, sees_personal=is_administrator)


def legal_status_of(
    workspace: Workspace, connection: Connection, treaty: str, state: str, on: date
) -> LegalStatus | None:
    """Return a State's legal status on a day by the facts on file, or None when it has no dossier."""
    record = dossiers.record_of(connection, treaty, state)
    if record is None:
        return None
    facts = dossiers.facts_of(connection, [record])[record.id]
    return project(workspace.pathway(treaty), state, facts, on=on, reader=None).legal.status


def require_administrator_for(connection: Connection, person: int, reader: Reader, otherwise: Refusal) -> None:
    """Refuse an officer what only an administrator does to an administrator, in office or not; `otherwise` says it."""
    row: Any = people.person(connection, person)
    if row is not None and row["sees_personal"] and not reader.sees_personal:
        raise NotYours(otherwise)
