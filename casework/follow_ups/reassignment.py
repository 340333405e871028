"""Reassignment: which open follow-ups a person would leave without anybody, and who gets them.

Nobody leaves a mandate while a follow-up depends on it alone; a new owner is told by letter. A coordinator is never
asked for active outreach (E3.7): it may take a silent State of its own accord or with a mandate, not on demand.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from casework.core.actors import name_of, note, number_of
from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory, lead_first
from casework.core.escalation import CHASES
from casework.core.workspace import Workspace
from casework.follow_ups.ground import Grounds, can_do
from casework.follow_ups.passing_on import told_by_giving
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups.follow_up import FollowUp, all_told
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.people.people import HeldMandate
from models.store.engine import Connection
from notifications.letters import Kind
from pathways.grammar.agenda import OUTREACH, asked_again_on, own_day
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal
from pathways.grammar.roles import Reach, powers


class OutOfReach(Refused, PermissionError):
    """The one who is to own a follow-up has no mandate that reaches so far."""


def reaches(directory: Directory, held: HeldMandate, follow_up: FollowUp) -> bool:
    """Tell whether this mandate serves what a follow-up is about, and lets its holder do what it asks."""
    row = powers(held.role)
    if held.treaty != follow_up.treaty or not row.takes_follow_ups or not can_do(row, follow_up.occasion):
        return False
    if row.serves is Reach.EVERYWHERE:
        return True
    return follow_up.state is not None and directory.serves(held, follow_up.state)


def owned_with(connection: Connection, directory: Directory, held: HeldMandate) -> list[FollowUp]:
    """Return the open follow-ups that the holder owns and no other mandate of the holder's reaches."""
    others = [h for h in directory.held if h.person_id == held.person_id and h.mandate_id != held.mandate_id]
    return [
        f
        for f in follow_up_row.of_treaty(connection, held.treaty, open_only=True)
        if f.owner_id == held.person_id and not any(reaches(directory, other, f) for other in others)
    ]


def addressed_to(connection: Connection, directory: Directory, held: HeldMandate) -> list[FollowUp]:
    """Return the open follow-ups nobody owns that are this role's and scope's, when its holder leads or is the last."""
    holders = [h for h in directory.held if h.mandate_id == held.mandate_id]
    if not holders or min(holders, key=lead_first).hold_id != held.hold_id:
        return []
    return [
        f
        for f in follow_up_row.of_treaty(connection, held.treaty, open_only=True)
        if f.owner_id is None and _is_addressed(held, f) and reaches(directory, held, f)
    ]


def _is_addressed(held: HeldMandate, follow_up: FollowUp) -> bool:
    """Tell whether a role is asked to act; who does not reach out is only informed of what asks for it."""
    if not powers(held.role).reaches_out and follow_up.occasion in CHASES:
        return False
    return held.role in (follow_up.role, follow_up.asked)


def pass_on(
    workspace: Workspace, connection: Connection, passed: Sequence[FollowUp], person: int, *, reader: Reader
) -> None:
    """Make somebody the owner of follow-ups; what was not yet sent of them goes to that person instead.

    None of them rests any longer: whoever gets one decides anew.
    """
    if not passed:
        return
    today = workspace.today()
    directory = Directory.of(connection, today)
    roles = require_reach(Grounds(workspace, connection, directory), passed, person)
    notice_rows.withdraw(connection, [f.id for f in passed])
    given = [begun_anew(follow_up_row.wake(connection, f), today) for f in passed]
    follow_up_row.give(connection, given, person)
    follow_up_row.note_move(connection, [f.id for f in given], at=workspace.stamp())
    # Its own key each time: who is given a follow-up back is to be told again.
    notices = [task(f, person, roles[f.id], f"{f.key}:handed:{uuid.uuid4().hex}") for f in given]
    notices += told_by_giving(connection, passed, directory.held, but={person, number_of(reader)})
    write_notices(workspace, connection, notices, today, Committed(), in_sweep=False)
    for f in passed:
        note(workspace, connection, reader, "handed over", f"follow_up:{f.id}", before=f.owner_id, after=person)


