"""Administration of letters: what was written, to whom, sent or not and why; and what a person decides on one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from casework.core.actors import note
from casework.core.rights import NotOnFile, require_secretariat
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.letters.undelivered import enter_dead, leave_dead
from casework.people.addresses import shut
from models.letters import administration
from models.letters.administration import Tried, Written
from models.people import addresses
from models.store.engine import Connection
from notifications.outbox import LetterState
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, Remark, refusal, remark

_RETRIED = frozenset({LetterState.DEAD, LetterState.HELD, LetterState.AGAIN, LetterState.GIVEN_UP})
_GIVEN_UP = frozenset({LetterState.DEAD, LetterState.HELD, LetterState.AGAIN, LetterState.WAITING})
_SHORTEST = 6  # characters of an id


class NotPossible(Refused, ValueError):
    """The letter stands where this cannot be done to it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LetterView:
    """A letter as it is listed. `sent` means accepted by the first server."""

    letter: str
    person: int
    name: str
    kind: str
    day: date
    written_at: datetime
    state: str
    attempts: int
    sent_at: datetime | None
    reason: Remark | str | None


def list_letters(
    workspace: Workspace,
    *,
    states: Collection[LetterState] = (),
    beginning: str = "",
    limit: int | None = None,
    reader: Reader,
) -> tuple[LetterView, ...]:
    """Return letters, the newest first: all, or those in some states, or those whose id begins so."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        found = administration.listed(connection, states=states, beginning=beginning, limit=limit)
        return tuple(_view(row) for row in found)


def tries_of(workspace: Workspace, letter: str, *, reader: Reader) -> tuple[Tried, ...]:
    """Return every try to carry a letter, oldest first."""
    require_secretariat(reader)
    with workspace.reading() as connection:
        return tuple(administration.tries(connection, letter))


def retry(workspace: Workspace, letter: str, *, reader: Reader) -> None:
    """Put a letter on its way again; the next post takes it up."""

    def again(connection: Connection, found: Written) -> None:
        is_waiting = found.state == LetterState.WAITING
        _refuse_unless(found, _RETRIED, refusal("letter_on_its_way") if is_waiting else refusal("letter_was_sent"))
        administration.retry(connection, found.id, now=workspace.clock.now())
        leave_dead(connection, found.id, workspace.today(), "the letter is tried again", reader.actor)

    _decide(workspace, letter, reader, "letter tried again", again)


def give_up(workspace: Workspace, letter: str, *, reason: str | None = None, reader: Reader) -> None:
    """Give a letter up; who comes next is asked instead."""
    said = None if reason is None else _line(reason, refusal("say_why_given_up", field="reason"))

    def given_up(connection: Connection, found: Written) -> None:
        was_sent = found.state == LetterState.SENT
        _refuse_unless(found, _GIVEN_UP, refusal("letter_was_sent") if was_sent else refusal("letter_given_up"))
        why = remark("letter_given_up_by_a_person") if said is None else said
        administration.give_up(connection, found.id, reason=why, day=workspace.today())
        outcome = f"given up: {said or 'by a person'}"
        leave_dead(connection, found.id, workspace.today(), outcome, reader.actor)

    _decide(workspace, letter, reader, "letter given up", given_up)


def returned(workspace: Workspace, letter: str, *, reason: str, reader: Reader) -> None:
    """Note that a letter came back: it counts as unread, and its address gets no more letters until it is verified."""
    said = _line(reason, refusal("say_why_it_came_back", field="reason"))

    def came_back(connection: Connection, found: Written) -> None:
        _refuse_unless(found, frozenset({LetterState.SENT}), refusal("letter_not_sent"))
        gone_to, today = administration.sent_by(connection, found.id), workspace.today()
        address = None if gone_to is None else addresses.one(connection, gone_to)
        if address is not None:
            shut(workspace, connection, address, reason=said, reader=reader)
        administration.returned(connection, found.id, reason=said, day=today)
        enter_dead(workspace, connection, found.id, administration.treaty_of(connection, found.id), today)

    _decide(workspace, letter, reader, "letter came back", came_back)


def _decide(
    workspace: Workspace, letter: str, reader: Reader, what: str, change: Callable[[Connection, Written], None]
) -> None:
    require_secretariat(reader)
    with workspace.registry() as connection:
        found = _named(connection, letter)
        if administration.is_in_hand(connection, found.id, workspace.clock.now()):
            raise NotPossible(refusal("letter_in_hand"))
        change(connection, found)
        note(workspace, connection, reader, what, f"letter:{found.id}")


def _line(reason: str, wanted: Refusal) -> str:
    """Return a reason as it is kept: on one line, whatever the returned letter looked like."""
    said = " ".join(reason.split())
    if faults := line_faults(said, wanted):
        raise NotPossible(*faults)
    return said


def _named(connection: Connection, given: str) -> Written:
    """Find a letter by its id or a beginning that no other letter has."""
    ids = administration.beginning_with(connection, given) if len(given) >= _SHORTEST else []
    if len(ids) > 1 and given not in ids:
        raise NotOnFile(refusal("several_letters", id=given[:40]))
    found = administration.find(connection, ids[0] if len(ids) == 1 else given)
    if found is None:
        raise NotOnFile(refusal("no_such_letter", id=given[:40]))
    return found


def _refuse_unless(found: Written, allowed: frozenset[LetterState], otherwise: Refusal) -> None:
    if found.state not in allowed:
        raise NotPossible(otherwise)


def _view(row: Written) -> LetterView:
    return LetterView(
        letter=row.id,
        person=row.person_id,
        name=row.name,
        kind=row.kind,
        day=row.day,
        written_at=row.written_at,
        state=row.state,
        attempts=row.attempts,
        sent_at=row.sent_at,
        reason=row.reason,
    )
