"""Releases: who was named as one who may know a fact, and which releases still stand.

A release is a fact of the ledger. Once taken back it never counts again, on no day and for no look into the past:
who may read is a question of now. The same rule stands as SQL among the models; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pathways.grammar.dossier import RELEASE
from pathways.grammar.facts import Fact


def standing_releases(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the releases that were not taken back; whatever annuls or replaces one ends it, for good."""
    on_file = tuple(facts)
    ended = {named for fact in on_file for named in (*fact.annuls, fact.replaces)}
    return tuple(fact for fact in on_file if fact.kind == RELEASE and fact.id not in ended)


def released(facts: Iterable[Fact]) -> Mapping[str, frozenset[str]]:
    """Return to whom facts are released, by fact."""
    audiences: dict[str, frozenset[str]] = {}
    for release in standing_releases(facts):
        named = release.text("fact")
        audiences[named] = audiences.get(named, frozenset()) | {release.text("audience")}
    return audiences
