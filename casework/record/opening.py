"""Opening a record: the database, the States, and what had happened by its first day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from casework.core.commit import Committed
from casework.core.open_dossier import OpenDossier
from casework.core.own_dossiers import blank_dossier, make_own_dossier
from casework.core.workspace import DOSSIERS, TRAINING_DAY, TRAINING_SINCE, Workspace
from casework.depositary.acts import put_on_file
from casework.dossiers.derived_steps import follow_the_record, take_due_steps
from casework.meetings.bundled import learn_meetings
from casework.record.learning import learn
from casework.record.seals import begin_anew
from models.ledger import dossiers, states
from models.store import record_settings
from models.store.engine import Connection
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import RECORD_OPENED
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refused, Word, refusal
from sources.bundled import NoRecord, load_participation
from sources.participation import Act
from sources.states import load_register

OPENED = "opened_on"
_ACTOR = "system:init"


class WrongRecord(Refused):
    """What is asked does not fit this record: it is real or for training, for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What opening did."""

    dossiers: int
    facts: int
    was_there: bool
    training: date | None
    learnt: int = 0  # acts that the bundled record has come to know since it was opened
    meetings: int = 0  # meetings that came on file


def open_record(workspace: Workspace, *, treaty: str, empty: bool = False, training: date | None = None) -> Opened:
    """Make the database and load the bundled record; again, add what a newer one knows besides, and change nothing."""
    pathway = workspace.pathway(treaty)
    workspace.settings.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if training is not None and training > workspace.clock.now().date():
        raise WrongRecord(refusal("training_day_in_the_future", day=training))
    if training is not None and training < pathway.opened_for_signature:
        raise WrongRecord(
            refusal("training_day_before_the_treaty", treaty=Word(pathway.title), opened=pathway.opened_for_signature)
        )
    if workspace.store.revision() is None:
        workspace.store.migrate()
    workspace.store.require()  # an older one is brought up by an upgrade, which makes a backup before
    with workspace.registry() as connection:
        there = _what_is_there(workspace, connection, treaty, training)
        if there is None and not dossiers.treaties(connection):
            begin_anew(workspace)
        if there is None:
            _lay_out(connection, treaty)
        if there is None and training is not None:
            _stand_on(workspace, connection, training)
    workspace.forget()
    make_own_dossier(workspace, treaty)
    if there is None:
        filled = _fill(workspace, treaty, () if empty else _acts(treaty, workspace.training))
        return replace(filled, meetings=learn_meetings(workspace, treaty, actor=_ACTOR))
    learnt = 0 if empty else learn(workspace, treaty, _acts(treaty, _began_on(workspace, treaty)), actor=_ACTOR)
    met = 0 if empty else learn_meetings(workspace, treaty, actor=_ACTOR)
    return replace(there, facts=_facts(workspace, treaty) if learnt else there.facts, learnt=learnt, meetings=met)


def opened_on(workspace: Workspace, treaty: str | None) -> date | None:
    """Return the day on which a treaty was opened in a record; None for the record itself, which may be earlier."""
    day = workspace.kept.get(f"{OPENED}:{treaty}") or workspace.kept.get(OPENED)
    return date.fromisoformat(day) if day else None


def _began_on(workspace: Workspace, treaty: str) -> date | None:
    """Return the day by which acts had happened when a training record was opened; None for a real one."""
    return None if workspace.training is None else opened_on(workspace, treaty)


def _facts(workspace: Workspace, treaty: str) -> int:
    with workspace.reading() as connection:
        return sum(record.head_seq for record in dossiers.records(connection, treaty))


def move_clock(workspace: Workspace, day: date | None) -> date:
    """Return a training record's day, moved forward if asked."""
    today = workspace.training
    if today is None:
        raise WrongRecord(refusal("real_record_has_no_clock"))
    if day is None:
        return today
    if day < today:
        raise WrongRecord(refusal("clock_moves_forward_only", today=today))
    if day > workspace.clock.now().date():
        raise WrongRecord(refusal("clock_in_the_future", day=day))
    with workspace.registry() as connection:
        _stand_on(workspace, connection, day)
    workspace.forget()
    return day


def _stand_on(workspace: Workspace, connection: Connection, day: date) -> None:
    record_settings.keep(connection, TRAINING_DAY, day.isoformat())
    record_settings.keep(connection, TRAINING_SINCE, workspace.clock.now().isoformat())


def _what_is_there(workspace: Workspace, connection: Connection, treaty: str, training: date | None) -> Opened | None:
    found = dossiers.records(connection, treaty)
    kept = record_settings.all_settings(connection)
    if not found or f"{DOSSIERS}{treaty}" not in kept:
        return None
    stands = kept.get(TRAINING_DAY)
    if training is not None and stands is None:
        raise WrongRecord(refusal("real_record_stays_real"))
    day = date.fromisoformat(stands) if stands else None
    return Opened(dossiers=len(found), facts=sum(r.head_seq for r in found), was_there=True, training=day)


def _lay_out(connection: Connection, treaty: str) -> None:
    """Add the States and an empty dossier for each, unless an interrupted opening has done so."""
    members = load_register().states
    if not states.regions(connection):
        states.add(
            connection,
            [{"iso3": s.iso3, "att_region": s.att_region, "un_regional_group": s.un_regional_group} for s in members],
        )
    if dossiers.records(connection, treaty):
        return
    dossiers.add_dossiers(connection, [blank_dossier(treaty, s.iso3) for s in members])


def _acts(treaty: str, by: date | None) -> Sequence[Act]:
    try:
        acts = load_participation(treaty).acts
    except NoRecord:
        return ()
    return [act for act in acts if by is None or (act.known_by or act.effective.last) <= by]


def _fill(workspace: Workspace, treaty: str, acts: Sequence[Act]) -> Opened:
    by_state: Mapping[str, list[Act]] = defaultdict(list)
    for act in sorted(acts, key=lambda a: a.effective.first):
        by_state[act.state].append(act)
    today = workspace.today()
    with workspace.registry() as connection:
        ids = [record.id for record in dossiers.records(connection, treaty) if record.head_seq == 0]
    with workspace.batch(ids, actor=_ACTOR, today=today, committed=Committed()) as open_dossiers:
        for open_dossier in open_dossiers:
            _fill_one(open_dossier, by_state.get(open_dossier.state, []))
        facts = sum(len(open_dossier.new_facts) for open_dossier in open_dossiers)
    with workspace.registry() as connection:
        if OPENED not in record_settings.all_settings(connection):
            record_settings.keep(connection, OPENED, today.isoformat())
        record_settings.keep(connection, f"{OPENED}:{treaty}", today.isoformat())
        record_settings.keep(connection, f"{DOSSIERS}{treaty}", str(len(dossiers.records(connection, treaty))))
    workspace.forget()
    return Opened(dossiers=len(ids), facts=facts, was_there=False, training=workspace.training)


def _fill_one(open_dossier: OpenDossier, acts: Sequence[Act]) -> None:
    open_dossier.file(
        RECORD_OPENED,
        PartialDate.of(open_dossier.today),
        source=SourceKind.RECORD,
        sensitivity=Sensitivity.PUBLIC,
    )
    for act in acts:
        put_on_file(open_dossier, act, SourceKind.RECORD)
    follow_the_record(open_dossier, tell=False)
    take_due_steps(open_dossier, tell=False)
