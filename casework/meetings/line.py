"""One line of the meeting room, read: who, a letter for the kind, the words, and where named a condition and a day.

`com p will ratify if conditions are met by 2023-12`. Where the State's name ends is found by looking for a name before
each letter that may be one for the kind, so that one with a letter in it is itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from casework.meetings.said import NotTakenDown, Said
from casework.meetings.speakers import NoSpeaker, Speakers
from casework.meetings.typed_days import day_or_month
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.refusals import refusal
from pathways.grammar.terms import About

LETTERS: Mapping[str, About] = MappingProxyType(
    {
        "l": About.LAW_PROGRESS,
        "o": About.OUTREACH,
        "r": About.ASSISTANCE_RECEIVED,
        "g": About.ASSISTANCE_GIVEN,
        "p": About.PROMISE,
        "b": About.OBSTACLE,
        "e": About.EXPERIENCE,
        "f": About.OFFER,
        "v": About.POSITION,
        "?": About.OTHER,
    }
)
#: Whose words may hang on something: of every other an “if” is part of what was said.
_ON_CONDITION = frozenset({About.PROMISE, About.OFFER})
_LONGEST_DAY = 3  # words
_IF = re.compile(r"(?:^|\s)if\s+", re.IGNORECASE)


def read_line(text: str, speakers: Speakers, *, today: date) -> Said:
    """Read a line; NotTakenDown where no letter says what it is about, or a day cannot be read."""
    tokens = text.split()
    places = [n for n, token in enumerate(tokens) if n and token.casefold() in LETTERS]
    if not places:
        letters = tuple(LETTERS)
        raise NotTakenDown(refusal("line_has_no_letter", field="line", letters=letters))
    place = next((n for n in places if _is_somebody(" ".join(tokens[:n]), speakers)), places[0])
    about, rest = LETTERS[tokens[place].casefold()], " ".join(tokens[place + 1 :])
    rest, by = _by(rest, today)
    words, condition = _condition(rest) if about in _ON_CONDITION else (rest, "")
    return Said(speaker=" ".join(tokens[:place]), about=about, words=words, condition=condition, by=by)


def _is_somebody(name: str, speakers: Speakers) -> bool:
    try:
        return bool(speakers.named(name).name)
    except NoSpeaker:
        return False


def _by(rest: str, today: date) -> tuple[str, PartialDate | None]:
    """Part the day or month by which from a line; words behind “by” that are none of these stay words."""
    tokens = rest.split()
    for place in reversed([n for n, token in enumerate(tokens) if token.casefold() == "by"]):
        end = next((n for n in range(place, len(tokens)) if tokens[n].casefold() == "if"), len(tokens))
        typed = " ".join(tokens[place + 1 : end]).rstrip(".,;")
        if not 1 <= end - place - 1 <= _LONGEST_DAY:
            continue
        try:
            by = day_or_month(typed, today=today)
        except NotADate as wrong:
            if _is_all_numbers(typed):
                raise NotTakenDown(*(replace(one, field="line") for one in wrong.refusals)) from None
            continue
        return " ".join((*tokens[:place], *tokens[end:])), by
    return rest, None


def _is_all_numbers(text: str) -> bool:
    return not any(c.isalpha() for c in text) and any(c in "/.-" for c in text)


def _condition(rest: str) -> tuple[str, str]:
    found = _IF.search(rest)
    return (rest[: found.start()].strip(), rest[found.end() :].strip()) if found else (rest, "")
