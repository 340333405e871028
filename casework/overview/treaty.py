"""The treaty in words: what the declaration of its pathway says. No State is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pathways import pathway
from pathways.grammar.audiences import holding_of
from pathways.grammar.deadlines import EachYearOn
from pathways.grammar.facts import FactKind, Field
from pathways.grammar.pathway import By, Chase, Duty, Pathway, Route, Step
from pathways.grammar.stages import Stage
from pathways.grammar.terms import Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class DeclaredStep:
    """A step: from which stages to which, who takes it, and what it needs in words."""

    name: str
    title: str
    sources: tuple[Stage, ...]
    target: Stage
    by: By
    is_back: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindView:
    """A kind of fact: its fields, who may say it, and how closely it is held.

    `sensitivity` is how closely where the State told it, `usual` what is usual from each source, and `floor` the level
    below which it is never held.
    """

    name: str
    title: str
    fields: tuple[Field, ...]
    sources: tuple[str, ...]
    sensitivity: str
    usual: Mapping[str, str]
    floor: str
    by_hand: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class DeadlineView:
    """A rule of dates in words, with its article."""

    name: str
    rule: str
    article: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ChaseView:
    """How long a stage may be silent, and who is asked, in order."""

    stage: Stage
    after_days: int
    rungs: tuple[str, ...]
    patience_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class TreatyView:
    """One treaty as it is declared."""

    treaty: str
    title: str
    depositary: str
    reference: str
    opened_for_signature: date
    entered_into_force: date
    stages: tuple[Stage, ...]
    steps: tuple[DeclaredStep, ...]
    routes: tuple[Route, ...]
    deadlines: tuple[DeadlineView, ...]
    chases: tuple[ChaseView, ...]
    kinds: tuple[KindView, ...]


def treaty_view(key: str) -> TreatyView:
    """Show a pathway by its key; UnknownTreaty names the keys there are."""
    declared = pathway(key)
    return TreatyView(
        treaty=declared.key,
        title=declared.title,
        depositary=declared.depositary,
        reference=declared.reference,
        opened_for_signature=declared.opened_for_signature,
        entered_into_force=declared.entered_into_force,
        stages=tuple(Stage),
        steps=tuple(_step(declared, step) for step in declared.steps),
        routes=declared.routes,
        deadlines=tuple(_deadlines(declared)),
        chases=tuple(map(_chase, declared.chases)),
        kinds=tuple(map(_kind, declared.kinds)),
    )


def as_mermaid(key: str) -> str:
    """Draw a pathway as a Mermaid state diagram; who takes a step stands behind its name."""
    declared = pathway(key)
    lines = ["stateDiagram-v2", f"    [*] --> {Stage.OUTSIDE}"]
    lines += [
        f"    {source} --> {step.target}: {step.name} (by {step.by})"
        for step in declared.steps
        for source in step.sources
    ]
    return "\n".join(lines)


def _step(declared: Pathway, step: Step) -> DeclaredStep:
    return DeclaredStep(
        name=step.name,
        title=step.title,
        sources=step.sources,
        target=step.target,
        by=step.by,
        is_back=step.is_back,
        needs=tuple(need.describe(declared) for need in step.needs),
    )


def _chase(chase: Chase) -> ChaseView:
    return ChaseView(
        stage=chase.stage,
        after_days=chase.after.days,
        rungs=chase.rungs,
        patience_days=chase.patience.days,
    )


def _kind(kind: FactKind) -> KindView:
    return KindView(
        name=kind.name,
        title=kind.title,
        fields=kind.fields,
        sources=tuple(sorted(source.value for source in kind.sources)),
        sensitivity=kind.sensitivity.label,
        usual={
            source.value: holding_of(kind, source, is_companion=False).usual.label for source in sorted(kind.sources)
        },
        floor=kind.floor.label,
        by_hand=kind.by_hand,
    )


def _deadlines(declared: Pathway) -> Iterator[DeadlineView]:
    in_force, threshold = declared.entered_into_force, declared.threshold
    with_it = "that day" if threshold.later_from == in_force else str(threshold.later_from)
    yield _deadline(declared, Rule.SIGNATURE, _window(declared))
    yield _deadline(declared, Rule.ENTRY_INTO_FORCE, f"{in_force}, for every State that deposited before {with_it}")
    yield _deadline(declared, Rule.BINDING, declared.binding.after("its deposit"))
    rule = declared.withdrawal.after("its notification")
    yield _deadline(declared, Rule.WITHDRAWAL, f"{rule}, or on a later day that it names")
    for duty in declared.duties:
        yield DeadlineView(name=duty.name, rule=_rule(duty), article=duty.article)


def _window(declared: Pathway) -> str:
    opened, closed = declared.opened_for_signature, declared.closed_for_signature
    return f"from {opened} until {closed}, never since" if closed else f"from {opened} on"


def _deadline(declared: Pathway, name: Rule, rule: str) -> DeadlineView:
    return DeadlineView(name=name, rule=rule, article=declared.article(name))


def _rule(duty: Duty) -> str:
    rule = duty.rule
    return rule.in_words() if isinstance(rule, EachYearOn) else rule.after("entry into force for the State")
