"""What comes next for a State that is not party, as its pathway says; and when the State itself was last heard.

From what a dossier was added up from, so as far as its reader may know. Nothing here is ever blank.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from pathways.grammar.dossier import BOOKKEEPING, Dossier
from pathways.grammar.facts import SPOKEN_BY_STATE, Fact, SourceKind
from pathways.grammar.journey import missing_for
from pathways.grammar.pathway import By, Pathway, Step
from pathways.grammar.proofs import proofs_for
from pathways.grammar.refusals import Remark, Word, remark
from pathways.grammar.stages import LegalStatus, Stage, Standing


class NextStep(NamedTuple):
    """What the pathway says comes next, and by which day, where it names one."""

    says: Remark
    by: date | None = None


class LastWord(NamedTuple):
    """When the State itself spoke or answered last, by which kind of fact, and who says so."""

    on: date
    kind: str
    source: SourceKind


def next_step(pathway: Pathway, dossier: Dossier) -> NextStep:
    """Return what comes next for a State that is not party: what its acts, its standing or its stage ask for first."""
    if dossier.legal.status is LegalStatus.DEPOSITED and dossier.legal.entry_into_force is not None:
        force = dossier.legal.entry_into_force.last
        return NextStep(remark("next_is_entry_into_force", day=force), force)
    if dossier.standing is not Standing.OPEN:
        if dossier.standing is Standing.PAUSED:
            return NextStep(remark("next_is_to_ask_again"), dossier.review_on)
        return NextStep(remark("next_is_to_ask_who_declined"), dossier.review_on)
    if dossier.stage is Stage.DEPOSIT:
        return NextStep(remark("next_is_the_deposit"))
    steps = list(_steps_on(pathway, dossier))
    if not steps:
        return NextStep(remark("next_is_to_ask_where_it_stands"))
    return NextStep(_first_wanting(pathway, dossier, min(steps, key=lambda step: _wanting(pathway, dossier, step))))


def last_word(pathway: Pathway, dossier: Dossier) -> LastWord | None:
    """Return when the State itself was last heard, None where it never was."""
    spoken = (fact for fact in reversed(dossier.in_force) if _is_its_own_word(pathway, fact))
    return next((LastWord(fact.counts_from, fact.kind, fact.source) for fact in spoken), None)


def _steps_on(pathway: Pathway, dossier: Dossier) -> Iterator[Step]:
    """Yield the steps that a person takes and that lead on from where the State stands."""
    for step in pathway.steps:
        if step.by is By.PERSON and not step.is_back and dossier.stage in step.sources:
            yield step


def _wanting(pathway: Pathway, dossier: Dossier, step: Step) -> int:
    return len(missing_for(pathway, dossier, step))


def _first_wanting(pathway: Pathway, dossier: Dossier, step: Step) -> Remark:
    """Say what of a step is wanted first, or that it can be taken."""
    title = Word(step.title)
    first = next((proof for proof in proofs_for(pathway, dossier, step) if not proof.is_done), None)
    if first is None:
        return remark("next_is_a_step", step=title)
    if first.says is not None:
        return first.says
    proof = Word(pathway.title_of(first.kind))
    if first.is_missing:
        return remark("next_is_a_proof", proof=proof, step=title)
    return remark("next_is_to_set_right", proof=proof, step=title)


def _is_its_own_word(pathway: Pathway, fact: Fact) -> bool:
    """Tell whether a State spoke: by its act, by a source that is the State's, or to those who accompany it.

    What a gazette or the press says is of a State, and not by it; what we think of it is ours.
    """
    declared = pathway.kind(fact.kind)
    if declared is None or fact.kind in BOOKKEEPING:
        return False
    if declared.is_depositary_act or fact.source in SPOKEN_BY_STATE:
        return True
    return fact.source is SourceKind.ASSESSMENT and declared.is_own_work and not declared.is_assessment
