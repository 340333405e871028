"""The first administrator: who lets everybody else in, and how that person gets in the first time."""

from __future__ import annotations

from casework.access.one_time_links import SIGNED_IN, Purpose, make_link
from casework.core.actors import note
from casework.core.directory import Directory
from casework.core.workspace import Workspace
from casework.people.appointments import Appointment
from casework.people.holds import hold
from casework.people.mandates import add_mandate
from models.access import accounts, one_time_links
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.roles import Role

NAME = "Administrator"
_ORGAN = "Secretariat"


def administrator_link(workspace: Workspace, *, treaty: str) -> str | None:
    """Return a one-time link for whoever leads the Secretariat; None when somebody of it has signed in before.

    Where nobody serves the Secretariat today, an administrator who does is put on file first, without an address. A
    link made earlier for the same and never used stands no longer.
    """
    with workspace.reading() as connection:
        persons = serving_secretariat(workspace, connection, treaty)
        if people.was_noted(connection, SIGNED_IN, [f"person:{person}" for person in persons]):
            return None
    person = persons[0] if persons else _make_administrator(workspace, treaty)
    with workspace.registry() as connection:
        one_time_links.cancel(connection, person, (Purpose.ADMINISTRATOR,), now=workspace.clock.now())
        return make_link(workspace, connection, person, Purpose.ADMINISTRATOR, by=OPERATOR.actor)


def serving_secretariat(workspace: Workspace, connection: Connection, treaty: str) -> list[int]:
    """Return who serves the Secretariat today, the lead first."""
    directory = Directory.of(connection, workspace.today(), treaties=(treaty,))
    return [held.person_id for held in directory.office_holders(Role.SECRETARIAT, treaty)]


def ways_in(workspace: Workspace, connection: Connection, *, treaty: str) -> frozenset[str]:
    """Return by what somebody of the Secretariat can sign in: a password, an address for a letter, a link."""
    persons = serving_secretariat(workspace, connection, treaty)
    return accounts.ways_in(connection, persons, now=workspace.clock.now()) if persons else frozenset()


def _make_administrator(workspace: Workspace, treaty: str) -> int:
    """Put an administrator on file, who is the one named to see personal facts; begun before, it is gone on with."""
    today = workspace.today()
    with workspace.registry() as connection:
        there = [row["id"] for row in people.persons(connection) if row["name"] == NAME and row["address"] is None]
        person = there[0] if there else _put_on_file(workspace, connection)
    mandate = add_mandate(
        workspace, Appointment(role=Role.SECRETARIAT, of=_ORGAN, from_=today, treaty=treaty), reader=OPERATOR
    ).mandate
    hold(workspace, person, mandate, from_=today, lead=True, reader=OPERATOR, treaty=None)
    return person


def _put_on_file(workspace: Workspace, connection: Connection) -> int:
    person = people.add(
        connection, "person", name=NAME, language="en", sees_personal=True, created_at=workspace.stamp()
    )  # fmt: skip
    note(workspace, connection, OPERATOR, "person added", f"person:{person}", sees_personal=True)
    return person
