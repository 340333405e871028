"""The filing form: what it offers; the kinds there are, the fields of one, and what a cause to go back may annul.

Offers only what would be taken; who files is asked again when it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from casework.dossiers.fact_view import FactView
from casework.dossiers.proposing import may_be_proposed
from pathways.grammar.admission import NEVER_ANNULLED
from pathways.grammar.audiences import Holding, holding_of
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dossier import BOOKKEEPING, CORRECTION, DECLINED, PAUSED, RESUMED, ROUTE, TIER
from pathways.grammar.facts import EITHER, GIVEN_BY_STATE, FactKind, SourceKind
from pathways.grammar.legal import ACTS
from pathways.grammar.needs import causes_of
from pathways.grammar.pathway import Pathway
from pathways.grammar.roles import Right

_HOLDING = frozenset({ROUTE, TIER, PAUSED, DECLINED, RESUMED, CORRECTION})


class FormGroup(StrEnum):
    """Where a kind of fact stands in the list of those that can be filed."""

    STATE = "state"  # what the State did or said
    HOLDING = "holding"  # how the dossier is held
    ACTS = "acts"  # before the depositary


class Manner(StrEnum):
    """What becomes of a form that is sent."""

    FILE = "file"
    PROPOSE = "propose"  # the Secretariat decides


@dataclass(frozen=True, kw_only=True, slots=True)
class FilingForm:
    """A form for one kind of fact. `holdings` are who may know it, by each of its sources.

    `annuls` are the facts that this one may say no longer count; `notification` is how the depositary's numbers look.
    """

    kind: FactKind
    manner: Manner
    sources: tuple[SourceKind, ...]
    holdings: Mapping[SourceKind, Holding]
    annuls: tuple[FactView, ...]
    notification: str

    def holding(self, source: str) -> Holding | None:
        """Return who may know it from a source that was chosen, or from the only one there is."""
        only = len(self.sources) == 1
        return next((held for one, held in self.holdings.items() if only or one.value == source), None)

    @property
    def by_usual(self) -> dict[Sensitivity, tuple[SourceKind, ...]]:
        """Return who may know it as is usual, widest first, with the sources from which that is so."""
        levels = sorted({held.usual for held in self.holdings.values()})
        return {usual: tuple(one for one, held in self.holdings.items() if held.usual is usual) for usual in levels}

    def is_either(self, source: str) -> bool:
        """Tell whether what such a source says may be for everybody or told in confidence: any, if none is chosen."""
        return any(one in EITHER and (not source or one.value == source) for one in self.sources)

    @property
    def answers(self) -> tuple[Sensitivity, ...]:
        """Return the answers there are from any source, widest first."""
        return tuple(sorted({answer for held in self.holdings.values() for answer in held.answers}))


def manner_of(reader: Reader, state: str) -> Manner | None:
    """Tell how the reader brings a fact on a State's file, if at all."""
    if reader.may(Right.FILE, state):
        return Manner.FILE
    return Manner.PROPOSE if state in reader.own else None


def kinds_for(pathway: Pathway, reader: Reader, state: str) -> dict[FormGroup, tuple[FactKind, ...]]:
    """Return the kinds of fact that the reader may bring on a State's file, by group."""
    manner = manner_of(reader, state)
    groups: dict[FormGroup, tuple[FactKind, ...]] = dict.fromkeys(FormGroup, ())
    for kind in pathway.kinds if manner else ():
        if _may_bring(reader, state, kind, manner):
            group = _group_of(kind)
            groups[group] = (*groups[group], kind)
    return {group: kinds for group, kinds in groups.items() if kinds}


def filing_form(
    pathway: Pathway, name: str, facts: Sequence[FactView], reader: Reader, state: str, *, training: bool
) -> FilingForm | None:
    """Return the form for a kind of fact, or None when there is none for this reader."""
    kind, manner = pathway.kind(name), manner_of(reader, state)
    if kind is None or manner is None or not _may_bring(reader, state, kind, manner):
        return None
    causes = causes_of(pathway)
    annuls = name == CORRECTION or name in causes
    sources = _sources(kind, manner, training=training)
    companion, is_told = reader.accompanies(state), manner is Manner.PROPOSE
    return FilingForm(
        kind=kind,
        manner=manner,
        sources=sources,
        holdings={one: holding_of(kind, one, is_companion=companion, is_told=is_told) for one in sources},
        annuls=tuple(f for f in facts if annuls and _may_annul(name, f, reader, state, causes)),
        notification=pathway.notification.example,
    )


def _may_bring(reader: Reader, state: str, kind: FactKind, manner: Manner | None) -> bool:
    if manner is Manner.PROPOSE:
        return may_be_proposed(kind)
    return kind.by_hand and (not kind.is_depositary_act or reader.may(Right.RECORD, state))


def _group_of(kind: FactKind) -> FormGroup:
    if kind.name in ACTS:
        return FormGroup.ACTS
    return FormGroup.HOLDING if kind.name in _HOLDING else FormGroup.STATE


def _sources(kind: FactKind, manner: Manner, *, training: bool) -> tuple[SourceKind, ...]:
    admitted = kind.sources - {SourceKind.RECORD} - (frozenset() if training else {SourceKind.EXAMPLE})
    if manner is Manner.PROPOSE:
        admitted &= GIVEN_BY_STATE
    return tuple(source for source in SourceKind if source in admitted)


def _may_annul(kind: str, fact: FactView, reader: Reader, state: str, causes: Collection[str]) -> bool:
    """Offer what counts and may be undone by hand: a proof by who may take steps, anything else by its author."""
    is_depositarys = fact.source in (SourceKind.DEPOSITARY, SourceKind.RECORD) and not fact.unconfirmed
    if not fact.counts or fact.kind in NEVER_ANNULLED or is_depositarys:
        return False
    if kind in causes and (fact.kind in BOOKKEEPING or fact.kind in causes or fact.kind in ACTS):
        return False
    is_proof_for_who_steps = kind in causes and reader.may(Right.STEP, state)
    return reader.is_secretariat or fact.actor == reader.actor or is_proof_for_who_steps
