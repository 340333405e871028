"""Tables of facts: what is on file of each State, field by field, and who was let know of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casework.exports.columns import (
    Column,
    Row,
    Table,
    Type,
    code,
    day,
    hour,
    listed,
    number,
    partial_day,
    text,
    yes_no,
)
from casework.exports.material import Material, OfFact
from casework.exports.tables_of_states import STATE
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dates import Precision
from pathways.grammar.facts import FieldType, SourceKind
from pathways.grammar.pathway import Pathway


def kinds(pathway: Pathway) -> Mapping[str, str]:
    """Return the kinds of fact that a treaty has, by name."""
    return {kind.name: kind.title for kind in pathway.kinds}


def levels(_: Pathway) -> Iterator[str]:
    """Yield the levels of sensitivity."""
    yield from (level.label for level in Sensitivity)


def choices(pathway: Pathway) -> Iterator[str]:
    """Yield what may be chosen in any field of a fact."""
    fields = (field for kind in pathway.kinds for field in kind.fields)
    yield from dict.fromkeys(choice for field in fields for choice in field.choices)


FACTS = Table(
    name="facts",
    means="one thing known of a State, never changed: a later fact replaces or annuls it",
    rows=lambda seen: (Row(page, fact) for page, fact in seen.facts),
    columns=(
        text("state", STATE.means, "of.dossier.state"),
        text("fact", "the fact, by its number in the ledger"),
        number("number", "its place among the facts of the State that this reader may read", "one.seq"),
        code("kind", "what kind of fact it is", kinds),
        partial_day("effective_on", "when it took effect"),
        code("precision", "how exactly that day is known", Precision),
        day("known_by", "a day by which it had certainly happened"),
        code("source", "who says so", SourceKind),
        text("reference", "where it says so"),
        code("sensitivity", "how closely it is held", levels),
        yes_no("counts", "whether it counts today: it is not replaced, annulled, contested or still to come"),
        day("counts_from", "from when it will count, where that is all it waits for"),
        text("note", "what was noted beside it"),
        text("attachment_name", "the name of the file beside it; the file itself is on the desk"),
        text("attachment_type", "what that file is (MIME)"),
        yes_no("is_purged", "whether a note or file was deleted for good"),
        text("replaces", "the fact whose place it takes"),
        listed("annuls", "the facts that no longer count because of it"),
        text("rests_on", "the fact that a step rests on"),
        text("contests", "the fact that it contradicts"),
        listed("unconfirmed", "what of it the depositary has not confirmed yet"),
        hour("recorded_at", "when it was filed"),
        text("actor", "who filed it: person:NUMBER, operator, or a run of the program"),
        text("actor_name", "what that person is called", lambda row: row.of.names.get(row.one.actor)),
    ),
)


def typed_fields(*joined: Column) -> tuple[Column, ...]:
    """Return the columns of a table of typed fields, behind those by which it is joined."""
    return (
        *joined,
        text("field", "which field"),
        text("title", "what it is called"),
        code("type", "of what type its value is", FieldType),
        Column(name="value", type=Type.FIELD, means="what stands in it", of="one.value", codes=choices),
    )


def _fields(seen: Material) -> Iterator[Row]:
    for page, fact in seen.facts:
        of = OfFact(page.dossier.state, fact.fact)
        yield from (Row(of, one) for one in seen.typed(fact.kind, fact.fields))


_OF_FACT = (STATE, text("fact", "the fact, by its number in the ledger", "of.fact"))

FACT_FIELDS = Table(
    name="fact_fields",
    means="a typed field of a fact, such as the number of a law",
    rows=_fields,
    columns=typed_fields(*_OF_FACT),
)

RELEASES = Table(
    name="releases",
    means="that somebody was let know a fact above their level, and may still",
    rows=lambda seen: (
        Row(OfFact(page.dossier.state, fact.fact), release) for page, fact in seen.facts for release in fact.releases
    ),
    columns=(
        *_OF_FACT,
        text("release", "the fact that says so"),
        text("audience", "who was let know: person:NUMBER, or state:CODE for the State itself"),
        text("released_by", "who let them know"),
        text("consent", "the consent of the State, where the State told us"),
    ),
)
