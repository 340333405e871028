"""The view of one State's dossier, as a reader may see it: legal status, stage, what is missing, duties and facts.

What the reader may not know looks like what does not exist, the missing lists included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import AsOf, look
from casework.core.rights import NotOnFile
from casework.core.staleness import mark_of
from casework.core.workspace import Workspace
from casework.dossiers.fact_view import FactView, facts_seen
from models.ledger import dossiers
from models.ledger.dossiers import Record
from models.store.engine import Connection
from pathways.grammar.agenda import agenda
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import Precision
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import DutyState, Owed, owed
from pathways.grammar.facts import Fact
from pathways.grammar.journey import open_steps
from pathways.grammar.projection import shown
from pathways.grammar.refusals import Refusal, refusal
from pathways.grammar.stages import Instrument, LegalStatus, Stage, Standing
from sources.states import Register


@dataclass(frozen=True, kw_only=True, slots=True)
class DutyView:
    """A duty of a party. Its day is the last possible one; `due_earliest` differs when the range is open."""

    name: str
    covers: int | None  # the calendar year that a yearly duty is for
    article: str
    due_on: date
    due_earliest: date
    done_on: date | None
    state: DutyState


@dataclass(frozen=True, kw_only=True, slots=True)
class DossierView:
    """One State and one treaty, as of a day, as known on a day, through one reader's eyes.

    Dates of acts are given as they are known: `2024-06`. `entry_into_force` is the latest possible day. `stage`,
    `tier` and `next_due_on` are None to a reader who may not know our assessment of the State, `duties` empty to one
    who may not know which reports came.
    """

    state: str
    name: str
    region: str
    treaty: str
    on: date
    known: date
    legal_status: LegalStatus
    signature_date: str | None
    provisional_application_date: str | None
    deposit_date: str | None
    deposit_precision: Precision | None
    deposit_known_by: date | None
    instrument: Instrument | None
    entry_into_force: date | None
    entry_into_force_earliest: date | None
    withdrawal_effective: date | None
    declaration_date: str | None  # that the State will not become a party
    stage: Stage | None
    stage_since: date | None
    standing: Standing
    review_on: date | None
    tier: int | None
    route: str | None
    route_is_assumed: bool
    open_steps: tuple[str, ...]
    missing: Mapping[str, tuple[Refusal, ...]]
    next_due_on: date | None
    duties: tuple[DutyView, ...]
    unconfirmed: tuple[str, ...]
    conflicts: tuple[FactView, ...]
    overtaken: tuple[FactView, ...]
    facts: tuple[FactView, ...]
    version: int | None  # the Secretariat's alone: it would tell others that something hidden has happened
    mark: str  # what a page sends back with a change


def dossier_view(
    workspace: Workspace,
    state: str,
    *,
    treaty: str,
    on: date | None = None,
    known: date | None = None,
    reader: Reader,
) -> DossierView:
    """Show one State's dossier, named by its alpha-3 code; NotOnFile when it has none for this treaty."""
    asked = look(workspace, treaty=treaty, on=on, known=known, reader=reader)
    with workspace.reading() as connection:
        record, facts = on_file(connection, treaty, state, asked.register(connection))
        return view_of(asked, connection, record, facts, asked.dossier(state, facts))


def on_file(connection: Connection, treaty: str, state: str, register: Register) -> tuple[Record, list[Fact]]:
    """Return a State's row and its facts; NotOnFile when it has no dossier for this treaty."""
    record = dossiers.record_of(connection, treaty, state)
    if record is None:
        raise NotOnFile(refusal("no_dossier", state=register.name_of(state)))
    return record, dossiers.facts_of(connection, [record])[record.id]


def view_of(
    asked: AsOf, connection: Connection, record: Record, facts: Sequence[Fact], dossier: Dossier
) -> DossierView:
    """Show a dossier that was read already, with its facts and what they add up to for the one who asks."""
    knows_stage = asked.may_know_stage(record.state)
    duties = owed(asked.pathway, dossier) if asked.may_know_reports(record.state) else ()
    steps = open_steps(asked.pathway, dossier) if knows_stage else ()
    seen = facts_seen(connection, asked, dossier, facts)
    by_id = {view.fact: view for view in seen}
    force, deposit = dossier.legal.entry_into_force, dossier.legal.deposit
    return DossierView(
        state=record.state,
        name=asked.register(connection).name_of(record.state),
        region=record.region,
        treaty=record.treaty,
        on=asked.on,
        known=asked.known,
        legal_status=dossier.legal.status,
        signature_date=_day(dossier.legal.signature),
        provisional_application_date=_day(dossier.legal.provisional_application),
        deposit_date=_day(deposit),
        deposit_precision=deposit.precision if deposit else None,
        deposit_known_by=deposit.known_by if deposit else None,
        instrument=dossier.legal.instrument,
        entry_into_force=force.last if force else None,
        entry_into_force_earliest=force.first if force else None,
        withdrawal_effective=dossier.legal.withdrawal_effective,
        declaration_date=_day(dossier.legal.declaration),
        stage=dossier.stage if knows_stage else None,
        stage_since=dossier.entered_on if knows_stage else None,
        standing=dossier.standing,
        review_on=dossier.review_on,
        tier=dossier.tier if knows_stage else None,
        route=dossier.route if knows_stage else None,
        route_is_assumed=dossier.route_is_assumed,
        open_steps=tuple(step.name for step, _ in steps),
        missing={step.name: missing for step, missing in steps},
        next_due_on=_next(asked, record, dossier) if knows_stage else None,
        duties=tuple(map(_duty, duties)),
        unconfirmed=dossier.unconfirmed,
        conflicts=tuple(by_id[fact.id] for fact in dossier.conflicts if fact.id in by_id),
        overtaken=tuple(by_id[fact.id] for fact in dossier.overtaken),
        facts=seen,
        version=record.version if asked.reader.is_secretariat else None,
        mark=mark_of(shown(asked.pathway, facts, asked.reader)),
    )


def _day(act: Fact | None) -> str | None:
    return str(act.effective) if act else None


def _duty(duty: Owed) -> DutyView:
    return DutyView(
        name=duty.duty.name,
        covers=duty.covers,
        article=duty.duty.article,
        due_on=duty.due.last,
        due_earliest=duty.due.first,
        done_on=duty.done_on,
        state=duty.state,
    )


def _next(asked: AsOf, record: Record, dossier: Dossier) -> date | None:
    """Of today, what the sweep itself goes by; of another day or to another reader, what the facts say."""
    if asked.is_today and asked.until is None and asked.reader.is_secretariat:
        return record.next_due_on
    found = agenda(asked.pathway, dossier)
    return asked.on if found.steps else found.next_due_on
