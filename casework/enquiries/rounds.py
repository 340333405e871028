"""Rounds: one is opened by the Secretariat, carried on each day, and closed on its day or before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.core.actors import note
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.workspace import Workspace
from casework.enquiries.asking import ENQUIRY_NOBODY, Wrote, carry_on, records_to_ask, silence_key
from casework.enquiries.letters import keys_of_round
from casework.enquiries.rhythm import LONGEST
from casework.follow_ups.secretariat_tasks import leave
from models.enquiries import answers, rounds
from models.enquiries.rounds import Round
from models.follow_ups import lifecycle
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, refusal

SYSTEM = "system:enquiry"
_CLOSED = "overtaken: the enquiry is closed"


class NotOpened(Refused, ValueError):
    """A round cannot be opened so, or there is none; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A round that was opened, how many States were written to, and to how many there was nobody to write."""

    enquiry: str
    sent: int
    nobody: int


def open_enquiry(workspace: Workspace, *, until: date, treaty: str, reader: Reader) -> Opened:
    """Ask every State that is not party, until a day; NotOpened while another round is open."""
    require_secretariat(reader)
    workspace.pathway(treaty)
    today = workspace.today()
    with workspace.registry() as connection:
        people.alone(connection)  # of two who open a round at once, one finds the other's
        before = _open_round(connection, treaty)
        if before is not None and not before.takes_answers(today):
            _close(workspace, connection, before, by=SYSTEM)
            before = None
        if faults := [*_faults(until, today, before)]:
            raise NotOpened(*faults)
        begun = Round(
            id=_called(connection, treaty, today),
            treaty=treaty,
            opened_on=today,
            opened_by=reader.actor,
            closes_on=until,
            closed_on=None,
            closed_by=None,
        )
        rounds.add(connection, begun, sorted(records_to_ask(connection, treaty)))
        note(workspace, connection, reader, "enquiry opened", f"enquiry:{begun.id}", until=str(until))
        wrote = carry_on(workspace, connection, begun)
    return Opened(enquiry=begun.id, sent=wrote.first, nobody=wrote.nobody)


def close_enquiry(workspace: Workspace, *, treaty: str, reader: Reader) -> str:
    """Close the round that is open, and return what it is called; NotOpened when none is."""
    require_secretariat(reader)
    with workspace.registry() as connection:
        people.alone(connection)
        found = _open_round(connection, treaty)
        if found is None:
            raise NotOpened(refusal("no_enquiry_open"))
        _close(workspace, connection, found, by=reader.actor)
        note(workspace, connection, reader, "enquiry closed", f"enquiry:{found.id}")
        return found.id


def carry_on_all(workspace: Workspace) -> Wrote:
    """Do in every open round what the day brings, each in a transaction of its own; one whose day passed is closed."""
    done = Wrote()
    with workspace.reading() as connection:
        found = rounds.open_ones(connection)
    for enquiry in found:
        with workspace.registry() as connection:
            locked = rounds.one(connection, enquiry, lock=True)
            if locked is None or locked.closed_on is not None:
                continue
            if not locked.takes_answers(workspace.today()):
                _close(workspace, connection, locked, by=SYSTEM)
                continue
            wrote = carry_on(workspace, connection, locked)
        for name in Wrote.__slots__:
            setattr(done, name, getattr(done, name) + getattr(wrote, name))
    return done


def latest(connection: Connection, treaty: str) -> Round | None:
    """Return the round that is open, else the last one."""
    return next(iter(rounds.of_treaty(connection, treaty)), None)


def round_on_file(connection: Connection, enquiry: str, treaty: str, *, lock: bool = False) -> Round:
    """Return a round of a treaty; NotOnFile where there is none."""
    found = rounds.one(connection, enquiry, lock=lock)
    if found is None or found.treaty != treaty:
        raise NotOnFile(refusal("no_such_enquiry"))
    return found


def _open_round(connection: Connection, treaty: str) -> Round | None:
    found = next((one for one in rounds.of_treaty(connection, treaty) if one.closed_on is None), None)
    return rounds.one(connection, found.id, lock=True) if found else None


def _faults(until: date, today: date, before: Round | None) -> Iterator[Refusal]:
    if before is not None:
        yield refusal("enquiry_is_open", enquiry=before.id, day=before.closes_on)
    if until <= today:
        yield refusal("enquiry_closes_too_soon", field="until", day=until)
    elif until > today + LONGEST:
        yield refusal("enquiry_closes_too_late", field="until", day=until)


def _called(connection: Connection, treaty: str, today: date) -> str:
    """Name a round by its treaty and first day; a second one of a day by its number too."""
    base = f"{treaty}-{today}"
    there = rounds.how_many_of(connection, base)
    return f"{base}-{there + 1}" if there else base


def _close(workspace: Workspace, connection: Connection, found: Round, *, by: str) -> None:
    """Close a round: nothing more is written, what has not left is withdrawn, and nobody is asked for a word."""
    today = workspace.today()
    rounds.close(connection, found.id, on=today, by=by)
    rounds.withdraw(connection, keys_of_round(found.id))
    answers.drop_drafts(connection, found.id)
    open_ = {
        **lifecycle.open_with_prefix(connection, f"{ENQUIRY_NOBODY}:{found.id}:"),
        **lifecycle.open_with_prefix(connection, silence_key(found.id, "")),
    }
    leave(connection, list(open_.values()), today, _CLOSED)
