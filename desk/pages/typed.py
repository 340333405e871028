"""What somebody typed, read: a number in an address, a day in a form. Never guesses."""

from __future__ import annotations

from datetime import date

from casework.rights import NotOnFile
from desk.refusals import sentences
from pathways.grammar.dates import NotADate, PartialDate, Precision
from sources.states import shortened

_DIGITS = 9


class NotReadable(ValueError):
    """Something typed cannot be read; the sentence says how it is written. `field` is where it was typed."""

    def __init__(self, field: str, sentence: str) -> None:
        """Keep the sentence, and where it belongs."""
        super().__init__(sentence)
        self.field = field
        self.faults = (sentence,)


#: A sentence, or the field it is about and the sentence.
Fault = str | tuple[str, str]


def faults_of(wrong: Exception) -> tuple[Fault, ...]:
    """Return what is to be said of a refusal, with the field where it is known."""
    if isinstance(wrong, NotReadable):
        return ((wrong.field, str(wrong)),)
    return sentences(wrong)


def id_of(text: str) -> int:
    """Return the number in an address; NotOnFile when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise NotOnFile("There is nothing at this address.")
    return int(text)


def number(text: str | None, otherwise: int | None = None) -> int | None:
    """Return a number that narrows a list; anything else narrows it to nothing (0), and nothing to all of it."""
    if text is None or not text.strip():
        return otherwise
    given = text.strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _DIGITS else 0


def day(text: str, *, field: str) -> date | None:
    """Return the day that was typed, None when none was; NotReadable when it is no day of the calendar."""
    if not text.strip():
        return None
    try:
        found = PartialDate.parse(text)
    except NotADate:
        found = None
    if found is None or found.precision is not Precision.DAY:
        said = f"“{shortened(text)}” is no day of the calendar from 1900 to 2199; write it like 2026-06-30."
        raise NotReadable(field, said)
    return found.first


def wanted_day(text: str, *, field: str, wanted: str) -> date:
    """Return the day that was typed; NotReadable with what is wanted when none was."""
    found = day(text, field=field)
    if found is None:
        raise NotReadable(field, wanted)
    return found
