"""Actions on follow-ups: somebody takes one, puts it off, hands it over, or closes it with an outcome; never without.

What a person says of an outcome stands in the follow-up's row, never in the ledger.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from casework.core.actors import called, note, number_of
from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.open_dossier import OpenDossier
from casework.core.readers import person_named
from casework.core.rights import NotOnFile, NotYours
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.follow_ups.closings import BY_THE_SECRETARIAT, Closings
from casework.follow_ups.ground import Grounds, may_do
from casework.follow_ups.outcomes import EXCHANGE, faults_of, was_done
from casework.follow_ups.passing_on import told_by_giving
from casework.follow_ups.periods import rests_until_at_most
from casework.follow_ups.reassignment import begun_anew, is_asked, pass_on, refuse_outreach, require_reach
from casework.follow_ups.secretariat_tasks import leave
from casework.follow_ups.visibility import Visibility
from casework.follow_ups.whose import may_answer
from models.follow_ups import delivery_history, lifecycle
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.rests import PUT_OFF
from models.letters import notices
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refusal, Refused, Word, refusal
from pathways.grammar.roles import Right


class NotFollowedUp(Refused, ValueError):
    """A follow-up cannot be handled so; a refusal for each reason."""


class AlreadyClosed(NotFollowedUp):
    """Somebody else has closed the follow-up; the sentence says who, when and how."""


def take(
    workspace: Workspace,
    follow_up: int,
    person: str | int | None = None,
    *,
    reader: Reader,
    treaty: str | None,
) -> FollowUp:
    """Make a follow-up somebody's own: the reader's, unless the Secretariat names another; again changes nothing."""
    with _open(workspace, follow_up, reader, treaty) as (connection, found):
        taker = _taker(connection, person, reader)
        if found.owner_id == taker:
            return found
        _refuse_anothers(connection, found, reader)
        grounds = Grounds(workspace, connection, Directory.of(connection, workspace.today()))
        require_reach(grounds, [found], taker)
        if reader.actor != f"person:{taker}":
            refuse_outreach(grounds, found, taker)
        is_theirs = found.owner_id is None and found.rung > 0 and is_asked(grounds.directory, found, taker)
        given = found if is_theirs else begun_anew(found, workspace.today())
        follow_up_row.give(connection, [given], taker)
        follow_up_row.note_move(connection, [given.id], at=workspace.stamp())
        told = told_by_giving(connection, [found], grounds.directory.held, but={taker, number_of(reader)})
        write_notices(workspace, connection, told, workspace.today(), Committed(), in_sweep=False)
        note(workspace, connection, reader, "taken", f"follow_up:{found.id}", before=found.owner_id, after=taker)
        return given._replace(owner_id=taker)


def snooze(
    workspace: Workspace,
    follow_up: int,
    *,
    until: date,
    reason: str | None,
    reader: Reader,
    treaty: str | None,
) -> FollowUp:
    """Let a follow-up rest until a later day, for a reason; whoever was asked last is asked again from then on.

    At most for the patience that its stage has with whoever is asked, and never for more than 180 days. NotYours where
    another answers it.
    """
    with _open(workspace, follow_up, reader, treaty) as (connection, found):
        _refuse_answer(connection, found, reader)
        said = (reason or "").strip()
        if not may_rest(found, workspace.today()):
            raise NotFollowedUp(refusal("waits_for_its_day", day=found.due_on))
        faults = _no_such_rest(until, workspace.today(), found.patience)
        faults += line_faults(said, refusal("say_why_it_rests", field="reason"))
        if faults:
            raise NotFollowedUp(*faults)
        notices.withdraw(connection, [found.id])
        follow_up_row.put_off(connection, found, until=until, reason=said)
        note(workspace, connection, reader, PUT_OFF, f"follow_up:{found.id}", until=str(until))
        return found._replace(snoozed_until=until, snooze_reason=said)


def may_rest(found: FollowUp, today: date) -> bool:
    """Tell whether a follow-up could be left alone any more than it is: not before the day it was opened for."""
    return not (found.waits_for_its_day and found.due_on > today)


def _no_such_rest(until: date, today: date, patience: int) -> list[Refusal]:
    latest = rests_until_at_most(patience, today)
    if until <= today:
        return [refusal("rests_until_a_later_day", field="until", today=today, day=until)]
    return [refusal("rests_no_longer", field="until", latest=latest, day=until)] if until > latest else []


def hand_over(
    workspace: Workspace,
    follow_up: int,
    person: str | int,
    *,
    reader: Reader,
    treaty: str | None,
) -> FollowUp:
    """Give a follow-up to somebody else, who may read what it rests on and do what it asks, and is told by letter.

    With the hand-over it no longer rests.
    """
    with _open(workspace, follow_up, reader, treaty) as (connection, found):
        heir = person_named(connection, person)
        if heir == found.owner_id:
            return found
        _refuse_anothers(connection, found, reader)
        refuse_outreach(Grounds(workspace, connection, Directory.of(connection, workspace.today())), found, heir)
        pass_on(workspace, connection, [found], heir, reader=reader)
        return found._replace(owner_id=heir, snoozed_until=None, snooze_reason=None)


def close(workspace: Workspace, follow_up: int, outcome: str | None, *, reader: Reader, treaty: str | None) -> FollowUp:
    """Close a follow-up with its outcome; what was not yet sent of it is withdrawn. NotYours where another answers it.

    A silence that was followed up counts as an exchange with the State: the fact goes on file in the same commit. One
    that says a step is ready is refused: taking the step closes it, and until then it can rest for a reason.
    """
    said = (outcome or "").strip()
    with _open(workspace, follow_up, reader, treaty) as (connection, found):
        _refuse_answer(connection, found, reader)
        if faults := faults_of(said, found.occasion):
            raise NotFollowedUp(*faults)
        if found.state is None:
            leave(connection, [found.id], workspace.today(), said, by=reader.actor)
            follow_up_row.note_move(connection, [found.id], at=workspace.stamp())
            _answer(workspace, connection, found, reader)
    if found.state is not None:
        _close_on_dossier(workspace, found, found.state, said, reader)
    return found._replace(closed_on=workspace.today(), outcome=said, closed_by=reader.actor)


def _close_on_dossier(workspace: Workspace, found: FollowUp, state: str, said: str, reader: Reader) -> None:
    with workspace.open_dossier(
        state,
        treaty=found.treaty,
        reader=reader,
        right=Right.FOLLOW_UP,
        name=workspace.register().name_of(state),
        beat=lambda connection: _answer(workspace, connection, found, reader),
    ) as open_dossier:
        if not any(f.id == found.id and f.is_open for f in open_dossier.follow_ups):
            raise AlreadyClosed(refusal("closed_meanwhile", follow_up=found.id))
        open_dossier.closed.append((found.id, said))
        if found.occasion == Occasion.SILENCE and was_done(said) and open_dossier.pathway.kind(EXCHANGE) is not None:
            _file_exchange(open_dossier, found.id)


def _answer(workspace: Workspace, connection: Connection, found: FollowUp, reader: Reader) -> None:
    """Note that a person has answered it, and so on what asked this reader; on nothing else that came in its letter.

    Nobody answers what somebody else has just taken.
    """
    _refuse_answer(connection, follow_up_row.one(connection, found.id) or found, reader)
    lifecycle.answered(connection, found.id)
    person = number_of(reader)
    if person is not None:
        delivery_history.answered(connection, found.id, person, at=workspace.clock.now())


def exchange_of(follow_up: int) -> str:
    """Return the reference under which the answer to a silence stands on file as an exchange."""
    return f"follow-up {follow_up}"


def _file_exchange(open_dossier: OpenDossier, follow_up: int) -> None:
    open_dossier.file(
        EXCHANGE,
        PartialDate.of(open_dossier.today),
        source=SourceKind.ASSESSMENT,
        sensitivity=Sensitivity.COORDINATION,
        reference=exchange_of(follow_up),
    )


@contextmanager
def _open(
    workspace: Workspace, follow_up: int, reader: Reader, treaty: str | None
) -> Iterator[tuple[Connection, FollowUp]]:
    """Open a follow-up for work, locked; NotOnFile when there is none the reader may know of."""
    with workspace.registry() as connection:
        found = follow_up_row.one(connection, follow_up, lock=True)
        if (
            found is None
            or treaty not in (None, found.treaty)
            or not Visibility(workspace, connection, reader).has(found)
        ):
            raise NotOnFile(refusal("no_such_follow_up_listed", follow_up=follow_up))
        if found.closed_on is not None:
            closings = Closings.of(workspace, connection, reader, [found])
            told = closings.shown(found)
            is_theirs = told.outcome == BY_THE_SECRETARIAT
            who = Word("the Secretariat") if is_theirs else called(connection, told.closed_by)
            said = closings.in_words(told)
            raise AlreadyClosed(
                refusal("closed_already", who=who, follow_up=follow_up, day=found.closed_on, outcome=said)
            )
        yield connection, found


def _refuse_answer(connection: Connection, found: FollowUp, reader: Reader) -> None:
    """Raise NotYours when somebody else is to close it or to let it rest; to say something beside it is anybody's."""
    if may_answer(found, reader):
        return
    _refuse_anothers(connection, found, reader)
    if may_do(found.occasion, found.state, reader):
        raise NotYours(refusal("taken_before_answered", follow_up=found.id))
    raise NotYours(refusal("asked_of_who_can_do_it", follow_up=found.id))


def _refuse_anothers(connection: Connection, found: FollowUp, reader: Reader) -> None:
    """Raise NotYours when somebody else owns it; the Secretariat may give it to anybody all the same."""
    if found.owner_id in (None, number_of(reader)) or reader.is_secretariat:
        return
    owner = called(connection, f"person:{found.owner_id}")
    raise NotYours(refusal("owned_by_another", owner=owner, follow_up=found.id))


def _taker(connection: Connection, person: str | int | None, reader: Reader) -> int:
    asked = number_of(reader) if person is None else person
    if asked is None:
        raise NotFollowedUp(refusal("say_who_takes_it", field="person"))
    taker = person_named(connection, asked)
    if f"person:{taker}" != reader.actor and not reader.is_secretariat:
        raise NotYours(refusal("taken_for_somebody_else"))
    return taker
