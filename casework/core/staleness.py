"""Marks: how far somebody had read in a dossier when a form was made, so that a second writer can be told.

A mark is made from the facts that reader may read alone: what one may not know never changes it. A form
that comes without its mark is stale; only who writes from no page, as on the command line, gives none.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from pathways.grammar.clearance import Reader
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import Pathway
from pathways.grammar.projection import shown
from pathways.grammar.refusals import Refused, Word, refusal

_LENGTH = 20  # of the digest; the ids in it are random


class Stale(Refused):
    """Somebody else changed the dossier in the meantime; `since` holds what came on file, as far as one may know."""

    def __init__(self, pathway: Pathway, since: Sequence[Fact]) -> None:
        """Say what changed."""
        titles = tuple(
            refusal("title_of_a_day", title=Word(pathway.title_of(fact.kind)), day=fact.effective) for fact in since
        )
        super().__init__(refusal("dossier_changed_by", facts=titles) if titles else refusal("dossier_changed"))
        self.since = tuple(since)


def mark_of(facts: Sequence[Fact]) -> str:
    """Return the mark of a reader who was shown these facts, in order of filing."""
    ids = "".join(fact.id for fact in facts)
    return f"{len(facts)}-{sha256(ids.encode()).hexdigest()[:_LENGTH]}"


def refuse_stale(pathway: Pathway, facts: Sequence[Fact], reader: Reader, mark: str) -> None:
    """Raise Stale when the reader may know more, or less, than when the mark was made."""
    seen = shown(pathway, facts, reader)
    if mark != mark_of(seen):
        raise Stale(pathway, _since(seen, mark))


def _since(seen: Sequence[Fact], mark: str) -> Sequence[Fact]:
    """Return what followed the facts of a mark; nothing when a release has changed what lies before."""
    number, _, _ = mark.partition("-")
    before = int(number) if number.isascii() and number.isdigit() and len(number) < _LENGTH else 0
    return seen[before:] if mark == mark_of(seen[:before]) else ()
