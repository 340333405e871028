"""Letters of an enquiry: written once for each State and rung, with a link that is made when the letter is carried.

A letter names no State and tells nothing of one. Its link is kept as a hash, and is for one State and one round; each
reminder brings another to the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from casework.access.sessions import hash_of, new_token
from casework.core.workspace import Workspace
from casework.enquiries.recipients import Recipient
from models.enquiries import links, rounds
from models.enquiries.links import Link
from models.enquiries.rounds import Round
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.letters.outbox import ClaimedNotice
from models.store.engine import Connection
from notifications.letters import Kind

ENQUIRY, ENQUIRY_AGAIN = "enquiry", "enquiry_again"  # names of occasions
_OF_ENQUIRIES = frozenset({ENQUIRY, ENQUIRY_AGAIN})


def keys_of_round(enquiry: str) -> str:
    """Return with what the keys of all letters of a round begin."""
    return f"{ENQUIRY}:{enquiry}:"


def key_of(enquiry: str, state: str) -> str:
    """Return with what the keys of all letters to a State in a round begin; what comes after it is the rung."""
    return f"{keys_of_round(enquiry)}{state}:"


def write_letter(
    workspace: Workspace, connection: Connection, asked: Round, state: str, dossier: int, to: Recipient, rung: int
) -> bool:
    """Write the letter of a rung, which leaves at once; tell whether it is new.

    One before it that has not left yet is withdrawn, so that nobody gets two in a day: the State is then asked anew.
    """
    is_first = rung == 1 or rounds.withdraw(connection, key_of(asked.id, state)) > 0
    notice = NewNotice(
        key=f"{key_of(asked.id, state)}{rung}",
        kind=Kind.LINK,
        occasion=ENQUIRY if is_first else ENQUIRY_AGAIN,
        about=f"{asked.id} {asked.closes_on}",
        person_id=to.person,
        role=to.role,
        treaty=asked.treaty,
        dossier_id=dossier,
        rung=rung,
    )
    if notice_rows.is_written(connection, notice.key):
        return False
    notice_rows.write_urgent(connection, notice, now=workspace.clock.now(), today=workspace.today())
    return True


def closing_day(notice: ClaimedNotice) -> date | None:
    """Return by which day an enquiry is to be answered; None of a notice of anything else."""
    return date.fromisoformat(notice.about.split(" ")[1]) if notice.occasion in _OF_ENQUIRIES else None


def answer_link(workspace: Workspace, letter: str, notices: Sequence[ClaimedNotice]) -> str:
    """Make the link of a letter that is about to be carried; empty when it brings none."""
    notice = next((n for n in notices if n.occasion in _OF_ENQUIRIES and n.state is not None), None)
    if notice is None or notice.state is None:
        return ""
    token, enquiry = new_token(), notice.about.split(" ")[0]
    with workspace.registry() as connection:
        made = Link(enquiry_id=enquiry, state=notice.state, letter_id=letter)
        links.add(connection, hash_of(token), made, now=workspace.clock.now())
    return f"{workspace.settings.base_url.rstrip('/')}/r/{token}"
