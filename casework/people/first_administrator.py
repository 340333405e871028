"""The first administrator: who lets everybody else in, and how that person gets in the first time."""

from __future__ import annotations

from casework.access.one_time_links import SIGNED_IN, Purpose, make_link
from casework.core.actors import note
from casework.core.directory import Directory
from casework.core.workspace import Office
from casework.people.appointments import Appointment
from casework.people.holds import hold
from casework.people.mandates import add_mandate
from models.access import accounts, one_time_links
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import OPERATOR, Role

NAME = "Administrator"
_ORGAN = "Secretariat"


def administrator_link(office: Office, *, treaty: str = "att") -> str | None:
    """Return a one-time link for whoever leads the Secretariat; None when somebody of it has signed in before.

    Where nobody serves the Secretariat today, an administrator who does is put on file first, without an address. A
    link made earlier for the same and never used stands no longer.
    """
    with office.reading() as connection:
        persons = serving_secretariat(office, connection, treaty)
        if people.was_noted(connection, SIGNED_IN, [f"person:{person}" for person in persons]):
            return None
    person = persons[0] if persons else _make_administrator(office, treaty)
    with office.registry() as connection:
        one_time_links.cancel(connection, person, (Purpose.ADMINISTRATOR,), now=office.clock.now())
        return make_link(office, connection, person, Purpose.ADMINISTRATOR, by=OPERATOR.actor)


def serving_secretariat(office: Office, connection: Connection, treaty: str) -> list[int]:
    """Return who serves the Secretariat today, the lead first."""
    directory = Directory.of(connection, office.today(), treaties=(treaty,))
    return [held.person_id for held in directory.office_holders(Role.SECRETARIAT, treaty)]


def ways_in(office: Office, connection: Connection, *, treaty: str) -> frozenset[str]:
    """Return by what somebody of the Secretariat can sign in: a password, an address for a letter, a link."""
    persons = serving_secretariat(office, connection, treaty)
    return accounts.ways_in(connection, persons, now=office.clock.now()) if persons else frozenset()


def _make_administrator(office: Office, treaty: str) -> int:
    """Put an administrator on file, who is the one named to see personal facts; begun before, it is gone on with."""
    today = office.today()
    with office.registry() as connection:
        there = [row["id"] for row in people.persons(connection) if row["name"] == NAME and row["address"] is None]
        person = there[0] if there else _put_on_file(office, connection)
    mandate = add_mandate(office, Appointment(role=Role.SECRETARIAT, of=_ORGAN, from_=today, treaty=treaty)).mandate
    hold(office, person, mandate, from_=today, lead=True)
    return person


def _put_on_file(office: Office, connection: Connection) -> int:
    person = people.add(
        connection, "person", name=NAME, language="en", sees_personal=True, created_at=office.stamp()
    )  # fmt: skip
    note(office, connection, OPERATOR, "person added", f"person:{person}", sees_personal=True)
    return person
