"""Projection: what a State's facts add up to, on any day, as known on any day, by what a reader may know.

Applies steps; never asks again whether they were allowed. What was taken was taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import chain
from operator import itemgetter

from pathways.grammar.audiences import released
from pathways.grammar.clearance import Reader, may_read
from pathways.grammar.dossier import (
    BOOKKEEPING,
    CORRECTION,
    PROMISE_OUTCOME,
    PURGED,
    RECORD_OPENED,
    RELEASE,
    RELEASE_ENDED,
    ROUTE,
    SETTLED,
    STANDINGS,
    STEP,
    TIER,
    Dossier,
)
from pathways.grammar.facts import Fact
from pathways.grammar.legal import Legal, legal_status
from pathways.grammar.pathway import By, Pathway
from pathways.grammar.stages import LegalStatus, Stage, Standing

#: Facts that undo others for every reader, and the field in which a fact names another that it is about alone.
_UNDOING = frozenset({CORRECTION, SETTLED})
_ABOUT = {
    RELEASE: ("fact",),
    RELEASE_ENDED: ("fact",),
    PURGED: ("fact",),
    SETTLED: ("favours",),
    PROMISE_OUTCOME: ("promise",),
}

_BY_DAY = itemgetter(0, 1)  # the day from which a fact counts, then its place in the ledger


def project(
    pathway: Pathway,
    state: str,
    facts: Iterable[Fact],
    *,
    on: date,
    known: datetime | None = None,
    reader: Reader | None,
) -> Dossier:
    """Add up a State's facts, given in order of seq, as of `on`, as known at `known`, by what `reader` may read.

    What was taken back or settled holds for every reader, also for those who may not know by whom or why. Who may
    read is a question of now, also when the look goes back: a release taken back since opens nothing any more.
    """
    filed = list(facts)
    on_file = filed if known is None else [f for f in filed if f.recorded_at <= known]
    seen = speaking = on_file
    if reader is not None:
        open_to = {f.id for f in readable(pathway, filed, reader)}
        seen = [f for f in on_file if f.id in open_to]
        speaking = [f for f in on_file if f.id in open_to or f.kind in _UNDOING]
    void, favoured = _voided(speaking, on)
    standing_facts = [f for f in seen if f.id not in void]
    conflicts = tuple(f for f in standing_facts if f.contests is not None and f.id not in favoured)
    dated = [(f.counts_from, f.seq, f) for f in standing_facts if f.contests is None or f.id in favoured]
    in_force = [f for day, _, f in sorted(dated, key=_BY_DAY) if day <= on]
    ahead = min((day for day, _, _ in dated if day > on), default=None)
    legal = legal_status(pathway, in_force, on)
    return _add_up(pathway, state, on, legal, in_force, conflicts, ahead)


def may_differ(dossier: Dossier, facts: Iterable[Fact], *, on: date) -> bool:
    """Tell whether all the facts a dossier was added up from can come to anything else on a later day.

    They can only when one of them begins to count in between, or what follows from an act takes effect.
    """
    legal = dossier.legal
    following = (legal.entry_into_force.last if legal.entry_into_force else None, legal.withdrawal_effective)
    days = chain((fact.counts_from for fact in facts), filter(None, following))
    return any(dossier.on < day <= on for day in days)


def readable(pathway: Pathway, facts: Sequence[Fact], reader: Reader) -> list[Fact]:
    """Return the facts a reader may know, releases taken into account."""
    audiences = released(facts)
    none: frozenset[str] = frozenset()
    return [
        f
        for f in facts
        if may_read(reader, f.guarded(audiences.get(f.id, none), assessment=is_assessment(pathway, f.kind)))
    ]


def shown(pathway: Pathway, facts: Sequence[Fact], reader: Reader) -> list[Fact]:
    """Return the facts to show a reader: those that may be known, but no book-keeping about hidden ones alone."""
    open_to = readable(pathway, facts, reader)
    known = {f.id for f in open_to}
    return [f for f in open_to if f.actor == reader.actor or _is_about_any(f, known)]


def _is_about_any(fact: Fact, known: set[str]) -> bool:
    """Tell whether a fact of the ledger's own book-keeping speaks of a fact that is known; others always may speak."""
    about = fact.annuls if fact.kind == CORRECTION else tuple(filter(None, map(fact.text, _ABOUT.get(fact.kind, ()))))
    return not about or not known.isdisjoint(about)


def is_assessment(pathway: Pathway, kind: str) -> bool:
    """Tell whether a kind of fact is an assessment of the State."""
    declared = pathway.kind(kind)
    return declared.is_assessment if declared else False


def _voided(facts: Sequence[Fact], on: date) -> tuple[set[str], set[str]]:
    """Return the ids of facts that no longer count, and of contesting facts that were settled for.

    Later facts speak first, so that one which is itself void voids nothing; but one that was replaced hands on the
    place that it had taken. A replacement or correction holds for all days; a ruling annuls only from its own day on.
    """
    void: set[str] = set()
    replaced: set[str] = set()
    favoured: set[str] = set()
    for fact in reversed(facts):
        if fact.replaces and (fact.id not in void or fact.id in replaced):
            replaced.add(fact.replaces)
            void.add(fact.replaces)
        if fact.id in void:
            continue
        if fact.annuls and (fact.kind == CORRECTION or fact.counts_from <= on):
            void.update(fact.annuls)
        if fact.kind == SETTLED:
            _settle(fact, facts, void, favoured)
    return void, favoured


