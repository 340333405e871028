"""Legal status: what the depositary's acts make of a State. Nothing else ever does.

Dates known to the month or year give ranges; the last possible day is the one that counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pathways.grammar.dates import DayRange, PartialDate
from pathways.grammar.facts import Fact
from pathways.grammar.stages import Instrument, LegalStatus

SIGNATURE = "signature"
PROVISIONAL_APPLICATION = "provisional_application"
DEPOSIT = "deposit"
WITHDRAWAL = "withdrawal"
DECLARATION_NOT_TO_JOIN = "declaration_not_to_join"
ACTS = frozenset({SIGNATURE, PROVISIONAL_APPLICATION, DEPOSIT, WITHDRAWAL, DECLARATION_NOT_TO_JOIN})


class BindingRules(Protocol):
    """What a treaty declares about its entry into force and withdrawal."""

    def binds(self, day: date) -> date:
        """Return the day a deposit binds."""

    def withdraws(self, day: date) -> date:
        """Return the day a notified withdrawal takes effect."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Legal:
    """The depositary's acts of one State on one day, and what follows from them."""

    status: LegalStatus
    signature: Fact | None = None
    provisional_application: Fact | None = None
    deposit: Fact | None = None
    entry_into_force: DayRange | None = None
    withdrawal_effective: date | None = None
    declaration: Fact | None = None

    @property
    def instrument(self) -> Instrument | None:
        """Return the kind of instrument deposited, if one is."""
        return Instrument(self.deposit.text("instrument")) if self.deposit else None

    @property
    def has_signed(self) -> bool:
        """Tell whether the State has signed, whatever it did later."""
        return self.signature is not None

    @property
    def is_in_hand(self) -> bool:
        """Tell whether an instrument lies with the depositary and is still in effect."""
        return self.deposit is not None and self.status is not LegalStatus.WITHDRAWN


def bound_from(rules: BindingRules, effective: PartialDate, counts_from: date) -> DayRange:
    """Return when a deposit binds, from its first to its last possible day."""
    return DayRange(effective.first, counts_from).by(rules.binds)


def legal_status(rules: BindingRules, acts: Sequence[Fact], on: date) -> Legal:
    """Read the legal status on a day from depositary facts in force by then, oldest first."""
    latest = {act.kind: act for act in acts if act.kind in ACTS}
    deposit = latest.get(DEPOSIT)
    bound = bound_from(rules, deposit.effective, deposit.counts_from) if deposit else None
    leaves = _withdrawal(rules, deposit, latest.get(WITHDRAWAL))
    return Legal(
        status=_status(SIGNATURE in latest, bound, leaves, on),
        signature=latest.get(SIGNATURE),
        provisional_application=latest.get(PROVISIONAL_APPLICATION),
        deposit=deposit,
        entry_into_force=bound,
        withdrawal_effective=leaves,
        declaration=latest.get(DECLARATION_NOT_TO_JOIN),
    )


def _withdrawal(rules: BindingRules, deposit: Fact | None, notified: Fact | None) -> date | None:
    """Return when a withdrawal takes effect: by the treaty's rule, unless the notification names a later day."""
    if notified is None or deposit is None or notified.counts_from < deposit.counts_from:
        return None
    named = notified.text("takes_effect_on")
    rule = rules.withdraws(notified.counts_from)
    return max(rule, date.fromisoformat(named)) if named else rule


def _status(signed: bool, bound: DayRange | None, leaves: date | None, on: date) -> LegalStatus:
    if bound is None:
        return LegalStatus.SIGNATORY if signed else LegalStatus.NON_SIGNATORY
    if leaves is not None:
        return LegalStatus.WITHDRAWN if leaves <= on else LegalStatus.WITHDRAWAL_NOTIFIED
    return LegalStatus.STATE_PARTY if bound.last <= on else LegalStatus.DEPOSITED
