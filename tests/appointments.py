"""Builders of people: somebody on file, a mandate, and who holds it, with everything else filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import text

from casework.core.readers import reader_for
from casework.core.workspace import Office
from casework.follow_ups.listing import follow_up_list
from casework.operations.sweep import sweep
from casework.people.appointments import Appointment
from casework.people.holds import hold
from casework.people.mandates import add_mandate
from casework.people.persons import add_person
from models.ledger import dossiers
from pathways.grammar.clearance import Reader
from tests.builders import clock_of

#: Long before every test's day.
FROM = date(2020, 1, 1)
#: A hundred days after the last that the bundled record knows of.
SILENT_ON = date(2026, 11, 2)


def a_person(office: Office, name: str, **said: Any) -> int:
    """Put somebody on file; the mailbox follows from the name."""
    mailbox = f"{name.casefold().replace(' ', '.')}@mission.example"
    return add_person(office, name, **{"email": mailbox, **said})


def a_mandate(office: Office, role: str, of: str, *, from_: date = FROM, **said: Any) -> int:
    """Give a mandate; a champion's consent is on file unless the test speaks of it."""
    if role == "champion":
        said.setdefault("consent", "Note verbale 12/2020")
    return add_mandate(office, Appointment(role=role, of=of, from_=from_, **said)).mandate


def held(office: Office, name: str, role: str, of: str, *, lead: bool = False, **said: Any) -> tuple[int, int]:
    """Put somebody on file who holds a mandate of their own; return person and mandate."""
    person, mandate = a_person(office, name), a_mandate(office, role, of, **said)
    hold(office, person, mandate, from_=said.get("from_", FROM), lead=lead)
    return person, mandate


def the_secretariat(office: Office, name: str = "Desk officer") -> tuple[int, int]:
    """Put an officer of the Secretariat on file."""
    return held(office, name, "secretariat", "ATT Secretariat")


def a_champion(office: Office, of: str = "NAM", region: str = "Africa", name: str = "") -> tuple[int, int]:
    """Put the person of a regional champion on file."""
    return held(office, name or f"Champion of {of}", "champion", of, region=region, from_=date(2021, 6, 1))


def a_coordinator(office: Office, of: str = "NAM", region: str = "Africa", name: str = "") -> tuple[int, int]:
    """Put the person of a regional coordinator on file."""
    return held(office, name or f"Coordinator of {of}", "coordinator", of, region=region)


def eyes(office: Office, person: int) -> Reader:
    """Return what somebody may know today."""
    return reader_for(office, person, treaty="att")


def fallen_silent(office: Office) -> Office:
    """Let a hundred days pass in which no signatory was heard from; return the office."""
    clock_of(office).stand_on(str(SILENT_ON))
    return office


def silent_states(office: Office) -> dict[str, int]:
    """Sweep, and return the open follow-ups of States that have been silent too long, by State."""
    sweep(office, run=f"sweep of {office.today()}")
    listed = follow_up_list(office, open_only=True)
    return {f.state: f.id for f in listed if f.kind == "silence" and f.state is not None}


def told(office: Office, follow_up: int) -> list[tuple[int, str]]:
    """Return who is or waits to be told of a follow-up, and in which kind of notice."""
    query = text(
        "SELECT n.person_id, n.kind FROM notice n JOIN follow_up f ON f.key = n.follow_up_key"
        " WHERE f.id = :id AND NOT n.withdrawn ORDER BY n.id"
    )
    with office.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query, {"id": follow_up})]


def put_everything_off(office: Office) -> None:
    """Let no dossier be due, so that what a change brings up can be seen."""
    with office.registry() as connection:
        for record in dossiers.records(connection, "att"):
            dossiers.put_off(connection, record.id, date(2099, 1, 1))


def due(office: Office) -> set[str]:
    """Return the States whose dossiers the sweep looks at today."""
    today = office.today()
    with office.reading() as connection:
        found = dossiers.records(connection, "att")
    return {record.state for record in found if record.next_due_on is not None and record.next_due_on <= today}
