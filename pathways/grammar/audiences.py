"""Audiences: who may know a fact: by its source and by who files it, and whom a release named since.

A release is a fact of the ledger. Once taken back it never counts again, on no day and for no look into the past:
who may read is a question of now. The same rule stands as SQL among the models; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dossier import RELEASE
from pathways.grammar.facts import EITHER, PUBLISHED, Fact, FactKind, SourceKind


@dataclass(frozen=True, kw_only=True, slots=True)
class Holding:
    """Who may know what is filed: as is usual where nobody says, and the answers that may be given, widest first."""

    usual: Sensitivity
    answers: tuple[Sensitivity, ...]

    @property
    def least(self) -> Sensitivity:
        """Return the widest answer that may be given."""
        return self.answers[0]


def holding_of(kind: FactKind, source: SourceKind, *, is_companion: bool, is_told: bool = False) -> Holding:
    """Return who may know what is filed, by its source and by who files it.

    `is_companion`: by somebody who accompanies the State, and may tell of that; `is_told`: on the word of its contact.
    """
    if kind.is_depositary_act:
        return Holding(usual=Sensitivity.PUBLIC, answers=(Sensitivity.PUBLIC,))
    is_published = source in PUBLISHED and not is_told
    is_own_work = source is SourceKind.ASSESSMENT and kind.is_own_work and is_companion
    known = Sensitivity.COORDINATION if is_published or is_own_work else kind.sensitivity
    usual = max(min(known, kind.sensitivity), kind.floor)
    least = max(_widest(source, usual, is_told=is_told), kind.floor)
    closer = (level for level in Sensitivity if level > least)
    passed_over = {Sensitivity.PARTIES} - {kind.sensitivity}  # asked of what all States Parties are owed alone
    return Holding(usual=usual, answers=(least, *(level for level in closer if level not in passed_over)))


def _widest(source: SourceKind, usual: Sensitivity, *, is_told: bool) -> Sensitivity:
    """Return how widely a source lets a fact be known."""
    if source in PUBLISHED | EITHER and not is_told:
        return Sensitivity.PUBLIC
    return min(usual, Sensitivity.COORDINATION) if source is SourceKind.ASSESSMENT else usual


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
