"""Lines: what may stand on file as one line, such as a reference or the number of a law."""

from __future__ import annotations

import unicodedata


def is_line(text: str, most: int) -> bool:
    """Tell whether a text is one line of at most so many characters, all of them seen; any width of space will do."""
    return len(text) <= most and all(c.isprintable() or unicodedata.category(c) == "Zs" for c in text)
