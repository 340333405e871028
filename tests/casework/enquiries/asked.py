"""A round for tests: contacts on file, a round that is open, days that pass, and what was written to whom on which."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from casework.access.sessions import hash_of
from casework.enquiries.rounds import Opened, carry_on_all, open_enquiry
from casework.enquiries.standing import Counted, enquiry_status
from models.enquiries import links
from models.enquiries.links import Link
from pathways.grammar.clearance import OPERATOR
from tests.appointments import held
from tests.builders import clock_of


def a_contact(workspace, state, name="", **said):
    """Put a contact of a State on file, with an address that letters may go to; return the person."""
    return held(workspace, name or f"Contact {state}", "contact", state, **said)[0]


def opened(workspace, days=150, treaty="att") -> Opened:
    """Open a round for so many days."""
    until = workspace.today() + timedelta(days=days)
    return open_enquiry(workspace, until=until, treaty=treaty, reader=OPERATOR)


def stands(workspace) -> Counted:
    """Return how the round stands."""
    return enquiry_status(workspace, treaty="att", reader=OPERATOR)


def later(workspace, days):
    """Let days pass, on each of which the letters leave and the round is carried on; return what the last one wrote."""
    for _ in range(days):
        letters_leave(workspace)
        clock_of(workspace).hour += timedelta(days=1)
        wrote = carry_on_all(workspace)
    return wrote


def letters_leave(workspace):
    """Let every letter that waits have been sent."""
    with workspace.registry() as connection:
        connection.execute(text("UPDATE letter SET state = 'sent' WHERE state = 'waiting'"))


def written(workspace, *occasions):
    """Return what was written and not withdrawn: State, occasion, rung and day, in that order."""
    query = text(
        "SELECT d.state, n.occasion, n.rung, l.day FROM notice n JOIN letter l ON l.id = n.letter_id"
        " JOIN dossier d ON d.id = n.dossier_id WHERE NOT n.withdrawn AND n.occasion LIKE 'enquiry%'"
        " ORDER BY d.state, n.id"
    )
    with workspace.reading() as connection:
        rows = [(row[0], row[1], row[2], str(row[3])) for row in connection.execute(query)]
    return [row for row in rows if not occasions or row[1] in occasions]


def tasks(workspace, occasion):
    """Return the open follow-ups of an occasion: State or region, and the rung that is told."""
    query = text(
        "SELECT d.state, f.region, f.rung, f.role FROM follow_up f LEFT JOIN dossier d ON d.id = f.dossier_id"
        " WHERE f.occasion = :occasion AND f.closed_on IS NULL ORDER BY f.region, d.state"
    )
    with workspace.reading() as connection:
        return [tuple(row) for row in connection.execute(query, {"occasion": occasion})]


def led_by(workspace, token, state):
    """Make the link that came with the letter to a State lead by a token, as if its letter had been read."""
    query = text(
        "SELECT n.letter_id, n.about FROM notice n JOIN dossier d ON d.id = n.dossier_id"
        " WHERE n.occasion = 'enquiry' AND d.state = :state"
    )
    with workspace.registry() as connection:
        letter, about = connection.execute(query, {"state": state}).first()
        made = Link(enquiry_id=about.split()[0], state=state, letter_id=letter)
        links.add(connection, hash_of(token), made, now=workspace.clock.now())
