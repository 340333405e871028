"""Words by which people call several States: whoever writes one alone is asked which of them is meant.

*Congo* is the name of one State, and what its neighbour is called for short; a table of the depositary means the first
by it, a person may mean either. *Sudan* is not such a word: the other State is South Sudan, and called so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

#: The words in the six languages of the United Nations, by the codes of the States.
CALLED_ALIKE: Mapping[tuple[str, ...], tuple[str, ...]] = MappingProxyType(
    {
        ("COD", "COG"): ("Congo", "Конго", "الكونغو", "刚果"),
        ("GIN", "GNB", "GNQ", "PNG"): ("Guinea", "Guinée", "Гвинея", "غينيا", "几内亚"),
        ("KOR", "PRK"): ("Korea", "Corée", "Corea", "Корея", "كوريا"),
    }
)
