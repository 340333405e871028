"""Following the record: a depositary act takes its step in the same commit, and a corrected one re-dates it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from casework.core.open_dossier import Folder
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import CORRECTION, STEP
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.journey import Move, Refusal, take
from pathways.grammar.legal import DEPOSIT
from pathways.grammar.needs import DepositaryAct
from pathways.grammar.pathway import By, Step
from pathways.grammar.projection import project
from pathways.grammar.stages import LegalStatus, Stage


def follow_the_record(folder: Folder, *, tell: bool = True) -> None:
    """Take every step that a depositary act on file now takes, and restate those whose ground has moved."""
    for fact in _steps_on_file(folder):
        if fact.text("by") == By.RECORD:
            _restate_by_record(folder, fact)
    for step in folder.pathway.steps:
        if step.by is By.RECORD:
            _take_by_record(folder, step, tell=tell)
    for fact in _steps_on_file(folder):
        if fact.text("by") == By.DATE:
            _restate_by_date(folder, fact)


def take_due_steps(folder: Folder, *, tell: bool = True) -> None:
    """Take the steps whose day has come, each dated that day; a pathway never has more than its stages."""
    for _ in Stage:
        due = folder.agenda().steps
        if not due:
            return
        first = min(due, key=lambda d: d.on)
        dossier = folder.dossier(first.on)
        changed = dossier.stage not in first.step.sources  # the day itself has: who has left is outside already
        found_at = folder.dossier(first.on - timedelta(days=1)).stage if changed else None
        move = take(folder.pathway, dossier, first.step.name, by=By.DATE, on=first.on, found_at=found_at)
        folder.move(move, tell=tell)


def _steps_on_file(folder: Folder) -> list[Fact]:
    return [f for f in folder.all_told().in_force if f.kind == STEP]


def _acts(folder: Folder, step: Step) -> tuple[Fact, ...]:
    """Return the acts on file that this step may rest on, oldest first; a State that came back has two deposits."""
    kinds = [need.kind for need in step.needs if isinstance(need, DepositaryAct)]
    return folder.all_told().proofs(kinds[0]) if kinds else ()


def heirs(folder: Folder, ground: str) -> set[str]:
    """Return the facts that took a fact's place, itself included: what replaced it, and what was settled against it."""
    return heirs_among(folder.facts, ground)


def heirs_among(facts: Sequence[Fact], ground: str) -> set[str]:
    """Return which of a dossier's facts, in order of filing, took a fact's place, itself included."""
    found = {ground}
    for fact in facts:
        if fact.replaces in found or fact.contests in found:
            found.add(fact.id)
    return found


def _restate_by_record(folder: Folder, taken: Fact) -> None:
    step = folder.pathway.step(taken.text("step"))
    places = heirs(folder, taken.rests_on or "")
    ground = next((act for act in _acts(folder, step) if act.id in places), None) if step else None
    if ground is None:
        _undo(folder, taken)
    elif step is not None and (ground.effective, ground.known_by) != (taken.effective, taken.known_by):
        move = Move(
            step=step,
            source=Stage(taken.text("from")),
            target=Stage(taken.text("to")),
            on=ground.counts_from,
            rests_on=ground.id,
        )
        folder.move(move, replaces=taken.id, tell=False)


def _take_by_record(folder: Folder, step: Step, *, tell: bool) -> None:
    taken = {
        id_ for f in _steps_on_file(folder) if f.text("step") == step.name for id_ in heirs(folder, f.rests_on or "")
    }
    for act in _acts(folder, step):
        if act.id not in taken:
            _take_for(folder, step, act, tell=tell)


def _take_for(folder: Folder, step: Step, ground: Fact, *, tell: bool) -> None:
    day = ground.counts_from
    without = [f for f in folder.facts if f.id != ground.id]
    before = project(folder.pathway, folder.state, without, on=day)
    if before.stage not in step.sources:
        return
    try:
        move = take(folder.pathway, folder.dossier(day), step.name, by=By.RECORD, on=day, found_at=before.stage)
    except Refusal:
        return
    folder.move(replace(move, rests_on=ground.id), tell=tell)


def _restate_by_date(folder: Folder, taken: Fact) -> None:
    legal = folder.dossier().legal
    step = folder.pathway.step(taken.text("step"))
    to_force = taken.text("to") == Stage.IMPLEMENTATION
    if _belongs_to_earlier_deposit(folder, taken):
        return
    if to_force:
        day = legal.entry_into_force.last if legal.entry_into_force and legal.is_in_hand else None
        if legal.status is LegalStatus.WITHDRAWN:
            return
    else:
        day = legal.withdrawal_effective
    if day == taken.counts_from:
        return
    if step is None or day is None or day > folder.today:
        _undo(folder, taken)
        return
    ground = legal.deposit.id if to_force and legal.deposit else taken.rests_on
    move = Move(step=step, source=Stage(taken.text("from")), target=Stage(taken.text("to")), on=day, rests_on=ground)
    folder.move(move, replaces=taken.id, tell=False)


def _belongs_to_earlier_deposit(folder: Folder, taken: Fact) -> bool:
    """Tell whether a step is that of a first deposit, or of leaving, of a State that withdrew and came back."""
    deposits = folder.all_told().proofs(DEPOSIT)
    return len(deposits) > 1 and taken.counts_from <= deposits[-1].counts_from


def _undo(folder: Folder, taken: Fact) -> None:
    """Take a step back off the file: what it rested on is gone, or its day has not come."""
    folder.file(
        CORRECTION,
        PartialDate.of(folder.today),
        source=SourceKind.RECORD,
        sensitivity=Sensitivity.COORDINATION,
        annuls=(taken.id,),
    )