def begun_anew(found: FollowUp, today: date) -> FollowUp:
    """Return a follow-up as it is with somebody who gets it today: the whole patience, and then the next is asked.

    What waits for its day goes on waiting for it.
    """
    patience = timedelta(days=found.patience)
    due_on = own_day(found.occasion, found.due_on, today, patience)
    if found.waits_for_its_day:
        return found._replace(due_on=due_on, next_rung_on=due_on)
    is_last = all_told(rungs=found.rungs, rung=found.rung)
    then = asked_again_on(due_on, today, patience) if is_last else today + patience
    return found._replace(due_on=due_on, next_rung_on=then if found.next_rung_on is not None else None)


def is_asked(directory: Directory, found: FollowUp, person: int) -> bool:
    """Tell whether a person serves in the role that a follow-up asks, so that it has reached that person already."""
    if found.state is None:
        serving = directory.office_holders(found.asked, found.treaty)
    else:
        serving = directory.holders(found.asked, found.state, found.treaty)
    return any(held.person_id == person for held in serving)


def require_reach(grounds: Grounds, passed: Sequence[FollowUp], person: int) -> dict[int, str]:
    """Return in which role a person may own each follow-up.

    OutOfReach if one is beyond every mandate, or rests on what the person may not read.
    """
    directory, connection = grounds.directory, grounds.connection
    theirs = _reaching_out_last(h for h in directory.held if h.person_id == person)
    roles = {f.id: h.role for f in passed for h in theirs if reaches(directory, h, f)}
    beyond = len(passed) - len(roles)
    name = name_of(connection, person)
    if beyond:
        if len(passed) == 1:
            raise OutOfReach(refusal("reaches_not_this_one", name=name))
        raise OutOfReach(refusal("reaches_not_all", name=name, count=beyond))
    if not all(grounds.read_by(person, f) for f in passed):
        raise OutOfReach(refusal("reads_not_what_it_rests_on", name=name))
    return roles


def who_may_own(grounds: Grounds, follow_up: FollowUp) -> dict[int, str]:
    """Return the persons who may be asked to own a follow-up today, with the role in which each would."""
    roles: dict[int, str] = {}
    for held in _reaching_out_last(grounds.directory.held):
        if reaches(grounds.directory, held, follow_up):
            roles[held.person_id] = held.role
    is_outreach = follow_up.occasion in OUTREACH
    asked = {person: role for person, role in roles.items() if powers(role).reaches_out or not is_outreach}
    return {person: role for person, role in asked.items() if grounds.read_by(person, follow_up)}


def _reaching_out_last(held: Iterable[HeldMandate]) -> list[HeldMandate]:
    """Sort mandates so that, of several that somebody holds, one that reaches out comes last and counts."""
    return sorted(held, key=lambda h: powers(h.role).reaches_out)


def refuse_outreach(grounds: Grounds, follow_up: FollowUp, person: int) -> None:
    """Raise OutOfReach when a coordinator would be asked for a word to a State (E3.7, H3)."""
    role = require_reach(grounds, [follow_up], person)[follow_up.id]
    if follow_up.occasion in OUTREACH and not powers(role).reaches_out:
        raise OutOfReach(refusal("no_outreach_by_a_coordinator", name=name_of(grounds.connection, person)))


def task(follow_up: FollowUp, person: int, role: str, key: str) -> NewNotice:
    """Return the notice that tells somebody that a follow-up is theirs."""
    return NewNotice(
        key=key,
        kind=Kind.TASK if powers(role).reaches_out or follow_up.occasion not in CHASES else Kind.CHASE,
        occasion=follow_up.occasion,
        about=follow_up.about,
        person_id=person,
        role=role,
        treaty=follow_up.treaty,
        dossier_id=follow_up.dossier_id,
        follow_up_key=follow_up.key,
        rung=follow_up.rung,
        is_public=follow_up.is_public,
    )
