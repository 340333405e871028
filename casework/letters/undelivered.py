"""Undelivered letters: those that reach nobody go on the Secretariat's list, once for each lack."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from casework.core.workspace import Workspace
from casework.follow_ups.dead_letters import LETTER_DEAD, about_letter
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter, leave
from casework.letters.channels import Wires
from models.follow_ups import lifecycle
from models.letters import administration
from models.letters.outbox import ClaimedLetter, ClaimedNotice
from models.store.engine import Connection
from notifications.channels import NO_MAIL_SERVER
from notifications.outbox import LetterState, Settlement

UNREACHABLE = "unreachable"
_OF_LETTERS = frozenset({LETTER_DEAD, UNREACHABLE, NO_MAIL_SERVER})


def enter_undelivered(
    workspace: Workspace,
    connection: Connection,
    letter: ClaimedLetter,
    notices: Sequence[ClaimedNotice],
    settlement: Settlement,
    today: date,
) -> None:
    """Enter a letter that died, or what keeps it from leaving; a letter about such letters enters nothing more."""
    treaty = notices[0].treaty if notices else ""
    if settlement.state is LetterState.DEAD and {n.occasion for n in notices} - _OF_LETTERS:
        enter_dead(workspace, connection, letter.id, treaty, today)
    if settlement.state is LetterState.HELD and not lifecycle.open_with_prefix(connection, f"{settlement.lack}:"):
        about = f"person {letter.person_id}" if settlement.lack != NO_MAIL_SERVER else "mail server"
        occasion = settlement.lack.partition(":")[0]
        _enter(workspace, connection, f"{settlement.lack}:{letter.id}", occasion, about, treaty, today)


def resume_held(connection: Connection, wires: Wires, now: datetime, today: date) -> None:
    """Put letters on their way whose readers can be reached by now, and take what kept them off the list."""
    free = [h for h in administration.held(connection) if (h.has_address and wires.has_mail) or wires.room_of(h.name)]
    administration.resume(connection, [held.id for held in free], now=now)
    lacks = {f"{UNREACHABLE}:{held.person_id}:" for held in free}
    for lack in sorted(lacks | ({f"{NO_MAIL_SERVER}:"} if wires.has_mail else set())):
        overtaken = lifecycle.open_with_prefix(connection, lack)
        leave(connection, list(overtaken.values()), today, "overtaken: letters can be carried now", anew=True)


def enter_dead(workspace: Workspace, connection: Connection, letter_id: str, treaty: str, today: date) -> None:
    """Enter a dead letter; one that was decided on, tried again and died once more is entered anew."""
    _enter(workspace, connection, f"{LETTER_DEAD}:{letter_id}", LETTER_DEAD, about_letter(letter_id), treaty, today)


def leave_dead(connection: Connection, letter_id: str, today: date, outcome: str, by: str) -> None:
    """Take a dead letter off the list: somebody has decided on it."""
    known = lifecycle.open_with_prefix(connection, f"{LETTER_DEAD}:{letter_id}")
    leave(connection, list(known.values()), today, outcome, by, anew=True)


def _enter(
    workspace: Workspace, connection: Connection, key: str, occasion: str, about: str, treaty: str, today: date
) -> None:
    entry = Task(key=key, occasion=occasion, about=about, treaty=treaty, due_on=due(occasion, today), recurs=True)
    enter(workspace, connection, [entry], today)
