"""Typed dates: a day, a month or a year as people write it, read in one way everywhere. Never guesses.

The names of the months in every language that is read stand side by side: no name means two months. A date in numbers
alone that can be read in two ways is refused with both, unless the language knows one of them only. *Today* is the
reader's, which is always given; a date without its year is refused with the date that it would be this year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from notifications.languages import LANGUAGES
from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.facts import BadField, FactKind, FieldType, of_field
from pathways.grammar.refusals import Refusal, refusal

#: English, French, Spanish; Arabic as it is written in the Mashreq, in Egypt and the Gulf, and in the Maghreb.
_MONTHS = (
    ("january", "jan", "janvier", "janv", "enero", "ene", "كانون الثاني", "يناير", "جانفي"),
    ("february", "feb", "février", "févr", "febrero", "شباط", "فبراير", "فيفري"),
    ("march", "mar", "mars", "marzo", "آذار", "مارس"),
    ("april", "apr", "avril", "avr", "abril", "abr", "نيسان", "أبريل", "أفريل"),
    ("may", "mai", "mayo", "أيار", "مايو", "ماي", "مايه"),
    ("june", "jun", "juin", "junio", "حزيران", "يونيو", "يونيه", "جوان"),
    ("july", "jul", "juillet", "juil", "julio", "تموز", "يوليو", "يوليه", "يوليوز", "جويلية"),
    ("august", "aug", "août", "agosto", "ago", "آب", "أغسطس", "غشت", "أوت"),
    ("september", "sept", "sep", "septembre", "septiembre", "setiembre", "أيلول", "سبتمبر", "شتنبر"),
    ("october", "oct", "octobre", "octubre", "تشرين الأول", "أكتوبر"),
    ("november", "nov", "novembre", "noviembre", "تشرين الثاني", "نوفمبر", "نونبر"),
    ("december", "dec", "décembre", "déc", "diciembre", "dic", "كانون الأول", "ديسمبر", "دجنبر"),
)
#: The days that have a name of their own, by how far they are from today.
_BESIDE_TODAY = (
    (-1, ("yesterday", "hier", "ayer", "أمس", "البارحة")),
    (0, ("today", "aujourd'hui", "hoy", "اليوم")),
    (1, ("tomorrow", "demain", "mañana", "غدا", "غدًا")),
)
#: Between the parts, and nothing of the date itself.
_BETWEEN = r"(?:[\s,،./-]|\b(?:of|the|de|del|du|le|el|من|في|عام|سنة)\b)+"
_UNSEEN = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u0640]")  # how a text runs, not what it says
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})(?:\2(\d{1,2}))?", re.ASCII)
_IN_NUMBERS = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_MONTH_IN_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{4})", re.ASCII)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|o|º|°)?"
_MONTH = rf"(?P<month>#\d+)(?:{_BETWEEN}(?P<again>#\d+))?"  # the United Nations write two Arabic names side by side
_YEAR = r"(?P<year>\d{4})"
_IN_WORDS = (  # not ASCII: words of every script end somewhere, and the digits are 0 to 9 by now
    re.compile(rf"(?:(?:the|le|el|في)\s+)?{_DAY}{_BETWEEN}{_MONTH}{_BETWEEN}{_YEAR}"),
    re.compile(rf"{_MONTH}{_BETWEEN}{_DAY}{_BETWEEN}{_YEAR}"),
    re.compile(rf"{_MONTH}{_BETWEEN}{_YEAR}"),
)
_WITHOUT_YEAR = (
    re.compile(rf"(?:(?:the|le|el|في)\s+)?{_DAY}{_BETWEEN}{_MONTH}"),
    re.compile(rf"{_MONTH}{_BETWEEN}{_DAY}"),
    re.compile(_MONTH),
)
#: A year of two digits at the end of a date: not of a lone number, nor of a month's day.
_SHORT_YEAR = re.compile(r"(.*\d[\s./-]+(?:.*[\s./-])?)'?(\d\d)")
_LEAP = 8  # years at most from one 29 February to the next
_DECEMBER = 12
_YEAR_HAS = 4  # digits
_LONGEST_SHOWN = 60  # characters of what was typed that a refusal shows again


def read_date(text: str, language: str = "en", *, today: date) -> PartialDate:
    """Read a day, a month or a year as it was typed; NotADate says why it cannot be read, or the readings there are.

    `today` is the reader's: the day that the word means, and the year that a refusal proposes.
    """
    said = _folded(text)
    if said in _FROM_TODAY:
        return PartialDate.of(today + timedelta(days=_FROM_TODAY[said]))
    if year_first := _YEAR_FIRST.fullmatch(said):
        year, _, month, day = year_first.groups()
        return _made(text, year, month, day)
    if in_numbers := _IN_NUMBERS.fullmatch(said):
        first, sign, second, year = in_numbers.groups()
        if sign == ".":  # behind a day, in every language that writes it so
            return _made(text, year, second, first)
        return _of_numbers(text, first, second, year, is_day_first=LANGUAGES[language].is_day_first)
    if of_month := _MONTH_IN_NUMBERS.fullmatch(said):
        month, year = of_month.groups()
        return _made(text, year, month)
    marked = "" if "#" in said else _NAMES.sub(_marked, said)
    if part := _parts(marked, _IN_WORDS):
        return _made(text, part["year"], part["month"][1:], part.get("day"))
    if said.isascii() and said.isdigit() and len(said) == _YEAR_HAS:
        return _made(text, said)
    if part := _parts(marked, _WITHOUT_YEAR):
        meant = _of_a_year(text, part["month"][1:], part.get("day"), today)
        raise NotADate(refusal("date_without_a_year", text=_shown(text), date=meant))
    if (in_full := _of_this_century(said, language, today)) is not None:
        raise NotADate(refusal("year_of_two_digits", text=_shown(text), date=in_full))
    month = PartialDate.parse(f"{today:%Y-%m}")
    year = PartialDate.parse(f"{today:%Y}")
    raise NotADate(refusal("date_not_read", text=_shown(text), day=today, month=month, year=year))


def read_day(text: str, language: str = "en", *, today: date) -> date:
    """Read a whole day as it was typed; NotADate when a month or a year alone was."""
    try:
        found = read_date(text, language, today=today)
    except NotADate as wrong:
        if wrong.codes == ("date_not_read",):
            raise NotADate(refusal("day_not_read", text=_shown(text), day=today)) from None
        raise
    if found.precision is not Precision.DAY:
        raise NotADate(refusal("day_wanted", text=_shown(text), date=found))
    return found.first


def days_in_iso(kind: FactKind, given: Mapping[str, str], language: str = "en", *, today: date) -> dict[str, str]:
    """Return what was typed for a kind's fields with its days as ISO writes them; BadField names each that is none."""
    read, faults = dict(given), []
    for declared in kind.fields:
        text = given.get(declared.name, "")
        if (reader := _READERS.get(declared.type)) and text.strip():
            try:
                read[declared.name] = str(reader(text, language, today=today))
            except NotADate as wrong:
                faults += [replace(one, field=of_field(declared.name)) for one in wrong.refusals]
    if faults:
        raise BadField(*faults)
    return read


