"""Admission: what may go on file. Every fault of a proposed fact, in sentences, at once.

A depositary act is measured against the treaty's own dates and against the State's earlier acts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pathways.grammar.dates import PartialDate
from pathways.grammar.deadlines import EachYearOn
from pathways.grammar.dossier import BOOKKEEPING, CORRECTION, ROUTE, SETTLED, STEP, TIER, Dossier
from pathways.grammar.facts import Fact, FactKind, SourceKind, Value
from pathways.grammar.legal import ACTS, DEPOSIT, PROVISIONAL_APPLICATION, SIGNATURE, WITHDRAWAL
from pathways.grammar.needs import causes_of
from pathways.grammar.pathway import Pathway, cited
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


class NotAdmitted(Exception):
    """A fact may not go on file; `faults` holds a sentence for each reason."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        """Keep the sentences, all of them."""
        super().__init__(" ".join(faults))
        self.faults = faults


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


def faults_of(pathway: Pathway, dossier: Dossier, proposed: Proposed, *, training: bool) -> tuple[str, ...]:
    """Return every reason why a fact may not go on file; `dossier` is today's, by all facts."""
    return (
        *_of_time(pathway, proposed, dossier.on),
        *_of_source(pathway, proposed, training=training),
        *_of_annulment(pathway, dossier, proposed),
        *_of_act(pathway, dossier, proposed),
    )


def _of_time(pathway: Pathway, proposed: Proposed, today: date) -> Iterator[str]:
    if proposed.effective.first > today + timedelta(days=1):
        yield f"{proposed.effective} lies in the future (today is {today}); a fact is filed once it has happened."
    if proposed.effective.last < pathway.opened_for_signature:
        yield (
            f"{proposed.effective} is before the {pathway.title} opened for signature ({pathway.opened_for_signature})."
        )


def _of_source(pathway: Pathway, proposed: Proposed, *, training: bool) -> Iterator[str]:
    kind, source = proposed.kind, proposed.source
    if proposed.by_hand and not kind.by_hand:
        yield f"“{kind.name}” is not filed by hand; the program writes it."
    if source is SourceKind.EXAMPLE and not training:
        yield "Examples belong into a training record, not into this one."
    elif source not in kind.sources and not (proposed.by_hand and source is SourceKind.RECORD):
        allowed = ", ".join(sorted(kind.sources - {SourceKind.EXAMPLE, SourceKind.RECORD}))
        yield f"{kind.title.capitalize()}: the word of “{source}” does not count; accepted: {allowed}."
    if proposed.by_hand and source is SourceKind.RECORD:
        yield "“record” is the source of the bundled compilation; name where you know it from."
    if proposed.by_hand and source is SourceKind.DEPOSITARY and not pathway.notification.fits(proposed.reference):
        yield (
            "A depositary act filed by hand needs the number of the depositary notification,"
            f" such as depositary:{pathway.notification.example}."
        )


