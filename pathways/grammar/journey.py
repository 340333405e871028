"""The journey: a pathway's steps as a state machine, and the one refusal when a step is not open.

The only file that imports `transitions`. One shared machine per pathway; the traveller is a plain proxy, so that
no row of the record is ever moved by a callback. No input or output happens in a callback.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from transitions import EventData, Machine, MachineError

from pathways.grammar.dossier import Dossier
from pathways.grammar.pathway import By, Pathway, Step
from pathways.grammar.refusals import OneOf, Refusal, Refused, refusal
from pathways.grammar.stages import Stage


class NotTaken(Refused):
    """A step is not open; a refusal for each thing that is wanting."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """A step that may be taken: from where to where, on which day, and the fact it rests on."""

    step: Step
    source: Stage
    target: Stage
    on: date
    rests_on: str | None


@dataclass
class _Traveller:
    state: str
    pathway: Pathway
    dossier: Dossier
    missing: list[Refusal] = field(default_factory=list)


def take(pathway: Pathway, dossier: Dossier, name: str, *, by: By, on: date, found_at: Stage | None = None) -> Move:
    """Return the move that a step makes on that day, or raise NotTaken naming everything missing.

    `dossier` is the projection of that day. `found_at` is the stage that the step finds, where the act or the day
    it follows has changed the dossier's already.
    """
    step = pathway.step(name)
    if step is None:
        raise NotTaken(refusal("no_such_step", field="step", step=name, steps=_names(pathway)))
    if step.by is not by:
        raise NotTaken(_wrong_hand(step))
    _refuse_out_of_time(dossier, step, on)
    source = found_at or dossier.stage
    traveller = _Traveller(state=source.value, pathway=pathway, dossier=dossier)
    try:
        taken = _machine(pathway.steps).events[name].trigger(traveller)
    except MachineError:
        raise NotTaken(_wrong_stage(pathway, dossier, step, source)) from None
    if not taken:
        raise NotTaken(*traveller.missing)
    return Move(
        step=step,
        source=source,
        target=Stage(traveller.state),
        on=on,
        rests_on=_rests_on(step, dossier),
    )


def refuse_misplaced(pathway: Pathway, dossier: Dossier, name: str) -> None:
    """Raise NotTaken when no person could take a step from where the dossier stands, whatever is on file."""
    step = pathway.step(name)
    if step is None:
        raise NotTaken(refusal("no_such_step", field="step", step=name, steps=_names(pathway)))
    if step.by is not By.PERSON:
        raise NotTaken(_wrong_hand(step))
    if dossier.stage not in step.sources:
        raise NotTaken(_wrong_stage(pathway, dossier, step, dossier.stage))


def open_steps(pathway: Pathway, dossier: Dossier) -> tuple[tuple[Step, tuple[Refusal, ...]], ...]:
    """Return each step that leads on from the dossier's stage by a person, with what it still misses."""
    return tuple(
        (step, missing_for(pathway, dossier, step))
        for step in pathway.steps
        if step.by is By.PERSON and dossier.stage in step.sources and not dossier.legal.is_in_hand
    )


def missing_for(pathway: Pathway, dossier: Dossier, step: Step) -> tuple[Refusal, ...]:
    """Return a refusal for each thing a step still misses."""
    found = (wanting for need in step.needs for wanting in need.missing(pathway, dossier))
    return tuple(dict.fromkeys(found))


def _refuse_out_of_time(dossier: Dossier, step: Step, on: date) -> None:
    if step.by is By.PERSON and dossier.legal.is_in_hand:
        assert dossier.legal.deposit is not None
        raise NotTaken(refusal("step_after_deposit", day=dossier.legal.deposit.effective))
    if step.by is By.PERSON and dossier.last_step_on is not None and on < dossier.last_step_on:
        raise NotTaken(refusal("step_before_the_last", field="on", last=dossier.last_step_on, day=on))


_machines: dict[int, tuple[Sequence[Step], Machine]] = {}


def _machine(steps: Sequence[Step]) -> Machine:
    """Return the shared machine of a declaration's steps; keyed by identity, since they never change."""
    found = _machines.get(id(steps))
    if found is None:  # the steps are kept beside it, so that no others ever get their identity
        found = _machines[id(steps)] = (steps, _build(steps))
    return found[1]


def _build(steps: Sequence[Step]) -> Machine:
    machine = Machine(
        model=None,
        states=[stage.value for stage in Stage],
        initial=Stage.OUTSIDE.value,
        auto_transitions=False,
        send_event=True,
    )
    for step in steps:
        machine.add_transition(step.name, [s.value for s in step.sources], step.target.value, conditions=[_guard(step)])
    return machine


def _guard(step: Step) -> Callable[[EventData], bool]:
    def met(event: EventData) -> bool:
        traveller = event.model
        assert isinstance(traveller, _Traveller)
        traveller.missing = list(missing_for(traveller.pathway, traveller.dossier, step))
        return not traveller.missing

    return met


def _rests_on(step: Step, dossier: Dossier) -> str | None:
    grounds = (need.ground(dossier) for need in step.needs)
    return next((fact.id for fact in grounds if fact is not None), None)


def _names(pathway: Pathway) -> tuple[str, ...]:
    return tuple(step.name for step in pathway.steps)


def _wrong_hand(step: Step) -> Refusal:
    if step.by is By.RECORD:
        return refusal("step_taken_by_record", field="step", step=step.name)
    if step.by is By.DATE:
        return refusal("step_taken_by_date", field="step", step=step.name)
    return refusal("step_taken_by_person", field="step", step=step.name)


def _wrong_stage(pathway: Pathway, dossier: Dossier, step: Step, stage: Stage) -> Refusal:
    sources, here = OneOf(step.sources), tuple(s.name for s, _ in open_steps(pathway, dossier))
    if not here:
        return refusal("step_from_another_stage", field="step", step=step.name, sources=sources, stage=stage)
    return refusal(
        "step_from_another_stage_others_open",
        field="step",
        step=step.name,
        sources=sources,
        stage=stage,
        open=here,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class DueStep:
    """A step that the sweep is to take, dated the day it fell due."""

    step: Step
    on: date


def due_steps(pathway: Pathway, dossier: Dossier) -> tuple[DueStep, ...]:
    """Return the by-date steps of a day alone: most bring none, and the rest of its agenda takes ten times as long."""
    return tuple(due for due in steps_by_date(pathway, dossier) if due.on <= dossier.on)


def steps_by_date(pathway: Pathway, dossier: Dossier) -> Iterator[DueStep]:
    """Yield the steps that a day takes by itself, each with its day: being bound, and having left."""
    force, leaves = dossier.legal.entry_into_force, dossier.legal.withdrawal_effective
    for step in pathway.by_date:
        if step.target is Stage.IMPLEMENTATION and force is not None and not _is_bound(dossier):
            if leaves is None or force.last < leaves:
                yield DueStep(step=step, on=force.last)
        elif step.target is Stage.OUTSIDE and leaves is not None and not _has_left(dossier, leaves):
            yield DueStep(step=step, on=leaves)


def _is_bound(dossier: Dossier) -> bool:
    """Tell whether the step of this deposit's entry into force is on file."""
    deposit = dossier.legal.deposit
    return deposit is not None and any(
        f.text("to") == Stage.IMPLEMENTATION and f.counts_from >= deposit.counts_from for f in dossier.steps
    )


def _has_left(dossier: Dossier, leaves: date) -> bool:
    return any(
        f.text("by") == By.DATE and f.text("to") == Stage.OUTSIDE and f.counts_from == leaves for f in dossier.steps
    )
