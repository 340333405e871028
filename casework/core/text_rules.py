"""What a line of text and an e-mail address may hold, wherever somebody types one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from notifications.addresses import is_address
from pathways.grammar.lines import shows, without_fillers
from pathways.grammar.refusals import Refusal, refusal

LONGEST_NAME = 120  # characters
_LONGEST_LINE = 500
_NEVER_IN_A_LINE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # control characters, halves of characters, breaks of lines
#: Characters that are not seen and let a line read otherwise than it was written; the marks of direction, which Arabic
#: beside Latin letters needs, turn nothing around and may stand.
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def address_faults(email: str, *, field: str) -> Iterator[Refusal]:
    """Say what is wrong with an address, if anything is."""
    if not is_address(email):
        yield refusal("no_address", field=field, text=" ".join(email.split())[:LONGEST_NAME])


def name_faults(name: str, *, field: str = "name") -> Iterator[Refusal]:
    """Say what keeps a text from being what a person, a State or an organ is called: it is seen, and looks as it is."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        yield refusal("name_not_a_line", field=field, most=LONGEST_NAME)
    elif not shows(name) or without_fillers(name) != name:
        yield refusal("name_shows_blank", field=field)


def line_faults(said: str, wanted: Refusal, *, most: int = _LONGEST_LINE) -> list[Refusal]:
    """Return what keeps a text from being the line that is kept; `wanted` is returned when there is none.

    `most` is how many characters it may have.
    """
    is_line = not any(unicodedata.category(c) in _NEVER_IN_A_LINE for c in said)
    if not is_line or len(said) > most:
        return [refusal("no_line", field=wanted.field, most=most)]
    if not shows(said):
        return [wanted]
    return [] if _TURNS.isdisjoint(said) else [refusal("line_turns_unseen", field=wanted.field)]