def _parts(marked: str, forms: tuple[re.Pattern[str], ...]) -> dict[str, str] | None:
    """Return the parts of a date in words; None where it has none of these forms, or names two months."""
    for form in forms:
        if in_words := form.fullmatch(marked):
            part = in_words.groupdict()
            if part["again"] in (None, part["month"]):
                return part
    return None


def _of_this_century(said: str, language: str, today: date) -> PartialDate | None:
    """Return the date that this would be with its year in full; None where its year is not what it lacks."""
    short = _SHORT_YEAR.fullmatch(said)
    if short is None:
        return None
    try:
        return read_date(f"{short[1]}{today.year // 100}{short[2]}", language, today=today)
    except NotADate as wrong:
        if wrong.codes == ("date_of_two_readings",):
            raise
        return None


def _of_a_year(text: str, month: str, day: str | None, today: date) -> PartialDate:
    """Return the date that this would be this year, or in the last year that has such a day."""
    for year in range(today.year, today.year - _LEAP, -1):
        with suppress(NotADate):
            return _made(text, str(year), month, day)
    raise NotADate(refusal("no_day_of_the_calendar", text=_shown(text)))


def _of_numbers(text: str, first: str, second: str, year: str, *, is_day_first: bool) -> PartialDate:
    """Read two numbers and a year in the one way they can be read; refuse two ways with both readings."""
    day_first = _made(text, year, second, first) if int(second) <= _DECEMBER else None
    month_first = _made(text, year, first, second) if int(first) <= _DECEMBER else None
    if day_first is not None and (is_day_first or month_first in (None, day_first)):
        return day_first
    if day_first is not None and month_first is not None:
        raise NotADate(refusal("date_of_two_readings", text=_shown(text), one=day_first, other=month_first))
    if month_first is not None:
        return month_first
    raise NotADate(refusal("no_day_of_the_calendar", text=_shown(text)))


def _made(text: str, year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    parts = [year, *(f"{int(part):02}" for part in (month, day) if part is not None)]
    try:
        return PartialDate.parse("-".join(parts))
    except NotADate as wrong:
        raise NotADate(*(_as_typed(one, text) for one in wrong.refusals)) from None


def _as_typed(said: Refusal, text: str) -> Refusal:
    return replace(said, given=tuple((name, _shown(text) if name == "text" else value) for name, value in said.given))


def _folded(text: str) -> str:
    """Return a text in small letters without accents, its digits as 0 to 9."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in bare)
    return " ".join(_UNSEEN.sub("", digits).replace("\u2019", "'").casefold().split())


_READERS = {FieldType.DAY: read_day, FieldType.PARTIAL_DAY: read_date}
_FROM_TODAY = {_folded(name): days for days, names in _BESIDE_TODAY for name in names}
_NUMBERS = {_folded(name): number for number, names in enumerate(_MONTHS, start=1) for name in names}
_NAMES = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))})\b")


def _marked(month: re.Match[str]) -> str:
    return f"#{_NUMBERS[month[0]]}"


def _shown(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN]}…"
