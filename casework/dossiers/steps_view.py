"""The view of a State's steps: which are open and what each still asks for, and why the others are closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casework.dossiers.fact_view import FactView
from pathways.grammar.dossier import Dossier
from pathways.grammar.pathway import By, Pathway, Step
from pathways.grammar.proofs import Proof, proofs_for
from pathways.grammar.refusals import Refusal
from pathways.grammar.stages import Stage


class Closed(StrEnum):
    """Why no person can take a step now, whatever is on file."""

    BY_RECORD = "by_record"  # the depositary's record takes it
    BY_DATE = "by_date"  # the sweep takes it when the day has come
    IN_HAND = "in_hand"  # an instrument lies with the depositary
    OTHER_STAGE = "other_stage"


@dataclass(frozen=True, kw_only=True, slots=True)
class ProofView:
    """One thing a step asks for, as `Proof` says it, with the fact that fulfils it as the reader may see it."""

    kind: str
    title: str
    fact: FactView | None
    is_done: bool
    is_missing: bool
    not_before: tuple[str, ...]  # titles
    instruments: tuple[str, ...]
    says: Refusal | None


@dataclass(frozen=True, kw_only=True, slots=True)
class StepView:
    """A step. It is open when nothing is `closed` about it and every proof is done."""

    name: str
    title: str
    sources: tuple[Stage, ...]
    target: Stage
    is_back: bool
    closed: Closed | None
    proofs: tuple[ProofView, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether it can be taken now."""
        return self.closed is None and self.done == len(self.proofs)

    @property
    def done(self) -> int:
        """Count the proofs that are on file and in order."""
        return sum(proof.is_done for proof in self.proofs)


def steps_seen(pathway: Pathway, dossier: Dossier, facts: Mapping[str, FactView]) -> tuple[StepView, ...]:
    """Return every step of the pathway, those that lead on from the dossier's stage first; `facts` are by id."""
    seen = [_step(pathway, dossier, step, facts) for step in pathway.steps]
    return tuple(sorted(seen, key=lambda step: (step.closed is not None, step.is_back)))


def _step(pathway: Pathway, dossier: Dossier, step: Step, facts: Mapping[str, FactView]) -> StepView:
    closed = _closed(dossier, step)
    return StepView(
        name=step.name,
        title=step.title,
        sources=step.sources,
        target=step.target,
        is_back=step.is_back,
        closed=closed,
        proofs=() if closed else tuple(_proofs(pathway, dossier, step, facts)),
    )


def _closed(dossier: Dossier, step: Step) -> Closed | None:
    if step.by is By.RECORD:
        return Closed.BY_RECORD
    if step.by is By.DATE:
        return Closed.BY_DATE
    if dossier.legal.is_in_hand:
        return Closed.IN_HAND
    return None if dossier.stage in step.sources else Closed.OTHER_STAGE


def _proofs(pathway: Pathway, dossier: Dossier, step: Step, facts: Mapping[str, FactView]) -> Iterator[ProofView]:
    for proof in proofs_for(pathway, dossier, step):
        yield _proof(pathway, proof, facts.get(proof.fact.id) if proof.fact else None)


def _proof(pathway: Pathway, proof: Proof, fact: FactView | None) -> ProofView:
    return ProofView(
        kind=proof.kind,
        title=pathway.title_of(proof.kind),
        fact=fact,
        is_done=proof.is_done,
        is_missing=proof.is_missing,
        not_before=tuple(map(pathway.title_of, proof.not_before)),
        instruments=proof.instruments,
        says=proof.says,
    )
