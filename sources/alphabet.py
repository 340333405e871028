"""The alphabet: where a name stands in a list, as readers of its script look it up.

Accents, hamza and apostrophes do not part names: Côte d'Ivoire stands among C, إثيوبيا beside أذربيجان. The Arabic
article is passed over, as in the lists of the United Nations. A script of its own follows the one before.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from sources.states import Register, fold

_ARTICLE = "\u0627\u0644"  # with a bare alef; one with a hamza begins a word of its own, as in ألبانيا
_ENDINGS = str.maketrans({"\u0629": "\u0647", "\u0649": "\u064a"})  # looked up as the letters they look like


def alphabetical(name: str) -> tuple[str, str]:
    """Return by what a list of names is sorted."""
    return fold(name.removeprefix(_ARTICLE).translate(_ENDINGS)), name


@lru_cache(maxsize=16)
def names_in_order(register: Register, language: str) -> Mapping[str, str]:
    """Return what the States are called in a language, by code, in the order of its alphabet."""
    found = {state.iso3: state.names.get(language, state.name) for state in register.entries}
    return dict(sorted(found.items(), key=lambda entry: alphabetical(entry[1])))
