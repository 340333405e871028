"""Admission: what may go on file. Every fault of a proposed fact, at once.

A depositary act is measured against the treaty's own dates and against the State's earlier acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from pathways.grammar.dates import PartialDate
from pathways.grammar.deadlines import EachYearOn
from pathways.grammar.dossier import BOOKKEEPING, CORRECTION, ROUTE, SETTLED, STEP, TIER, Dossier
from pathways.grammar.facts import Fact, FactKind, SourceKind, Value, of_field
from pathways.grammar.legal import ACTS, DEPOSIT, PROVISIONAL_APPLICATION, SIGNATURE, WITHDRAWAL
from pathways.grammar.needs import causes_of
from pathways.grammar.pathway import Pathway, cited
from pathways.grammar.refusals import OneOf, Refusal, Refused, Word, refusal
from pathways.grammar.stages import Instrument
from pathways.grammar.terms import Rule

#: The ledger's own book-keeping that nothing takes back.
NEVER_ANNULLED = BOOKKEEPING - {CORRECTION, ROUTE, TIER, SETTLED}

_VERBS = {
    Instrument.RATIFICATION: "ratifies",
    Instrument.ACCEPTANCE: "accepts",
    Instrument.APPROVAL: "approves",
    Instrument.ACCESSION: "accedes",
    Instrument.SUCCESSION: "succeeds",
}


class NotAdmitted(Refused):
    """A fact may not go on file; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Proposed:
    """A fact somebody wants on file. `state` is the State's name, for the sentences."""

    state: str
    kind: FactKind
    effective: PartialDate
    source: SourceKind
    reference: str = ""
    known_by: date | None = None
    data: Mapping[str, Value] = field(default_factory=dict)
    annuls: tuple[Fact, ...] = ()
    by_hand: bool = True


def faults_of(pathway: Pathway, dossier: Dossier, proposed: Proposed, *, training: bool) -> tuple[Refusal, ...]:
    """Return every reason why a fact may not go on file; `dossier` is today's, by all facts."""
    return (
        *_of_time(pathway, proposed, dossier.on),
        *_of_source(pathway, proposed, training=training),
        *_of_annulment(pathway, dossier, proposed),
        *_of_act(pathway, dossier, proposed),
    )


def _of_time(pathway: Pathway, proposed: Proposed, today: date) -> Iterator[Refusal]:
    if proposed.effective.first > today + timedelta(days=1):
        yield refusal("fact_in_the_future", field="effective", day=proposed.effective, today=today)
    if proposed.effective.last < pathway.opened_for_signature:
        yield refusal(
            "fact_before_the_treaty",
            field="effective",
            day=proposed.effective,
            treaty=Word(pathway.title),
            opened=pathway.opened_for_signature,
        )


def _of_source(pathway: Pathway, proposed: Proposed, *, training: bool) -> Iterator[Refusal]:
    kind, source = proposed.kind, proposed.source
    if proposed.by_hand and not kind.by_hand:
        yield refusal("not_filed_by_hand", field="kind", kind=kind.name)
    if source is SourceKind.EXAMPLE and not training:
        yield refusal("example_in_a_real_record", field="source")
    elif source not in kind.sources and not (proposed.by_hand and source is SourceKind.RECORD):
        allowed = tuple(sorted(kind.sources - {SourceKind.EXAMPLE, SourceKind.RECORD}))
        yield refusal("source_does_not_count", field="source", title=Word(kind.title), source=source, accepted=allowed)
    if proposed.by_hand and source is SourceKind.RECORD:
        yield refusal("record_is_no_source", field="source")
    if proposed.by_hand and source is SourceKind.DEPOSITARY and not pathway.notification.fits(proposed.reference):
        yield refusal("depositary_notification_wanted", field="reference", example=pathway.notification.example)


