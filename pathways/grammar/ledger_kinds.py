"""Kinds of fact that every pathway has, because the ledger itself uses them: replacing, annulling, releasing."""

from __future__ import annotations

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dossier import (
    CORRECTION,
    DECLINED,
    PAUSED,
    PURGED,
    RECORD_OPENED,
    RELEASE,
    RELEASE_ENDED,
    RESUMED,
    ROUTE,
    SETTLED,
    STEP,
    TIER,
)
from pathways.grammar.facts import FactKind
from pathways.grammar.words import choice, day, note, text

_HELD = Sensitivity.COORDINATION


def ledger_kinds(routes: tuple[str, ...]) -> tuple[FactKind, ...]:
    """Return the kinds that every pathway has, for a pathway with these routes."""
    return (
        note(RECORD_OPENED, "this record opened", sensitivity=Sensitivity.PUBLIC, by_hand=False),
        note(
            STEP,
            "step taken",
            text("step"),
            text("from"),
            text("to"),
            text("by"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(
            ROUTE,
            "the way of this State's constitution, its route",
            choice("route", *routes, required=True),
            sensitivity=_HELD,
        ),
        note(
            TIER,
            "tier",  # the order of focus, E2.1
            choice("tier", "2", "3", required=True),
            sensitivity=_HELD,
            is_assessment=True,
        ),
        note(PAUSED, "paused by the State", day("review_on", "when to ask again", required=True)),
        note(DECLINED, "the State will not join for now", day("review_on", "when to ask again", required=True)),
        note(RESUMED, "resumed by the State"),
        note(SETTLED, "a contradiction settled", text("favours"), sensitivity=_HELD, by_hand=False),
        note(CORRECTION, "a fact filed by mistake, taken back", sensitivity=_HELD),
        note(
            RELEASE,
            "a fact released to somebody",
            text("fact"),
            text("audience"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(
            RELEASE_ENDED,
            "a release taken back",
            text("fact"),
            text("audience"),
            sensitivity=_HELD,
            by_hand=False,
        ),
        note(PURGED, "content purged", text("fact"), sensitivity=_HELD, by_hand=False),
    )