def _of_annulment(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    for fact in proposed.annuls:
        if fact.kind in NEVER_ANNULLED and fact.kind != STEP:
            yield f"{pathway.title_of(fact.kind).capitalize()}: the ledger's own book-keeping is not annulled."
        if fact.kind == SETTLED and proposed.kind.name != CORRECTION:
            yield "A settlement is taken back with a correction alone."
        if fact.kind == STEP:
            yield "A step is not annulled; annul what it rests on, or take a step back."
        elif fact.source in (SourceKind.DEPOSITARY, SourceKind.RECORD) and not fact.unconfirmed:
            yield f"{pathway.title_of(fact.kind).capitalize()} stands on the depositary's word; only it undoes that."
        elif fact.kind in ACTS and proposed.kind.name in causes_of(pathway):
            yield (
                f"{pathway.title_of(fact.kind).capitalize()} is an act before the depositary, which nothing at home"
                " undoes; if it is wrong, the Secretariat corrects it."
            )
    deposit = dossier.legal.deposit if dossier.legal.is_in_hand else None
    if proposed.annuls and proposed.kind.name in causes_of(pathway) and deposit is not None:
        yield (
            f"An instrument was deposited on {deposit.effective}; after that only the depositary's word or a"
            " withdrawal undoes a step."
        )


def _of_act(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    rules = {
        SIGNATURE: _of_signature,
        DEPOSIT: _of_deposit,
        PROVISIONAL_APPLICATION: _of_provisional_application,
        WITHDRAWAL: _of_withdrawal,
    }
    rule = rules.get(proposed.kind.name, _of_yearly_duty)
    yield from rule(pathway, dossier, proposed)


def _of_signature(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    opened, closed = pathway.opened_for_signature, pathway.closed_for_signature
    if proposed.effective.last < opened or (closed is not None and proposed.effective.first > closed):
        window = f"from {opened} to {closed} only" if closed else f"from {opened} on"
        yield (
            f"{proposed.state} cannot have signed on {proposed.effective}: the {pathway.title} was open for signature"
            f" {window}{pathway.cited(Rule.SIGNATURE)}."
        )
    deposit = dossier.legal.deposit
    if deposit is not None and deposit.text("instrument") in pathway.instruments.of_another_state:
        yield f"{proposed.state} acceded; a State that has signed does not accede{pathway.cited(Rule.INSTRUMENT)}."


def _of_deposit(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    instrument, terms = str(proposed.data.get("instrument", "")), pathway.instruments
    signature = dossier.legal.signature
    state, day = proposed.state, proposed.effective
    if instrument and instrument not in (*terms.of_a_signatory, *terms.of_another_state):
        yield f"{state}: no instrument of {instrument} is open to any State{pathway.cited(Rule.INSTRUMENT)}."
    if instrument in terms.of_another_state and signature is not None:
        yield (
            f"{state} signed on {signature.effective}, and a signatory does not accede: it"
            f" {_does(terms.of_a_signatory)}{pathway.cited(Rule.OF_A_SIGNATORY)}."
        )
    if instrument in terms.of_a_signatory and signature is None:
        article = pathway.cited(Rule.OF_ANOTHER_STATE)
        yield f"{state} has not signed, so it accedes; {instrument} is for signatories{article}."
    if instrument in terms.of_another_state:
        yield from _of_accession(pathway, day)
    if signature is not None and day.last < signature.effective.first:
        yield f"{state} signed on {signature.effective} and cannot have deposited before that, on {day}."


def _does(instruments: tuple[Instrument, ...]) -> str:
    """Say what a State does that deposits one of these: `ratifies, accepts or approves`."""
    *others, last = (_VERBS[instrument] for instrument in instruments)
    return f"{', '.join(others)} or {last}" if others else last


def _of_accession(pathway: Pathway, day: PartialDate) -> Iterator[str]:
    opens = pathway.instruments.accession_from
    if opens is None or day.last >= opens:
        return
    since = f"the treaty's entry into force, {opens}" if opens == pathway.entered_into_force else str(opens)
    yield f"Accession is open only from {since}{pathway.cited(Rule.ACCESSION)}."


def _of_provisional_application(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    acts = [act for act in (dossier.legal.signature, dossier.legal.deposit) if act is not None]
    if not any(_may_be_one_day(act.effective, proposed.effective) for act in acts):
        known = " and ".join(f"{pathway.title_of(a.kind)} {a.effective}" for a in acts) or "no act on file"
        yield (
            f"Provisional application is declared at signature or deposit{pathway.cited(Rule.PROVISIONAL_APPLICATION)};"
            f" {proposed.effective} is neither ({known})."
        )


def _may_be_one_day(one: PartialDate, other: PartialDate) -> bool:
    return one.first <= other.last and other.first <= one.last


def _of_withdrawal(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    deposit, article = dossier.legal.deposit, pathway.cited(Rule.WITHDRAWAL)
    if deposit is None or not dossier.legal.is_in_hand:
        yield f"{proposed.state} has no instrument with the depositary, so it cannot withdraw{article}."
    elif proposed.effective.last < deposit.effective.first:
        yield f"A withdrawal on {proposed.effective} is before the deposit of {deposit.effective}."
    named = str(proposed.data.get("takes_effect_on", ""))
    rule = pathway.withdraws(proposed.effective.last)
    if named and date.fromisoformat(named) < rule:
        yield f"A withdrawal takes effect on {rule}, or on a later day if one is named, not on {named}{article}."


def _of_yearly_duty(pathway: Pathway, dossier: Dossier, proposed: Proposed) -> Iterator[str]:
    year, first, last = proposed.data.get("year"), pathway.entered_into_force.year, dossier.on.year
    if not isinstance(year, int) or first <= year <= last:
        return
    for duty in pathway.duties:
        if duty.done_by == proposed.kind.name and isinstance(duty.rule, EachYearOn):
            name, article = duty.name.capitalize(), cited(duty.article)
            yield f"{name}: it covers a calendar year from {first} to {last}, not {year}{article}."
