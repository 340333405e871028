"""Own follow-ups: what somebody means to do on a day, opened by a person and brought up by no agenda.

The words stand in the follow-up's row, never in the ledger nor in a letter; nothing goes on file by it. On its day the
owner is reminded, and what stays open then goes its way from rung to rung like every other.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from casework.core.actors import Named, by_name, note, number_of
from casework.core.commit import Committed, write_notices
from casework.core.directory import Directory
from casework.core.readers import person_named
from casework.core.rights import NotOnFile, NotYours, require
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.follow_ups.actions import NotFollowedUp
from casework.follow_ups.ground import Grounds
from casework.follow_ups.periods import PATIENCE
from casework.follow_ups.reassignment import require_reach, task
from models.follow_ups import follow_up as follow_up_row
from models.follow_ups import lifecycle
from models.follow_ups.follow_up import FollowUp
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.people import people
from models.store.engine import Connection
from pathways.grammar.agenda import OWN
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.refusals import Refusal, refusal
from pathways.grammar.roles import Right, Role, powers

#: Who may know it: those who accompany the State, or the Secretariat alone beside whoever opened it.
LEVELS = (Sensitivity.COORDINATION, Sensitivity.CONFIDENTIAL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Intention:
    """What is to be done on a day, about a State or none; without an owner by whoever says so."""

    words: str
    on: date
    state: str | None = None
    owner: str | int | None = None
    sensitivity: Sensitivity = Sensitivity.COORDINATION


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """The follow-up; `repeated`: it was open already, and nothing was written."""

    follow_up: FollowUp
    repeated: bool


def open_own(workspace: Workspace, meant: Intention, *, reader: Reader, treaty: str) -> Opened:
    """Open a follow-up of one's own; the Secretariat may open one for another, who is told by letter.

    NotFollowedUp lists what is against it; OutOfReach when the owner may not do it, or may not know it.
    """
    said = meant.words.strip()
    with workspace.registry() as connection:
        record = _record(workspace, connection, meant.state, reader, treaty)
        if faults := _faults(meant, said, workspace.today()):
            raise NotFollowedUp(*faults)
        owner = _owner(connection, meant.owner, reader)
        unborn = _unborn(meant, said, owner, reader, record, treaty, workspace.today())
        grounds = Grounds(workspace, connection, Directory.of(connection, workspace.today()))
        role = require_reach(grounds, [unborn], owner)[unborn.id]
        if (known := follow_up_row.open_alike(connection, unborn)) is not None:
            return Opened(follow_up=known, repeated=True)
        rungs = (role,) if powers(role).is_secretariat else (role, Role.SECRETARIAT.value)
        born = unborn._replace(role=role, rungs=",".join(rungs), moved_at=workspace.stamp())
        opened = lifecycle.insert_one(connection, born)
        note(workspace, connection, reader, "opened", f"follow_up:{opened.id}", owner=owner, due_on=str(opened.due_on))
        if owner != number_of(reader):
            told = [task(opened, owner, role, f"{opened.key}:opened:{owner}")]
            write_notices(workspace, connection, told, workspace.today(), Committed(), in_sweep=False)
        return Opened(follow_up=opened, repeated=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnForm:
    """The form for one of one's own: the States it may be about, and to whom the Secretariat may give it."""

    states: tuple[str, ...]
    owners: tuple[Named, ...]
    needs_state: bool
    levels: tuple[Sensitivity, ...]


def own_form(workspace: Workspace, *, reader: Reader, treaty: str) -> OwnForm:
    """Return the form; NotOnFile to whoever follows nothing up."""
    with workspace.reading() as connection:
        on_file = dossiers.records(connection, treaty)
        served = tuple(record.state for record in on_file if reader.may(Right.FOLLOW_UP, record.state))
        if not served and not reader.is_secretariat:
            raise NotOnFile(refusal("nothing_at_this_address"))
        held = people.held_on(connection, workspace.today(), treaties={treaty}) if reader.is_secretariat else []
        asked = {h.person_id for h in held if powers(h.role).takes_follow_ups} - {number_of(reader)}
        owners = by_name(Named(person=p, name=name) for p, name in people.names(connection, asked).items())
    return OwnForm(states=served, owners=owners, needs_state=not reader.is_secretariat, levels=LEVELS)


def _record(
    workspace: Workspace, connection: Connection, state: str | None, reader: Reader, treaty: str
) -> Record | None:
    """Return the dossier it is about; what is about no State is the Secretariat's alone."""
    if not state:
        if not reader.is_secretariat:
            raise NotFollowedUp(refusal("say_which_state", field="state"))
        return None
    name = workspace.register(connection).name_of(state)
    record = dossiers.record_of(connection, treaty, state)
    if record is None:
        raise NotOnFile(refusal("no_dossier", state=name))
    require(reader, Right.FOLLOW_UP, state, name)
    return record


def _faults(meant: Intention, said: str, today: date) -> list[Refusal]:
    faults = line_faults(said, refusal("say_what_is_to_be_done", field="about"))
    if meant.on < today:
        faults.append(refusal("opened_for_a_day_to_come", field="on", today=today, day=meant.on))
    if meant.sensitivity not in LEVELS:
        faults.append(refusal("held_so_is_no_follow_up", field="sensitivity"))
    return faults


def _owner(connection: Connection, named: str | int | None, reader: Reader) -> int:
    asked = number_of(reader) if named is None else named
    if asked is None:
        raise NotFollowedUp(refusal("say_whose_it_is", field="owner"))
    owner = person_named(connection, asked)
    if owner != number_of(reader) and not reader.is_secretariat:
        raise NotYours(refusal("opened_for_somebody_else", field="owner"))
    return owner


def _unborn(
    meant: Intention, said: str, owner: int, reader: Reader, record: Record | None, treaty: str, today: date
) -> FollowUp:
    """Return it as it will stand, but for its number and the role of its owner."""
    return FollowUp(
        id=0,
        key=f"{OWN}:{treaty}:{uuid.uuid4().hex}",
        treaty=treaty,
        dossier_id=record.id if record else None,
        state=record.state if record else None,
        occasion=OWN,
        about="",
        role=Role.SECRETARIAT.value,
        region=record.region if record else "",
        owner_id=owner,
        opened_on=today,
        due_on=meant.on,
        rungs="",
        rung=0,
        patience=PATIENCE.days,
        next_rung_on=meant.on,
        is_public=False,
        snoozed_until=None,
        snooze_reason=None,
        closed_on=None,
        outcome=None,
        closed_by=None,
        words=said,
        opened_by=reader.actor,
        sensitivity=meant.sensitivity,
    )
