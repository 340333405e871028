"""Reminders: the next rung of what is open is told, the last one again, and the Secretariat of dossiers that failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.escalation import CHASES, RungAsked, ask
from casework.core.workspace import Workspace
from casework.follow_ups.failures import INCIDENT, note_failure
from casework.follow_ups.passing_on import told_by_climbing, told_who_had_it
from casework.follow_ups.vacancies import name_the_vacant
from models.follow_ups import climbing
from models.follow_ups.climbing import Climbed, Climbing
from models.follow_ups.follow_up import note_move
from models.ledger import dossiers
from models.letters.notices import NewNotice
from models.people.people import HeldMandate
from models.runs import runs
from models.store.engine import Connection
from pathways.grammar.agenda import OWN, own_day
from pathways.grammar.clearance import may_read_words
from pathways.grammar.refusals import remark
from pathways.grammar.roles import powers

_PAGE = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """A dossier that could not be treated: its State by code, and the incident to look up. Never its stage."""

    state: str
    incident: int


Beat = Callable[[Connection], None]


def anything_due(connection: Connection, day: date, treaty: str | None) -> bool:
    """Tell whether any follow-up's next rung is due."""
    return climbing.any_due(connection, day, treaty=treaty)


def remind(
    workspace: Workspace,
    day: date,
    *,
    treaty: str | None,
    directory: Directory,
    committed: Committed,
    first: bool,
    beat: Beat,
) -> None:
    """Tell the next rung of every follow-up that is due, then name the roles that nobody holds."""
    more = True
    while more:
        with workspace.registry() as connection:
            page = climbing.due_ones(connection, day, treaty=treaty, limit=_PAGE)
            more = len(page) == _PAGE
            if page:
                _climb(workspace, connection, page, day, directory, first=first, committed=committed)
            if not more:
                name_the_vacant(workspace, connection, day, treaty, directory, committed)
            beat(connection)


def note_incident(
    workspace: Workspace,
    dossier_id: int,
    day: date,
    run: str,
    code: str,
    *,
    beat: Callable[[Connection, Failure], None],
) -> Failure:
    """Note a dossier that failed, for the Secretariat; it is tried again tomorrow."""
    with workspace.registry() as connection:
        now = workspace.clock.now()
        state = dossiers.state_of(connection, dossier_id)
        number = runs.add_incident(
            connection,
            dossier_id=dossier_id,
            run=run,
            at=now,
            code=code,
            next_try_on=day + timedelta(days=1),
        )
        dossiers.put_off(connection, dossier_id, day + timedelta(days=1))
        treaty = dossiers.treaty_of(connection, dossier_id)
        note_failure(
            workspace,
            connection,
            INCIDENT,
            treaty=treaty,
            mark=state,
            about=f"incident {number}",
            reasons=[remark("dossier_not_treated", incident=number, kind=code, day=day)],
            dossier_id=dossier_id,
        )
        failure = Failure(state=state, incident=number)
        beat(connection, failure)
    return failure


def _climb(
    workspace: Workspace,
    connection: Connection,
    page: Sequence[Climbing],
    day: date,
    directory: Directory,
    *,
    first: bool,
    committed: Committed,
) -> None:
    notices: list[NewNotice] = []
    climbed: list[Climbed] = []
    # Whose mandate of what treaty somebody holds decides who may know of what a person has opened.
    serving = Directory.of(connection, day) if any(row.occasion == OWN for row in page) else directory
    for row in page:
        if row.snoozed_until is not None and row.snoozed_until > day:
            climbed.append(Climbed(row.id, row.rung, row.snoozed_until))
            continue
        asked = _asked(serving, row, first=first)
        owner = _leaves(row, asked, directory)
        is_left = owner is not None or _is_lost(row, asked, serving)
        climbed.append(_climbed(row, asked, day, is_left=is_left))
        again = day if asked.rung <= row.rung else None
        notices += asked.notices(row, row.key, row.treaty, row.dossier_id, again=again)
        notices += [told_who_had_it(row, owner, day)] if owner else []
    now = {one.id: one for one in climbed}
    notices += told_by_climbing(connection, {row.key: (row, now[row.id].rung) for row in page})
    climbing.climb(connection, climbed)
    moved = [row.id for row in page if now[row.id].rung > row.rung or now[row.id].is_left]
    note_move(connection, moved, at=workspace.stamp())
    climbing.end_rests(connection, [row.id for row in page if row.snoozed_until and row.snoozed_until <= day])
    write_notices(workspace, connection, notices, day, committed, in_sweep=True)


def _climbed(row: Climbing, asked: RungAsked, day: date, *, is_left: bool) -> Climbed:
    """Return where a follow-up stands once a rung was asked: while nobody can be, another day is tried."""
    waits = asked.nobody and row.told < len(row.rungs.split(","))
    rung = row.rung if asked.nobody and row.is_at_last else asked.rung
    then = day + timedelta(days=1) if waits else None
    return Climbed(row.id, rung, then, _due_on(row, asked, day, is_left=is_left), is_left=is_left)


def _asked(directory: Directory, row: Climbing, *, first: bool) -> RungAsked:
    """Return the next rung that has anybody; the first of what a person has opened is whose it is.

    The last rung is asked again through whoever of it has taken the follow-up.
    """
    told, rungs = row.told, row.rungs.split(",")
    held = directory.serving(row.owner_id, row.state, row.treaty)
    owner = held if held and _knows(directory, row, held.person_id) else None
    if row.occasion == OWN and told == 0:
        if owner:
            return RungAsked(rung=1, role=owner.role, holder=owner)
        told = min(1, len(rungs) - 1)
    if row.is_at_last and owner and owner.role == rungs[-1]:
        return RungAsked(rung=row.rung, role=owner.role, holder=owner)
    knows = partial(_knows, directory, row)
    return ask(directory, rungs, told, row.state or "", row.treaty, only_next=first, knows=knows)


def _knows(directory: Directory, row: Climbing, person: int) -> bool:
    """Tell whether a person who serves may know of it, as far as it is what another has opened."""
    if row.sensitivity is None:
        return True
    return may_read_words(directory.reader(person, row.treaty, ()), row.state, row.sensitivity, row.opened_by)


def _is_lost(row: Climbing, asked: RungAsked, directory: Directory) -> bool:
    """Tell whether its owner may know of it no more, so that it is with whoever is asked now."""
    return asked.holder is not None and row.owner_id is not None and not _knows(directory, row, row.owner_id)


def _leaves(row: Climbing, asked: RungAsked, directory: Directory) -> HeldMandate | None:
    """Return by which mandate its owner had what goes on now to whoever is to do it; None where it stays.

    Whoever is only informed takes it from nobody, nor does the owner's own role.
    """
    informs = row.occasion in CHASES and not powers(asked.role).reaches_out if asked.holder else True
    if row.owner_id is None or informs or asked.rung <= row.told or (row.occasion == OWN and row.told == 0):
        return None
    owner = directory.serving(row.owner_id, row.state, row.treaty)
    return owner if owner and owner.role != asked.role else None


def _due_on(row: Climbing, asked: RungAsked, day: date, *, is_left: bool) -> date | None:
    """Return the own day of whoever is asked now; who has taken it keeps the own as long as it stays there.

    So does the last rung, asked again because it is late; a rest gives the whole time anew.
    """
    if asked.nobody or (not is_left and (row.owner_id is not None or (row.is_at_last and not row.rested))):
        return None
    return own_day(row.occasion, row.due_on, day, timedelta(days=row.patience))
