"""Builders of people: somebody on file, a mandate, and who holds it, with everything else filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import text

from casework.core.readers import reader_for
from casework.core.workspace import Workspace
from casework.follow_ups.listing import follow_up_list
from casework.operations.sweep import sweep
from casework.people.appointments import Appointment
from casework.people.holds import hold
from casework.people.mandates import add_mandate
from casework.people.persons import add_person
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR, Reader
from tests.builders import clock_of

#: Long before every test's day.
FROM = date(2020, 1, 1)
#: A hundred days after the last that the bundled record knows of.
SILENT_ON = date(2026, 11, 2)


def a_person(workspace: Workspace, name: str, **said: Any) -> int:
    """Put somebody on file; the mailbox follows from the name."""
    return add_person(workspace, name, **{"email": mailbox_of(name), "reader": OPERATOR, **said})


def mailbox_of(name: str) -> str:
    """Return where somebody of this name gets letters, unless the test says otherwise."""
    return f"{name.casefold().replace(' ', '.')}@mission.example"


def a_mandate(workspace: Workspace, role: str, of: str, *, from_: date = FROM, **said: Any) -> int:
    """Give a mandate; a champion's consent is on file unless the test speaks of it."""
    if role == "champion":
        said.setdefault("consent", "Note verbale 12/2020")
    return add_mandate(
        workspace, Appointment(role=role, of=of, from_=from_, **{"treaty": "att", **said}), reader=OPERATOR
    ).mandate


def held(
    workspace: Workspace,
    name: str,
    role: str,
    of: str,
    *,
    email: str = "",
    sees_personal: bool = False,
    lead: bool = False,
    from_: date = FROM,
    **said: Any,
) -> tuple[int, int]:
    """Put somebody on file who holds a mandate of their own; return person and mandate."""
    person = a_person(workspace, name, email=email or mailbox_of(name), sees_personal=sees_personal)
    mandate = a_mandate(workspace, role, of, from_=from_, **said)
    hold(workspace, person, mandate, from_=from_, lead=lead, reader=OPERATOR, treaty=None)
    return person, mandate


def the_secretariat(workspace: Workspace, name: str = "Desk officer") -> tuple[int, int]:
    """Put an officer of the Secretariat on file."""
    return held(workspace, name, "secretariat", "ATT Secretariat")


def a_champion(workspace: Workspace, of: str = "NAM", region: str = "Africa", name: str = "") -> tuple[int, int]:
    """Put the person of a regional champion on file."""
    return held(workspace, name or f"Champion of {of}", "champion", of, region=region, from_=date(2021, 6, 1))


def a_coordinator(workspace: Workspace, of: str = "NAM", region: str = "Africa", name: str = "") -> tuple[int, int]:
    """Put the person of a regional coordinator on file."""
    return held(workspace, name or f"Coordinator of {of}", "coordinator", of, region=region)


def eyes(workspace: Workspace, person: int) -> Reader:
    """Return what somebody may know today."""
    return reader_for(workspace, person, treaty="att")


def fallen_silent(workspace: Workspace) -> Workspace:
    """Let a hundred days pass in which no signatory was heard from; return the office."""
    clock_of(workspace).stand_on(str(SILENT_ON))
    return workspace


def silent_states(workspace: Workspace) -> dict[str, int]:
    """Sweep, and return the open follow-ups of States that have been silent too long, by State."""
    sweep(workspace, run=f"sweep of {workspace.today()}", treaty="att")
    listed = follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
    return {f.state: f.id for f in listed if f.kind == "silence" and f.state is not None}


def told(workspace: Workspace, follow_up: int) -> list[tuple[int, str]]:
    """Return who is or waits to be told of a follow-up, and in which kind of notice."""
    query = text(
        "SELECT n.person_id, n.kind FROM notice n JOIN follow_up f ON f.key = n.follow_up_key"
        " WHERE f.id = :id AND NOT n.withdrawn ORDER BY n.id"
    )
    with workspace.reading() as connection:
        return [(row[0], row[1]) for row in connection.execute(query, {"id": follow_up})]


def put_everything_off(workspace: Workspace) -> None:
    """Let no dossier be due, so that what a change brings up can be seen."""
    with workspace.registry() as connection:
        for record in dossiers.records(connection, "att"):
            dossiers.put_off(connection, record.id, date(2099, 1, 1))


def due(workspace: Workspace) -> set[str]:
    """Return the States whose dossiers the sweep looks at today."""
    today = workspace.today()
    with workspace.reading() as connection:
        found = dossiers.records(connection, "att")
    return {record.state for record in found if record.next_due_on is not None and record.next_due_on <= today}