def _of_annulment(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    for fact in proposed.annuls:
        if fact.kind in NEVER_ANNULLED and fact.kind != STEP:
            yield refusal("bookkeeping_not_annulled", field="annuls", title=_titled(pathway, fact))
        elif fact.kind in BOOKKEEPING - {SETTLED, STEP} and proposed.kind.name != CORRECTION:
            yield refusal("taken_back_by_a_correction_alone", field="annuls", title=_titled(pathway, fact))
        if fact.kind == SETTLED and proposed.kind.name != CORRECTION:
            yield refusal("settlement_not_annulled", field="annuls")
        if fact.kind == STEP:
            yield refusal("step_not_annulled", field="annuls")
        elif fact.source in (SourceKind.DEPOSITARY, SourceKind.RECORD) and not fact.unconfirmed:
            yield refusal("depositarys_word_not_annulled", field="annuls", title=_titled(pathway, fact))
        elif fact.kind in ACTS and proposed.kind.name in causes_of(pathway):
            yield refusal("act_not_undone_at_home", field="annuls", title=_titled(pathway, fact))
    deposit = dossier.legal.deposit if dossier.legal.is_in_hand else None
    if proposed.annuls and proposed.kind.name in causes_of(pathway) and deposit is not None:
        yield refusal("not_undone_after_deposit", field="annuls", day=deposit.effective)


def _titled(pathway: Pathway, fact: Fact) -> Word:
    return Word(pathway.title_of(fact.kind))


def _of_act(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    rules = {
        SIGNATURE: _of_signature,
        DEPOSIT: _of_deposit,
        PROVISIONAL_APPLICATION: _of_provisional_application,
        WITHDRAWAL: _of_withdrawal,
    }
    rule = rules.get(proposed.kind.name, _of_yearly_duty)
    yield from rule(pathway, dossier, proposed)


def _of_signature(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    opened, closed = pathway.opened_for_signature, pathway.closed_for_signature
    if proposed.effective.last < opened or (closed is not None and proposed.effective.first > closed):
        yield _out_of_time(pathway, proposed)
    deposit, article = dossier.legal.deposit, pathway.cited(Rule.INSTRUMENT)
    if deposit is not None and deposit.text("instrument") in pathway.instruments.of_another_state:
        yield refusal("signature_of_a_state_that_acceded", state=proposed.state, article=article)


def _out_of_time(pathway: Pathway, proposed: Proposed) -> Refusal:
    state, day, treaty = proposed.state, proposed.effective, Word(pathway.title)
    opened, closed, article = pathway.opened_for_signature, pathway.closed_for_signature, pathway.cited(Rule.SIGNATURE)
    if closed is None:
        return refusal(
            "signature_too_early",
            field="effective",
            state=state,
            day=day,
            treaty=treaty,
            opened=opened,
            article=article,
        )
    return refusal(
        "signature_out_of_time",
        field="effective",
        state=state,
        day=day,
        treaty=treaty,
        opened=opened,
        closed=closed,
        article=article,
    )


def _of_deposit(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    instrument, terms = str(proposed.data.get("instrument", "")), pathway.instruments
    signature, where, state, day = dossier.legal.signature, of_field("instrument"), proposed.state, proposed.effective
    given = Word(instrument)
    if instrument and instrument not in (*terms.of_a_signatory, *terms.of_another_state):
        article = pathway.cited(Rule.INSTRUMENT)
        yield refusal("instrument_open_to_nobody", field=where, state=state, instrument=given, article=article)
    if instrument in terms.of_another_state and signature is not None:
        does = OneOf(Word(_VERBS[one]) for one in terms.of_a_signatory)
        day_signed, article = signature.effective, pathway.cited(Rule.OF_A_SIGNATORY)
        yield refusal("signatory_does_not_accede", field=where, state=state, day=day_signed, does=does, article=article)
    if instrument in terms.of_a_signatory and signature is None:
        article = pathway.cited(Rule.OF_ANOTHER_STATE)
        yield refusal("not_signed_so_accedes", field=where, state=state, instrument=given, article=article)
    if instrument in terms.of_another_state:
        yield from _of_accession(pathway, day)
    if signature is not None and day.last < signature.effective.first:
        yield refusal("deposit_before_signature", field="effective", state=state, signed=signature.effective, day=day)


def _of_accession(pathway: Pathway, day: PartialDate) -> Iterator[Refusal]:
    opens, article = pathway.instruments.accession_from, pathway.cited(Rule.ACCESSION)
    if opens is None or day.last >= opens:
        return
    if opens == pathway.entered_into_force:
        yield refusal("accession_before_entry_into_force", field="effective", day=opens, article=article)
    else:
        yield refusal("accession_too_early", field="effective", day=opens, article=article)


def _of_provisional_application(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    acts = [act for act in (dossier.legal.signature, dossier.legal.deposit) if act is not None]
    if not any(_may_be_one_day(act.effective, proposed.effective) for act in acts):
        yield _beside_no_act(pathway, proposed.effective, acts)


def _beside_no_act(pathway: Pathway, day: PartialDate, acts: Sequence[Fact]) -> Refusal:
    article = pathway.cited(Rule.PROVISIONAL_APPLICATION)
    if not acts:
        return refusal("provisional_application_without_act", field="effective", day=day, article=article)
    known = tuple(refusal("fact_of_a_day", title=_titled(pathway, act), day=act.effective) for act in acts)
    return refusal("provisional_application_at_no_act", field="effective", day=day, known=known, article=article)


def _may_be_one_day(one: PartialDate, other: PartialDate) -> bool:
    return one.first <= other.last and other.first <= one.last


def _of_withdrawal(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    deposit, article = dossier.legal.deposit, pathway.cited(Rule.WITHDRAWAL)
    if deposit is None or not dossier.legal.is_in_hand:
        yield refusal("nothing_to_withdraw", state=proposed.state, article=article)
    elif proposed.effective.last < deposit.effective.first:
        yield refusal("withdrawal_before_deposit", field="effective", day=proposed.effective, deposit=deposit.effective)
    named = str(proposed.data.get("takes_effect_on", ""))
    rule = pathway.withdraws(proposed.effective.last)
    if named and date.fromisoformat(named) < rule:
        where, day = of_field("takes_effect_on"), date.fromisoformat(named)
        yield refusal("withdrawal_takes_effect_later", field=where, rule=rule, day=day, article=article)


def _of_yearly_duty(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[Refusal]:
    year, first, last = proposed.data.get("year"), pathway.entered_into_force.year, dossier.on.year
    if not isinstance(year, int) or first <= year <= last:
        return
    for duty in pathway.duties:
        if duty.done_by == proposed.kind.name and isinstance(duty.rule, EachYearOn):
            where, name, article = of_field("year"), Word(duty.name), cited(duty.article)
            yield refusal(
                "report_of_another_year", field=where, duty=name, first=first, last=last, year=year, article=article
            )
