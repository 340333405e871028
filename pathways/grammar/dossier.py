"""The dossier of one State: what its facts add up to, on any day, as known on any day.

Only the shape: `projection` adds it up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pathways.grammar.facts import Fact
from pathways.grammar.legal import DECLARATION_NOT_TO_JOIN, DEPOSIT, Legal
from pathways.grammar.stages import Stage, Standing

# Kinds of fact that every pathway has, because the ledger itself speaks in them.
STEP = "step"
RECORD_OPENED = "record_opened"
ROUTE = "route"
TIER = "tier_set"
SETTLED = "settled"
CORRECTION = "correction"
RELEASE = "release"
RELEASE_ENDED = "release_ended"
PURGED = "purged"
#: What is said at a meeting, and what became of a promise. A word is no act: no step rests on one (H10).
STATEMENT, PROMISE_OUTCOME = "statement", "promise_outcome"
PAUSED, DECLINED, RESUMED = "paused", "declined", "resumed"
STANDINGS = {
    PAUSED: Standing.PAUSED,
    DECLINED: Standing.DECLINED,
    DECLARATION_NOT_TO_JOIN: Standing.DECLINED,
    RESUMED: Standing.OPEN,
    DEPOSIT: Standing.OPEN,
}
#: The ledger's own book-keeping: no sign of life from a State.
BOOKKEEPING = frozenset({STEP, RECORD_OPENED, ROUTE, TIER, SETTLED, CORRECTION, RELEASE, RELEASE_ENDED, PURGED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Dossier:
    """What is known of one State's way into one treaty, on one day."""

    state: str
    treaty: str
    on: date
    stage: Stage
    standing: Standing
    legal: Legal
    tier: int | None
    route: str
    route_is_assumed: bool
    entered_by: str  # id of the step that entered the stage, or "" before any
    entered_on: date | None
    last_step_on: date | None
    last_heard_on: date | None
    opened_on: date | None
    review_on: date | None
    conflicts: tuple[Fact, ...]
    unconfirmed: tuple[str, ...]
    in_force: tuple[Fact, ...]
    steps: tuple[Fact, ...]  # on file, and counting, oldest first
    overtaken: tuple[Fact, ...]
    next_fact_on: date | None  # the day on which the next fact on file begins to count

    def proofs(self, kind: str) -> tuple[Fact, ...]:
        """Return the facts of a kind that count on this day, oldest first."""
        return tuple(f for f in self.in_force if f.kind == kind)

    def latest(self, kind: str) -> Fact | None:
        """Return the latest fact of a kind that counts on this day."""
        return next((f for f in reversed(self.in_force) if f.kind == kind), None)
