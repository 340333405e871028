"""Dead letters: the follow-up of a letter that could not be delivered, and which letter it is about."""

from __future__ import annotations

LETTER_DEAD = "letter_dead"
_ABOUT = "letter "


def about_letter(letter: str) -> str:
    """Write what the follow-up of a letter is about."""
    return f"{_ABOUT}{letter}"


def letter_in(occasion: str, about: str) -> str | None:
    """Return the letter that could not be delivered, where a follow-up is about one."""
    return about.removeprefix(_ABOUT) if occasion == LETTER_DEAD else None
