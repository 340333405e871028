"""Codes in the words of the desk, where people read them; JSON and what is typed keep the codes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from desk.i18n.words import declared, word
from pathways import pathway

if TYPE_CHECKING:
    from pathways.grammar.facts import Field, Value

Say = Callable[[object], str]


def words_of(treaty: str) -> Say:
    """Return what says a code in the words of the desk, and of this treaty."""
    return partial(word, treaty=treaty)


def label(treaty: str, kind: str, field: str) -> str:
    """Say what a field of a kind of fact is called."""
    return declared(treaty).get(f"{kind}.{field}") or word(field, treaty)


def value(treaty: str, kind: str, field: str, said: Value) -> str:
    """Say what stands in a field: a choice in words, anything else as it was typed."""
    if isinstance(said, bool):
        return "yes" if said else "no"
    is_code = bool((found := _field(treaty, kind, field)) and found.choices)
    parts = said if isinstance(said, list) else [str(said)]
    return ", ".join(word(part, treaty) if is_code else part for part in parts)


def _field(treaty: str, kind: str, name: str) -> Field | None:
    found = pathway(treaty).kind(kind)
    return next((field for field in found.fields if field.name == name), None) if found else None
