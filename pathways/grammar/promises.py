"""Promises: what a State said that it will do, for how long it has stood, and what became of it.

A word is no act: no promise moves a stage, and only a later fact says what became of one (H10).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import PROMISE_OUTCOME, STATEMENT, Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.terms import About, Became, Periods


class PromiseStanding(StrEnum):
    """How a promise stands; a renewed one is still to be kept."""

    OPEN = "open"
    KEPT = Became.KEPT.value
    RENEWED = Became.RENEWED.value
    LAPSED = Became.LAPSED.value


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """A promise as it stands on a day. `since_then` is the fact that says so last, none while nothing is known."""

    said: Fact
    since_then: Fact | None
    standing: PromiseStanding

    @property
    def made_on(self) -> PartialDate:
        """Return when it was made first."""
        return self.said.effective

    @property
    def is_to_be_kept(self) -> bool:
        """Tell whether it stands still, renewed or not."""
        return self.standing in (PromiseStanding.OPEN, PromiseStanding.RENEWED)

    @property
    def last_said(self) -> Fact:
        """Return the State's latest word of it."""
        if self.standing is PromiseStanding.RENEWED and self.since_then is not None:
            return self.since_then
        return self.said

    @property
    def condition(self) -> str:
        """Return its condition, as last said; empty where there is none."""
        return self.last_said.text("condition") or self.said.text("condition")

    @property
    def by(self) -> PartialDate | None:
        """Return the day or month by which it is to be kept, as last said; None where none is named."""
        named = self.last_said.text("by")
        return PartialDate.parse(named) if named else None

    @property
    def sensitivity(self) -> Sensitivity:
        """Return how closely what is said of it is held: as the closest of the words it rests on."""
        return max(self.said.sensitivity, self.last_said.sensitivity)

    def asked_on(self, periods: Periods) -> date:
        """Return the day from which it is asked about: the last one named, or a while after it was said."""
        by = self.by
        return by.last if by is not None else self.last_said.counts_from + periods.promise

    def age(self, on: date) -> int:
        """Return for how many days it has stood, or had stood when it was kept or lapsed."""
        over = None if self.is_to_be_kept else self.since_then
        return ((over.counts_from if over is not None else on) - self.said.counts_from).days


def promises(dossier: Dossier) -> Iterator[Promise]:
    """Yield the promises of a State that count on the dossier's day, the oldest first."""
    outcomes = {fact.text("promise"): fact for fact in dossier.proofs(PROMISE_OUTCOME)}  # the latest of each
    for said in dossier.proofs(STATEMENT):
        if said.text("about") == About.PROMISE:
            yield _as_it_stands(dossier, said, outcomes.get(said.id))


def _as_it_stands(dossier: Dossier, said: Fact, outcome: Fact | None) -> Promise:
    if outcome is not None and outcome.text("outcome") != Became.RENEWED:
        return Promise(said=said, since_then=outcome, standing=PromiseStanding(outcome.text("outcome")))
    deposit = dossier.legal.deposit if dossier.legal.is_in_hand else None
    if deposit is not None and deposit.counts_from >= said.counts_from:
        # Whatever a State promised on its way, it has come to the end of it.
        return Promise(said=said, since_then=deposit, standing=PromiseStanding.KEPT)
    standing = PromiseStanding.OPEN if outcome is None else PromiseStanding.RENEWED
    return Promise(said=said, since_then=outcome, standing=standing)
