"""What a step cannot be taken without. Each need says, as refusals, what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from pathways.grammar.dossier import STEP, Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.legal import WITHDRAWAL
from pathways.grammar.pathway import Pathway
from pathways.grammar.refusals import OneOf, Refusal, Word, refusal
from pathways.grammar.stages import LegalStatus
from pathways.grammar.terms import Rule

INSTRUMENT_PREPARED = "instrument_prepared"


@dataclass(frozen=True, slots=True)
class OnFile:
    """Facts of these kinds must be on file and count on the day."""

    kinds: tuple[str, ...]

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Name each kind that is not on file."""
        return tuple(_not_on_file(pathway, kind) for kind in self.kinds if dossier.latest(kind) is None)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Name none: no single fact is the ground."""
        return None

    def describe(self, pathway: Pathway) -> str:
        """Name the kinds asked for."""
        return ", ".join(pathway.title_of(k) for k in self.kinds)


@dataclass(frozen=True, slots=True)
class Cause:
    """A fact of this kind that no earlier step rests on: the reason to go back."""

    kind: str

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say that the cause is missing."""
        return () if self.ground(dossier) else (_not_on_file(pathway, self.kind),)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Return the latest unused cause."""
        used = {f.rests_on for f in dossier.in_force if f.kind == STEP}
        return next((f for f in reversed(dossier.proofs(self.kind)) if f.id not in used), None)

    def describe(self, pathway: Pathway) -> str:
        """Name the kind asked for."""
        return pathway.title_of(self.kind)


@dataclass(frozen=True, slots=True)
class RouteComplete:
    """Every proof of the dossier's route is on file, in the route's order (part 2.5)."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Name each proof that is absent or out of order."""
        route = pathway.route(dossier.route)
        absent = [_not_on_file(pathway, kind) for kind in route.proofs if dossier.latest(kind) is None]
        disorder = [late for before, after in route.order if (late := _out_of_order(pathway, dossier, before, after))]
        return (*absent, *disorder)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Name none: no single fact is the ground."""
        return None

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return "the proofs of the State's route, in its order"


@dataclass(frozen=True, slots=True)
class DueForm:
    """The instrument prepared is of the kind open to the State and duly signed (part 2.4)."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say what is wrong with the instrument."""
        prepared = dossier.latest(INSTRUMENT_PREPARED)
        if prepared is None:
            return (_not_on_file(pathway, INSTRUMENT_PREPARED),)
        allowed = pathway.instruments.open_to(signatory=dossier.legal.has_signed)
        if prepared.text("instrument") in allowed:
            return ()
        given, article = Word(prepared.text("instrument")), pathway.cited(Rule.INSTRUMENT)
        allows = OneOf(allowed)
        if dossier.legal.has_signed:
            return (refusal("instrument_not_of_a_signatory", allowed=allows, prepared=given, article=article),)
        return (refusal("instrument_of_a_signatory", allowed=Word(allowed[0]), prepared=given, article=article),)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Name none: no single fact is the ground."""
        return None

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return f"an instrument of the kind open to the State, duly signed{pathway.cited(Rule.INSTRUMENT)}"


@dataclass(frozen=True, slots=True)
class DepositaryAct:
    """The depositary has recorded the act: no other word will do."""

    kind: str

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say that the depositary's word is missing."""
        if dossier.latest(self.kind) is not None:
            return ()
        return (refusal("depositary_act_not_recorded", act=Word(pathway.title_of(self.kind))),)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Return the act."""
        return dossier.latest(self.kind)

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return f"the depositary's record: {pathway.title_of(self.kind)}"


@dataclass(frozen=True, slots=True)
class Bound:
    """The State is bound by the treaty."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say from when the State will be bound."""
        force = dossier.legal.entry_into_force
        if force is None or not dossier.legal.is_in_hand:
            return (refusal("nothing_deposited"),)
        if force.last <= dossier.on:
            return ()
        return (refusal("not_bound_yet", day=force.last),)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Return the deposit that binds."""
        return dossier.legal.deposit

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return f"{pathway.binding.after('the deposit')}{pathway.cited(Rule.BEING_BOUND)}"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A notified withdrawal has taken effect."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say when the withdrawal takes effect."""
        leaves = dossier.legal.withdrawal_effective
        if dossier.legal.status is LegalStatus.WITHDRAWN:
            return ()
        return (refusal("withdrawal_takes_effect", day=leaves) if leaves else refusal("no_withdrawal_notified"),)

    def ground(self, dossier: Dossier) -> Fact | None:
        """Return the notification."""
        return dossier.latest(WITHDRAWAL)

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return f"{pathway.withdrawal.after('the notification of withdrawal')}{pathway.cited(Rule.WITHDRAWAL)}"


@dataclass(frozen=True, slots=True)
class NotSigned:
    """The State has not signed: a signatory's interest stays on record."""

    def missing(self, pathway: Pathway, dossier: Dossier) -> tuple[Refusal, ...]:
        """Say that a signature stands."""
        return (refusal("signature_stands"),) if dossier.legal.has_signed else ()

    def ground(self, dossier: Dossier) -> Fact | None:
        """Name none: no single fact is the ground."""
        return None

    def describe(self, pathway: Pathway) -> str:
        """Say it in words."""
        return "no signature"


def causes_of(pathway: Pathway) -> frozenset[str]:
    """Return the kinds of fact that are a reason to go back."""
    return frozenset(need.kind for step in pathway.steps for need in step.needs if isinstance(need, Cause))


def _not_on_file(pathway: Pathway, kind: str) -> Refusal:
    return refusal("proof_not_on_file", proof=Word(pathway.title_of(kind)), kind=kind)


def is_out_of_order(dossier: Dossier, before: str, after: str) -> bool:
    """Tell whether both are on file and the one that comes first came later."""
    first, second = dossier.latest(before), dossier.latest(after)
    return first is not None and second is not None and first.effective.first > second.effective.last


def _out_of_order(pathway: Pathway, dossier: Dossier, before: str, after: str) -> Refusal | None:
    first, second = dossier.latest(before), dossier.latest(after)
    if first is None or second is None or not is_out_of_order(dossier, before, after):
        return None
    return refusal(
        "proofs_out_of_order",
        first=Word(pathway.title_of(before)),
        first_day=first.effective,
        then=Word(pathway.title_of(after)),
        then_day=second.effective,
    )
