"""Plausibility: whether a State's acts in one table can be true together, by the treaty's own rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from pathways.grammar.admission import Proposed, faults_of
from pathways.grammar.facts import Fact, SourceKind
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import project
from pathways.grammar.refusals import Word, refusal
from sources.participation import Act, Fault

_ANY_HOUR = datetime(1, 1, 1, tzinfo=UTC)


def implausible(pathway: Pathway, name: str, acts: Sequence[Act], today: date) -> list[Fault]:
    """Return what is wrong, with its row, with each act of a State that cannot be, given the others."""
    facts = [_as_fact(seq, act) for seq, act in enumerate(acts, start=1)]
    faults: list[Fault] = []
    for act, fact in zip(acts, facts, strict=True):
        kind = pathway.kind(act.kind.value)
        if kind is None:
            what = Word(act.kind.value.replace("_", " "))
            faults.append(Fault(refusal("act_unknown_to_treaty", treaty=Word(pathway.title), act=what), act.row))
        if kind is None or act.in_brackets:
            continue
        others = [f for f in facts if f is not fact]
        dossier = project(pathway, act.state, others, on=today, reader=None)
        proposed = Proposed(
            state=name,
            kind=kind,
            effective=act.effective,
            source=SourceKind.DEPOSITARY,
            known_by=act.known_by,
            data=fact.data,
            by_hand=False,
        )
        faults += [Fault(one, act.row) for one in faults_of(pathway, dossier, proposed, training=False)]
    return faults


def _as_fact(seq: int, act: Act) -> Fact:
    return Fact(
        id=str(seq),
        seq=seq,
        state=act.state,
        kind=act.kind.value,
        effective=act.effective,
        known_by=act.known_by,
        data={"instrument": act.instrument.value} if act.instrument else {},
        source=SourceKind.DEPOSITARY,
        recorded_at=_ANY_HOUR,
        actor="system:intake",
    )
