"""The search for a State by what somebody writes: any of its names, former names or codes, in six languages.

The names are public; who may know what of a State found is decided where it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from sources.states import State, fold, load_register

#: Longer than any name on record, so that what is longer names nothing.
LONGEST = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The States that fit, best first. `exact` is the one State whose name or code was written in full."""

    text: str
    states: tuple[str, ...]
    exact: str | None


def find(text: str) -> Found:
    """Find States by a part of a name, in any order of words, or by a code; an empty text fits every State."""
    asked = fold(text) if len(text) <= 2 * LONGEST else ""
    if not asked or len(asked) > LONGEST:
        return Found(text=text, states=_everything() if not text.strip() else (), exact=None)
    ranked = [(rank, iso3) for iso3, names in _index().items() if (rank := _rank(asked, names))]
    whole = [iso3 for rank, iso3 in ranked if rank == _WHOLE]
    return Found(
        text=text,
        states=tuple(iso3 for _, iso3 in sorted(ranked)),
        exact=whole[0] if len(whole) == 1 else None,
    )


_WHOLE, _BEGINNING, _WORDS, _INSIDE = range(1, 5)


def _rank(asked: str, names: str) -> int:
    """Return how well a State fits, 1 best; 0 when it does not."""
    if f"\n {asked}\n" in names:
        return _WHOLE
    if f"\n {asked}" in names:
        return _BEGINNING
    if all(f" {word}" in names for word in asked.split()):
        return _WORDS
    return _INSIDE if len(asked) > _by_chance(asked) and asked in names else 0


def _by_chance(asked: str) -> int:
    """Return how many letters may stand inside a word by chance: two, but not one Chinese character."""
    return 0 if ord(asked[0]) >= _CJK else 2


_CJK = 0x2E80


@cache
def _index() -> Mapping[str, str]:
    """Return each State's codes and names as they are compared, in one text: a line each, a space before each word."""
    return {
        state.iso3: "".join(f"\n {fold(text)}" for text in _said_of(state)) + "\n" for state in load_register().states
    }


@cache
def _everything() -> tuple[str, ...]:
    return tuple(_index())


def _said_of(state: State) -> tuple[str, ...]:
    return (state.iso3, state.iso2, state.m49, *state.names.values(), *state.aliases)
