"""Proofs by name: what a step asks for, one by one, with the fact that fulfils each or what is in its way.

Says by name what the needs say as refusals, so that a page can link to it; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.needs import INSTRUMENT_PREPARED, Cause, DueForm, OnFile, RouteComplete, is_out_of_order
from pathways.grammar.pathway import Need, Pathway, Step
from pathways.grammar.refusals import Refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """One thing a step asks for. `kind` is empty for what nobody can file; `fact` is the one that fulfils it.

    `not_before` names what must come first and came later; `instruments` the only ones open to the State,
    where the fact speaks of another; `says` is what the need refuses, where nobody can file anything.
    """

    kind: str = ""
    fact: Fact | None = None
    not_before: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    says: Refusal | None = None

    @property
    def is_done(self) -> bool:
        """Tell whether this stands in nobody's way."""
        return self.fact is not None and not self.not_before and not self.instruments

    @property
    def is_missing(self) -> bool:
        """Tell whether it can be filed and was not."""
        return bool(self.kind) and self.fact is None


def proofs_for(pathway: Pathway, dossier: Dossier, step: Step) -> tuple[Proof, ...]:
    """Return everything a step asks for, in the order of its needs, each kind once."""
    found: dict[str | Refusal | None, Proof] = {}
    for need in step.needs:
        for proof in _of(need, pathway, dossier):
            key = proof.kind or proof.says
            found[key] = _both(found[key], proof) if key in found else proof
    return tuple(found.values())


def _both(one: Proof, other: Proof) -> Proof:
    return replace(
        one,
        not_before=tuple(dict.fromkeys((*one.not_before, *other.not_before))),
        instruments=one.instruments or other.instruments,
    )


def _of(need: Need, pathway: Pathway, dossier: Dossier) -> Iterator[Proof]:
    if isinstance(need, OnFile):
        yield from (Proof(kind=kind, fact=dossier.latest(kind)) for kind in need.kinds)
    elif isinstance(need, Cause):
        yield Proof(kind=need.kind, fact=need.ground(dossier))
    elif isinstance(need, RouteComplete):
        yield from _of_route(pathway, dossier)
    elif isinstance(need, DueForm):
        yield _of_form(need, pathway, dossier)
    else:  # nothing that anybody could file: it is said while it is in the way
        yield from (Proof(says=wanting) for wanting in need.missing(pathway, dossier))


def _of_route(pathway: Pathway, dossier: Dossier) -> Iterator[Proof]:
    route = pathway.route(dossier.route)
    behind = dict.fromkeys(after for _, after in route.order if after not in route.proofs)
    for kind in (*route.proofs, *behind):
        late = tuple(b for b, after in route.order if after == kind and is_out_of_order(dossier, b, after))
        if kind in route.proofs or late:
            yield Proof(kind=kind, fact=dossier.latest(kind), not_before=late)


def _of_form(need: DueForm, pathway: Pathway, dossier: Dossier) -> Proof:
    prepared = dossier.latest(INSTRUMENT_PREPARED)
    is_wrong = prepared is not None and bool(need.missing(pathway, dossier))
    allowed = pathway.instruments.open_to(signatory=dossier.legal.has_signed)
    return Proof(kind=INSTRUMENT_PREPARED, fact=prepared, instruments=tuple(allowed) if is_wrong else ())
