"""Cells of the depositary's table: a name with note marks, or a date with a code behind it.

Inline markup arrives escaped, as text: `China<superscript>3</superscript>`. A date is ` 3 Jun<TAB> 2013 AA`,
in brackets when the act is no longer in effect.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from datetime import date

from pathways.grammar.dates import NotADate
from pathways.grammar.refusals import refusal
from sources.states import fold, shortened

LONGEST = 500  # characters of a cell; a longer one is no cell of this table

_NOTE_MARK = re.compile(r"<(superscript|sup)\b[^<>]*>[^<>]*</\1\s*>", re.IGNORECASE)
_MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_WINDOWS = {code: bytes([code]).decode("cp1252", "replace") for code in range(0x80, 0xA0)}

_DATE = re.compile(r"([0-9]{1,2})(?:er)? ([^\W\d_]+)\.? ([0-9]{4})(?: ?([A-Za-z]+))?")
_MONTHS = (
    ("jan", "janv"),
    ("feb", "fevr"),
    ("mar", "mars"),
    ("apr", "avr"),
    ("may", "mai"),
    ("jun", "juin"),
    ("jul", "juil"),
    ("aug", "aout"),
    ("sep", "sept"),
    ("oct",),
    ("nov",),
    ("dec",),
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names}


@dataclass(frozen=True, slots=True)
class DatedCell:
    """A day, the code behind it (empty: none), and whether the act stands in brackets."""

    day: date
    code: str = ""
    in_brackets: bool = False


def plain(cell: str) -> str:
    """Return the text of a cell without note marks and markup, on one line."""
    text = _MARKUP.sub("", _NOTE_MARK.sub("", cell.translate(_WINDOWS)))
    return " ".join(html.unescape(text).split())


def read_date(cell: str) -> DatedCell | None:
    """Read a plain cell; None if it is empty, NotADate if it holds anything but one date."""
    if not cell:
        return None
    in_brackets = cell.startswith("[") and cell.endswith("]")
    found = _DATE.fullmatch(cell[1:-1].strip() if in_brackets else cell)
    if found is None:
        raise NotADate(refusal("no_depositary_date", text=shortened(cell)))
    day, month, year, code = found.groups()
    return DatedCell(_day(cell, int(year), fold(month), int(day)), code or "", in_brackets)


def _day(cell: str, year: int, month: str, day: int) -> date:
    if month not in _MONTH:
        raise NotADate(refusal("no_month_named", text=shortened(cell)))
    try:
        return date(year, _MONTH[month], day)
    except ValueError:
        raise NotADate(refusal("no_such_day", text=shortened(cell))) from None
