"""Discretion: what the letters of a story gave away. Mail is read by others on its way (part 7.1)."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pathways.grammar.stages import Stage
from sources.states import load_register
from tests.mailserver import Received

#: What everybody may know of a State: the depositary's acts, what follows from them, and the days of reports.
_PUBLIC = re.compile(
    r"signature, as the depositary records|instrument deposited, as the depositary records|entry into force"
    r"|the day for the (initial report|annual report \d{4}) (is near|has passed)"
    r"|a file of the depositary differs from the record"
)
_NAMES = re.compile(rf"\b({'|'.join(re.escape(s.names['en']) for s in load_register().states)})\b")
_STAGES = re.compile(rf"\b({'|'.join(Stage)})\b")


def indiscreet(letters: Iterable[Received]) -> list[str]:
    """Return every line of the letters that names a State or a stage and is not public."""
    return [line for letter in letters for line in _lines(letter) if _gives_away(line)]


def _lines(letter: Received) -> list[str]:
    headers = [f"{name}: {value}" for name, value in letter.message.items()]
    return [*headers, *letter.text.splitlines()]


def _gives_away(line: str) -> bool:
    return bool((_NAMES.search(line) or _STAGES.search(line)) and not _PUBLIC.search(line))
