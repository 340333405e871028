"""The search for a State by what somebody writes: any of its names, former names or codes, in six languages.

The names are public; who may know what of a State found is decided where it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from casework.dossiers.name_clashes import without_forms
from sources.states import Register, State, fold, joined

#: Longer than any name on record, so that what is longer names nothing.
LONGEST = 80


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """The States that fit. `exact` is the one State whose code, or name that no other State has a word of,
    was written in full: *Guinea* is a word of four.
    """

    text: str
    ranks: Mapping[str, int]  # how well each fits, 1 best
    exact: str | None

    @property
    def states(self) -> tuple[str, ...]:
        """Return the States that fit, best first."""
        return tuple(sorted(self.ranks, key=self.ranks.__getitem__))


def find(text: str, register: Register) -> Found:
    """Find States by a part of a name, in any order of words, or by a code; an empty text fits every State.

    What fits none is looked for again without the words for a kind of State: *Republic of Malawi* is Malawi.
    """
    index = _index(register)
    asked = fold(text) if len(text) <= 2 * LONGEST else ""
    if not asked or len(asked) > LONGEST:
        return Found(text=text, ranks=dict.fromkeys(index, _WHOLE) if not text.strip() else {}, exact=None)
    found = _fitting(text, asked, register)
    bare = without_forms(asked)
    return found if found.ranks or bare in ("", asked) else _fitting(text, bare, register)


def _fitting(text: str, asked: str, register: Register) -> Found:
    ranks = {iso3: rank for iso3, names in _index(register).items() if (rank := _rank(asked, names))}
    return Found(text=text, ranks=ranks, exact=_exact(asked, ranks, register))


_WHOLE, _BEGINNING, _CUT_SHORT, _WORDS, _INSIDE = range(1, 6)


def _exact(asked: str, ranks: Mapping[str, int], register: Register) -> str | None:
    coded = [state.iso3 for state in register.coded(asked) if state.is_state]
    whole = coded or [iso3 for iso3, rank in ranks.items() if rank == _WHOLE]
    if len(whole) != 1:
        return None
    names = _index(register)
    shared = not coded and any(_has_words(asked, names[iso3]) for iso3 in ranks if iso3 != whole[0])
    return None if shared else whole[0]


def _has_words(asked: str, names: Names) -> bool:
    """Tell whether these words stand whole in a name: a hyphen parts words, so does an apostrophe."""
    return f" {asked} " in names.apart


def _rank(asked: str, names: Names) -> int:
    """Return how well a State fits, 1 best; 0 when it does not."""
    together = f"\n{joined(asked)}"
    if f"{together}\n" in names.together:
        return _WHOLE
    if together in names.together:
        return _BEGINNING
    if _has_words_cut_short(asked, names):
        return _CUT_SHORT
    if all(f" {word}" in names.apart for word in asked.split()):
        return _WORDS
    return _INSIDE if len(asked) > _by_chance(asked) and asked in names.apart else 0


def _has_words_cut_short(asked: str, names: Names) -> bool:
    """Tell whether a name begins with these words in their order, each of them cut short: *S. Korea*."""
    words = r"\S* ".join(map(re.escape, asked.split()))
    return re.search(f"\n {words}", names.apart) is not None


def _by_chance(asked: str) -> int:
    """Return how many letters may stand inside a word by chance: two, but not one Chinese character."""
    return 0 if ord(asked[0]) >= _CJK else 2


_CJK = 0x2E80


class Names(NamedTuple):
    """A State's codes and names as they are compared, a line each: with a space around each word, and without any."""

    apart: str
    together: str


@lru_cache(maxsize=8)
def _index(register: Register) -> Mapping[str, Names]:
    return {
        state.iso3: Names(
            apart="".join(f"\n {fold(text)} " for text in _said_of(state)),
            together="".join(f"\n{joined(text)}" for text in _said_of(state)) + "\n",
        )
        for state in register.states
    }


def _said_of(state: State) -> tuple[str, ...]:
    return (state.iso3, state.iso2, state.m49, *state.names.values(), *state.aliases)