def _settle(settled: Fact, facts: Sequence[Fact], void: set[str], favoured: set[str]) -> None:
    """Void what was settled against: our fact with all that took its place, and the rivals on file by then.

    Ours may be one of theirs that was settled for before.
    """
    sides = {f.id: f for f in facts if f.seq < settled.seq}
    favour = sides.get(settled.text("favours"))
    if favour is None:
        return
    ours = _first_of(favour.id, sides)
    others = [f for f in sides.values() if f is not favour and (f.contests or favour.contests)]
    void.update(f.id for f in others if _first_of(f.id, sides) == ours)
    if favour.contests:
        favoured.add(favour.id)


def _first_of(fact_id: str, facts: Mapping[str, Fact]) -> str:
    """Return the first fact of those that replaced or contested one another."""
    while (fact := facts.get(fact_id)) is not None and (before := fact.replaces or fact.contests):
        fact_id = before
    return fact_id


def _add_up(
    pathway: Pathway,
    state: str,
    on: date,
    legal: Legal,
    in_force: list[Fact],
    conflicts: tuple[Fact, ...],
    ahead: date | None,
) -> Dossier:
    applied, overtaken = _steps(pathway, legal, in_force)
    stage = _stage(legal, applied)
    entered = _entry(applied, stage)
    route = next((f for f in reversed(in_force) if f.kind == ROUTE), None)
    opened = next((f for f in in_force if f.kind == RECORD_OPENED), None)
    standing, review_on = _standing(in_force)
    return Dossier(
        state=state,
        treaty=pathway.key,
        on=on,
        stage=stage,
        standing=standing,
        legal=legal,
        tier=_tier(legal, in_force),
        route=route.text("route") if route else pathway.routes[0].key,
        route_is_assumed=route is None,
        entered_by=entered.id if entered else "",
        entered_on=entered.counts_from if entered else None,
        last_step_on=max((f.counts_from for f in applied), default=None),
        last_heard_on=next((f.counts_from for f in reversed(in_force) if f.kind not in BOOKKEEPING), None),
        opened_on=opened.counts_from if opened else None,
        review_on=review_on,
        conflicts=conflicts,
        unconfirmed=tuple(sorted({mark for f in in_force for mark in f.unconfirmed})),
        in_force=tuple(in_force),
        steps=tuple(applied),
        overtaken=tuple(overtaken),
        next_fact_on=ahead if pathway.steps else None,  # of facts alone nothing follows on any day
    )


def _steps(pathway: Pathway, legal: Legal, in_force: list[Fact]) -> tuple[list[Fact], list[Fact]]:
    """Part the steps that apply from a person's steps dated on or after the deposit: those are overtaken."""
    applied: list[Fact] = []
    overtaken: list[Fact] = []
    deposit = legal.deposit if legal.is_in_hand else None
    for fact in in_force:
        if fact.kind != STEP:
            continue
        by_person = fact.text("by") == By.PERSON
        late = deposit is not None and by_person and fact.counts_from >= deposit.counts_from
        (overtaken if late else applied).append(fact)
    return applied, overtaken


def _stage(legal: Legal, applied: list[Fact]) -> Stage:
    if legal.status is LegalStatus.WITHDRAWN:
        anew = [f for f in applied if _is_after(f, legal.withdrawal_effective) and f.text("by") != By.DATE]
        return Stage(anew[-1].text("to")) if anew else Stage.OUTSIDE
    if not legal.is_in_hand:
        return Stage(applied[-1].text("to")) if applied else Stage.OUTSIDE
    assert legal.deposit is not None
    bound = any(f.text("to") == Stage.IMPLEMENTATION and f.counts_from >= legal.deposit.counts_from for f in applied)
    return Stage.IMPLEMENTATION if bound else Stage.DEPOSIT


def _is_after(step: Fact, leaves: date | None) -> bool:
    """Tell whether a step was taken once the State had left; also on that very day."""
    return leaves is not None and step.counts_from >= leaves


def _entry(applied: list[Fact], stage: Stage) -> Fact | None:
    return next((f for f in reversed(applied) if f.text("to") == stage), None)


def _standing(in_force: list[Fact]) -> tuple[Standing, date | None]:
    last = next((f for f in reversed(in_force) if f.kind in STANDINGS), None)
    if last is None:
        return Standing.OPEN, None
    review = last.text("review_on")
    return STANDINGS[last.kind], date.fromisoformat(review) if review else None


def _tier(legal: Legal, in_force: list[Fact]) -> int | None:
    """Order of focus E2.1: signatories, States ready in the short term, others; none once an instrument lies."""
    if legal.is_in_hand:
        return None
    if legal.has_signed:
        return 1
    last = next((f for f in reversed(in_force) if f.kind == TIER), None)
    return int(last.text("tier")) if last else 3
