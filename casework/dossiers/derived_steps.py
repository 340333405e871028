"""Derived steps: a depositary act takes its step in the same commit, and a corrected act re-dates it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from casework.core.open_dossier import OpenDossier
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION, STEP
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.journey import Move, NotTaken, due_steps, take
from pathways.grammar.legal import DEPOSIT, WITHDRAWAL, Legal
from pathways.grammar.needs import DepositaryAct
from pathways.grammar.pathway import By, Step
from pathways.grammar.projection import project
from pathways.grammar.stages import Stage


def follow_the_record(open_dossier: OpenDossier, *, tell: bool = True) -> None:
    """Take every step that a depositary act on file now takes, and restate those whose ground has moved."""
    for fact in _steps_on_file(open_dossier):
        if fact.text("by") == By.RECORD:
            _restate_by_record(open_dossier, fact)
    for step in open_dossier.pathway.steps:
        if step.by is By.RECORD:
            _take_by_record(open_dossier, step, tell=tell)
    for fact in _steps_on_file(open_dossier):
        if fact.text("by") == By.DATE:
            _restate_by_date(open_dossier, fact)


def take_due_steps(open_dossier: OpenDossier, *, tell: bool = True) -> None:
    """Take the steps whose day has come, each dated that day; a pathway never has more than its stages."""
    for _ in Stage:
        due = due_steps(open_dossier.pathway, open_dossier.dossier(reader=None))
        if not due:
            return
        first = min(due, key=lambda d: d.on)
        dossier = open_dossier.dossier(first.on, reader=None)
        changed = dossier.stage not in first.step.sources  # the day itself has: who has left is outside already
        found_at = open_dossier.dossier(first.on - timedelta(days=1), reader=None).stage if changed else None
        move = take(open_dossier.pathway, dossier, first.step.name, by=By.DATE, on=first.on, found_at=found_at)
        open_dossier.move(move, tell=tell)


def _steps_on_file(open_dossier: OpenDossier) -> list[Fact]:
    return [f for f in open_dossier.all_told().in_force if f.kind == STEP]


def _acts(open_dossier: OpenDossier, step: Step) -> tuple[Fact, ...]:
    """Return the acts on file that this step may rest on, oldest first; a State that came back has two deposits."""
    kinds = [need.kind for need in step.needs if isinstance(need, DepositaryAct)]
    return open_dossier.all_told().proofs(kinds[0]) if kinds else ()


def heirs(open_dossier: OpenDossier, ground: str) -> set[str]:
    """Return the facts that took a fact's place, itself included: what replaced it, and what was settled against it."""
    return heirs_among(open_dossier.facts, ground)


def heirs_among(facts: Sequence[Fact], ground: str) -> set[str]:
    """Return which of a dossier's facts, in order of filing, took a fact's place, itself included."""
    found = {ground}
    for fact in facts:
        if fact.replaces in found or fact.contests in found:
            found.add(fact.id)
    return found


def _restate_by_record(open_dossier: OpenDossier, taken: Fact) -> None:
    step = open_dossier.pathway.step(taken.text("step"))
    places = heirs(open_dossier, taken.rests_on or "")
    ground = next((act for act in _acts(open_dossier, step) if act.id in places), None) if step else None
    if ground is None:
        _undo(open_dossier, taken)
    elif step is not None and (ground.effective, ground.known_by) != (taken.effective, taken.known_by):
        move = Move(
            step=step,
            source=Stage(taken.text("from")),
            target=Stage(taken.text("to")),
            on=ground.counts_from,
            rests_on=ground.id,
        )
        open_dossier.move(move, replaces=taken.id, tell=False)


def _take_by_record(open_dossier: OpenDossier, step: Step, *, tell: bool) -> None:
    taken = {
        id_
        for f in _steps_on_file(open_dossier)
        if f.text("step") == step.name
        for id_ in heirs(open_dossier, f.rests_on or "")
    }
    for act in _acts(open_dossier, step):
        if act.id not in taken:
            _take_for(open_dossier, step, act, tell=tell)


def _take_for(open_dossier: OpenDossier, step: Step, ground: Fact, *, tell: bool) -> None:
    day = ground.counts_from
    without = [f for f in open_dossier.facts if f.id != ground.id]
    before = project(open_dossier.pathway, open_dossier.state, without, on=day, reader=None)
    if before.stage not in step.sources:
        return
    try:
        move = take(
            open_dossier.pathway,
            open_dossier.dossier(day, reader=None),
            step.name,
            by=By.RECORD,
            on=day,
            found_at=before.stage,
        )
    except NotTaken:
        return
    open_dossier.move(replace(move, rests_on=ground.id), tell=tell)


def _restate_by_date(open_dossier: OpenDossier, taken: Fact) -> None:
    legal = open_dossier.dossier(reader=None).legal
    step = open_dossier.pathway.step(taken.text("step"))
    to_force = taken.text("to") == Stage.IMPLEMENTATION
    if not _ground_counts(open_dossier, taken, DEPOSIT if to_force else WITHDRAWAL):
        _undo(open_dossier, taken)
        return
    if _belongs_to_earlier_deposit(open_dossier, taken):
        return
    day = _bound_on(legal) if to_force else legal.withdrawal_effective
    if day == taken.counts_from:
        return
    if step is None or day is None or day > open_dossier.today:
        _undo(open_dossier, taken)
        return
    ground = legal.deposit.id if to_force and legal.deposit else taken.rests_on
    move = Move(step=step, source=Stage(taken.text("from")), target=Stage(taken.text("to")), on=day, rests_on=ground)
    open_dossier.move(move, replaces=taken.id, tell=False)


def _bound_on(legal: Legal) -> date | None:
    """Return the day that binds a State, also of one that has left since; None where it leaves before it is bound."""
    force, leaves = legal.entry_into_force, legal.withdrawal_effective
    return force.last if force is not None and (leaves is None or force.last < leaves) else None


def _ground_counts(open_dossier: OpenDossier, taken: Fact, kind: str) -> bool:
    """Tell whether the act that a step rests on, or what took its place, is still on file."""
    places = heirs(open_dossier, taken.rests_on or "")
    return any(act.id in places for act in open_dossier.all_told().proofs(kind))


def _belongs_to_earlier_deposit(open_dossier: OpenDossier, taken: Fact) -> bool:
    """Tell whether a step is that of a first deposit, or of leaving, of a State that withdrew and came back."""
    deposits = open_dossier.all_told().proofs(DEPOSIT)
    return len(deposits) > 1 and taken.counts_from <= deposits[-1].counts_from


def _undo(open_dossier: OpenDossier, taken: Fact) -> None:
    """Take a step back off the file: what it rested on is gone, or its day has not come; nor did it on former days."""
    on_file, places = {fact.id: fact for fact in open_dossier.facts}, [taken]
    while (before := on_file.get(places[-1].replaces or "")) is not None:
        places.append(before)
    open_dossier.file(
        CORRECTION,
        PartialDate.of(open_dossier.today),
        source=SourceKind.RECORD,
        sensitivity=Sensitivity.COORDINATION,
        annuls=tuple(place.id for place in places),
    )
