"""How a round stands: how many States were asked, have answered, are silent, and never answered any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.actors import note
from casework.core.readers import person_named
from casework.core.rights import require_secretariat
from casework.core.workspace import Workspace
from casework.enquiries.asking import leave_in_peace
from casework.enquiries.rounds import NotOpened, latest
from models.enquiries import missions, rounds
from models.enquiries.rounds import Asked, Round
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal

ANSWERED = "done: the State has answered"


@dataclass(frozen=True, kw_only=True, slots=True)
class Counted:
    """A round in numbers of States: `sent` were written to, the others of whom there was `nobody` to write to.

    `silent` are those written to that have not answered this round, `never_answered` those of them that have not
    answered any round.
    """

    enquiry: str
    opened_on: date
    until: date
    closed_on: date | None
    sent: int
    answered: int
    silent: int
    never_answered: int
    nobody: int


def enquiry_status(workspace: Workspace, *, treaty: str, reader: Reader) -> Counted:
    """Return how the round that is open stands, or else the last one; NotOpened where there was none."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        found = latest(connection, treaty)
        if found is None:
            raise NotOpened(refusal("no_enquiry_yet"))
        return counted(found, rounds.asked_in(connection, found.id), rounds.asked_ever(connection, treaty))


def counted(found: Round, asked: Sequence[Asked], ever: Sequence[Asked]) -> Counted:
    """Count a round; `ever` is what was asked in every round of the treaty."""
    once = {one.state for one in ever if one.answered_on is not None}
    silent = [one for one in asked if one.letters and one.answered_on is None]
    return Counted(
        enquiry=found.id,
        opened_on=found.opened_on,
        until=found.closes_on,
        closed_on=found.closed_on,
        sent=sum(one.letters > 0 for one in asked),
        answered=sum(one.answered_on is not None for one in asked),
        silent=len(silent),
        never_answered=sum(one.state not in once for one in silent),
        nobody=sum(not one.letters and one.answered_on is None for one in asked),
    )


def note_answered(workspace: Workspace, state: str, *, treaty: str, reader: Reader) -> bool:
    """Note that a State has answered otherwise, by a note verbale or in person; tell whether that is new.

    What it said is filed as what it is. It is reminded no more.
    """
    require_secretariat(reader)
    with workspace.registry() as connection:
        found = latest(connection, treaty)
        if found is None or found.closed_on is not None:
            raise NotOpened(refusal("no_enquiry_open"))
        if state not in {one.state for one in rounds.asked_in(connection, found.id)}:
            raise NotOpened(refusal("state_not_asked"))
        is_new = has_answered(workspace, connection, found.id, state, by=reader.actor)
        if is_new:
            note(workspace, connection, reader, "enquiry answered otherwise", f"enquiry:{found.id}", state=state)
    return is_new


def has_answered(workspace: Workspace, connection: Connection, enquiry: str, state: str, *, by: str) -> bool:
    """Note an answer within a transaction under way, and leave the State in peace; tell whether it is the first."""
    today = workspace.today()
    leave_in_peace(connection, enquiry, state, today, ANSWERED)
    return rounds.answered(connection, enquiry, state, on=today, by=by)


def set_mission(workspace: Workspace, state: str, person: str | int, *, reader: Reader) -> None:
    """Say by whose address a State's mission is reached where it has no contact on file; it gives no mandate."""
    require_secretariat(reader)
    with workspace.registry() as connection:
        number = person_named(connection, person)
        missions.put(connection, state, number)
        note(workspace, connection, reader, "mission named", f"person:{number}", state=state)
