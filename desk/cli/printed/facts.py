"""Facts, printed: what counts in full, what no longer counts marked so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from desk.cli.printed.spoken import label, value, words_of
from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.table import Table

    from casework.dossiers.fact_view import FactView

_SHORT = 8  # characters of an id
_ABOUT_A_FACT = ("purged", "settled")


def facts_table(facts: Sequence[FactView], *, treaty: str, title: str) -> Table:
    """Return facts as a table: by this reader's own numbers, and by the ids that are everybody's."""
    made = table("No.", "Id", "Date", "Fact", "Source", "Held as", title=title, right=("No.",))
    for fact in facts:
        what, source = _what(fact, treaty), _source(fact, treaty)
        cells = (fact.seq, fact.fact[:_SHORT], fact.effective_on, what, source, words_of(treaty)(fact.sensitivity))
        row(made, *cells, style=_style(fact))
    return made


def _what(fact: FactView, treaty: str) -> str:
    return "\n".join((_headline(fact, treaty), *_details(fact)))


def _headline(fact: FactView, treaty: str) -> str:
    if fact.kind == "step":
        taken = words_of(treaty)(str(fact.fields.get("step")))
        return f"step {taken}: {fact.fields.get('from')} → {fact.fields.get('to')}"
    if fact.kind in _ABOUT_A_FACT:
        [(name, told)] = fact.fields.items()
        return f"{fact.title}: {'' if name == 'fact' else f'{name} '}fact {str(told)[:_SHORT]}"
    kind = fact.kind
    said = (f"{label(treaty, kind, name)}: {value(treaty, kind, name, held)}" for name, held in fact.fields.items())
    return " · ".join((fact.title, *said))


def _details(fact: FactView) -> Iterator[str]:
    if fact.known_by:
        yield f"at the latest {fact.known_by}"
    if fact.unconfirmed:
        yield f"not yet confirmed: {', '.join(fact.unconfirmed)}"
    if fact.contests:
        yield "contradicts what is on file"
    if fact.note:
        yield fact.note
    if fact.counts_from:
        yield f"(counts from {fact.counts_from})"
    elif not fact.counts:
        yield "(does not count on this day)"


def _source(fact: FactView, treaty: str) -> str:
    source = words_of(treaty)(fact.source)
    return f"{source}: {fact.reference}" if fact.reference else source


def _style(fact: FactView) -> str | None:
    return None if fact.counts else "dim"
