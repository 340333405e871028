"""Scripts: whether a text is written in the letters of one, or in look-alikes of several.

A Cyrillic a looks like a Latin one and is none. Unicode's rule for names (UTS 39, 5.1): the letters of a name are of
one script, or of those that one language writes together, as Japanese and Korean do.
"""

from __future__ import annotations

from collections import Counter
from unicodedata import category as _category
from unicodedata import name as _name
from unicodedata import normalize as _normalize

_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}),
    frozenset({"CJK", "HANGUL"}),
    frozenset({"CJK", "BOPOMOFO"}),
)
_OF_ANY = frozenset({"MODIFIER"})  # an apostrophe that counts as a letter


def letters_of_another_script(text: str) -> tuple[str, ...]:
    """Return the letters that are of another script than most of a text's, each once; none where all go together."""
    scripts = {c: _script(c) for c in text if _category(c).startswith("L")}
    counts = Counter(scripts[c] for c in text if c in scripts and scripts[c] not in _OF_ANY)
    if len(counts) < 2 or any(counts.keys() <= together for together in _TOGETHER):
        return ()
    [(most, _)] = counts.most_common(1)
    return tuple(c for c, script in scripts.items() if script != most and script not in _OF_ANY)


def _script(letter: str) -> str:
    """Return the first word of a letter's name in Unicode, which is its script; of a wide letter, the plain one's."""
    return _name(_normalize("NFKC", letter)[0], "").partition(" ")[0]
