"""Parsing forms: what somebody typed, read: a number in an address, a day in a form. Never guesses."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Annotated, TypeVar

from fastapi import Form, Request

from casework.core.rights import NotOnFile
from desk.web.visit import Visit
from notifications.typed_dates import read_date, read_day
from pathways.grammar.clearance import NoSensitivity, Sensitivity
from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refusal, Refused, refusal

#: What stands in a field of a form, empty where nothing was typed.
Text = Annotated[str, Form()]
_DIGITS = 9
_Day = TypeVar("_Day")


#: Where in what is known of a request stands how much of it came.
COUNTED = "accede.counted"


def is_cut(request: Request) -> bool:
    """Tell whether a form brought more than may be sent: its fields are there, and its file is not whole."""
    return bool(getattr(request.scope.get(COUNTED), "is_cut", False))


class NotReadable(Refused, ValueError):
    """Something typed cannot be read; the refusal says where it was typed and how it is written."""


def id_of(text: str) -> int:
    """Return the number in an address; NotOnFile when it is none."""
    if not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise NotOnFile(refusal("nothing_at_this_address"))
    return int(text)


def number(text: str | None) -> int | None:
    """Return a number that narrows a list; anything else narrows it to nothing (0), and nothing to all of it."""
    if text is None or not text.strip():
        return None
    given = text.strip()
    return int(given) if given.isascii() and given.isdigit() and len(given) <= _DIGITS else 0


def page_number(text: str) -> int:
    """Return which page of a list is asked for; the first where none is."""
    return number(text) or 1


def chosen(text: str, wanted: Refusal) -> int:
    """Return the number of who was chosen; NotReadable with what is wanted when nobody was."""
    found = number(text)
    if not found:
        raise NotReadable(wanted)
    return found


def level(text: str, *, field: str = "sensitivity") -> Sensitivity:
    """Return who may know it, as it was chosen; NotReadable when it is nothing that can be chosen."""
    try:
        return Sensitivity.named(text)
    except NoSensitivity as wrong:
        raise NotReadable(*(replace(one, field=field) for one in wrong.refusals)) from None


def source_of(text: str) -> SourceKind:
    """Return where something is known from, as it was chosen; NotReadable when it is no source."""
    try:
        return SourceKind(text)
    except ValueError:
        raise NotReadable(refusal("say_the_source", field="source")) from None


def day(text: str, *, field: str, visit: Visit) -> date | None:
    """Return the day that a visitor typed, None when none was; NotReadable when it cannot be read as one."""
    return _read(read_day, text, field, visit)


def wanted_day(text: str, wanted: Refusal, *, visit: Visit) -> date:
    """Return the day that was typed; NotReadable with what is wanted when none was."""
    found = day(text, field=wanted.field, visit=visit)
    if found is None:
        raise NotReadable(wanted)
    return found


def partial(text: str, *, field: str, visit: Visit) -> PartialDate | None:
    """Return the date that a visitor typed as precisely as it is known, None when none was."""
    return _read(read_date, text, field, visit)


def wanted_partial(text: str, wanted: Refusal, *, visit: Visit) -> PartialDate:
    """Return the date that was typed, as precisely as it is known; NotReadable with what is wanted when none was."""
    found = partial(text, field=wanted.field, visit=visit)
    if found is None:
        raise NotReadable(wanted)
    return found


def _read(read: Callable[..., _Day], text: str, field: str, visit: Visit) -> _Day | None:
    if not text.strip():
        return None
    try:
        return read(text, visit.language, today=visit.today)
    except NotADate as wrong:
        raise NotReadable(*(replace(one, field=field) for one in wrong.refusals)) from None
