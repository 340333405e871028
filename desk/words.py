"""What codes are called on a page: stages, roles, occasions and the like."""

from __future__ import annotations

WORDS: dict[str, str] = {}


def word(code: object) -> str:
    """Return the English words of a code; one without words stands as it is, without underscores."""
    text = str(code)
    return WORDS.get(text, text.replace("_", " "))
