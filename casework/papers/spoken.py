"""What was said at a meeting, as it was known on a day and as far as a reader may know it; what was checked alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from casework.core.as_of import AsOf, look
from casework.core.workspace import Workspace
from models.ledger import contents, dossiers
from models.ledger.dossiers import Record
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import STATEMENT
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.terms import About


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A statement: who spoke (a State by its code, else what the organization is called), and the words."""

    state: str | None
    speaker: str
    about: About
    words: str
    condition: str
    by: str
    fact: Fact


def spoken_at(
    workspace: Workspace, meeting: str, *, treaty: str, on: date | None, known: date | None, reader: Reader
) -> tuple[Spoken, ...]:
    """Return the statements of a meeting, by what they were about, then as they came on file."""
    found: list[Fact] = []
    with workspace.reading() as connection:
        for key, records in _places(connection, treaty):
            asked = look(workspace, treaty=key, on=on, known=known, reader=reader)
            found += _of_meeting(connection, asked, records, meeting)
        words = contents.beside(connection, [fact.id for fact in found])
    order = list(About)
    said = [_spoken(fact, words[fact.id].note or "") for fact in found if fact.id in words]
    kept = [one for one in said if one.words]  # words that were purged are nowhere
    return tuple(
        sorted(kept, key=lambda one: (order.index(one.about), one.fact.recorded_at, one.fact.state, one.fact.seq))
    )


def _places(connection: Connection, treaty: str) -> Iterator[tuple[str, list[Record]]]:
    yield treaty, dossiers.records(connection, treaty)
    own = dossiers.record_of(connection, own_key(treaty), OF_NO_STATE)
    yield own_key(treaty), [own] if own else []


def _of_meeting(connection: Connection, asked: AsOf, records: list[Record], meeting: str) -> Iterator[Fact]:
    facts = dossiers.facts_of(connection, records) if records else {}
    for record in records:
        there = asked.dossier(record.state, facts[record.id]).proofs(STATEMENT)
        yield from (fact for fact in there if fact.text("meeting") == meeting)


def _spoken(fact: Fact, words: str) -> Spoken:
    return Spoken(
        state=fact.state or None,
        speaker=fact.text("speaker"),
        about=About(fact.text("about")),
        words=words,
        condition=fact.text("condition"),
        by=fact.text("by"),
        fact=fact,
    )
