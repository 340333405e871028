"""Lines: what may stand on file as one line, such as a reference or the number of a law."""

from __future__ import annotations

from unicodedata import category as _category

#: Characters that take room, or none, and show nothing: fillers of Hangul, selectors of forms, joiners, an empty cell
#: of Braille. Unicode calls all but the last default-ignorable; the others of those are control characters.
_BLANK = frozenset(
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
    + "".join(map(chr, (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE1000))))
)
_FILLERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by name, spaces to the eye
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"})


def shows(text: str) -> bool:
    """Tell whether somebody sees anything of a text: a letter, a number, a sign; a mark needs one to stand on."""
    return any(c not in _BLANK and _category(c) not in _UNSEEN and not _category(c).startswith("M") for c in text)


def without_fillers(text: str) -> str:
    """Return a text without the letters that look like a space, by which two names would look the same."""
    return "".join(c for c in text if c not in _FILLERS)


def is_line(text: str, most: int) -> bool:
    """Tell whether a text is one line of at most so many characters, all of them seen; any width of space will do."""
    return len(text) <= most and all(c.isprintable() or _category(c) == "Zs" for c in text)
