"""Dates as a depositary gives them: a day, or only a month or a year.

Never converts a date to another time zone: a deposit's day is New York's.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways.grammar.refusals import Refused, refusal

_FIRST_YEAR, _LAST_YEAR = 1900, 2199
#: The last day of the calendar that is kept.
LAST_DAY = date(_LAST_YEAR, 12, 31)
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


class NotADate(Refused, ValueError):
    """The text is no day, month or year of the calendar."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or the year: `2024-06-05`, `2024-06`, `2024`."""

    first: date
    last: date

    @classmethod
    def of(cls, day: date) -> PartialDate:
        """Make an exact date."""
        return cls(day, day)

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read an ISO day, month or year; NotADate says what is wrong with anything else."""
        found = _FORM.fullmatch(text.strip())
        if found is None:
            raise NotADate(refusal("not_a_date", text=text))
        year, month, day = (int(part) if part else None for part in found.groups())
        if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise NotADate(refusal("date_beyond_the_calendar", text=text, first=_FIRST_YEAR, last=_LAST_YEAR))
        try:
            return cls._build(year, month, day)
        except ValueError:
            raise NotADate(refusal("no_day_of_the_calendar", text=text)) from None

    @classmethod
    def _build(cls, year: int, month: int | None, day: int | None) -> PartialDate:
        if month is None:
            return cls(date(year, 1, 1), date(year, 12, 31))
        if day is None:
            return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
        return cls.of(date(year, month, day))

    @property
    def precision(self) -> Precision:
        """Tell how exactly this date is known."""
        if self.first == self.last:
            return Precision.DAY
        return Precision.MONTH if self.first.month == self.last.month else Precision.YEAR

    def covers(self, other: PartialDate) -> bool:
        """Tell whether the other date lies within this one, as `2024-06-05` does within `2024-06`."""
        return self.first <= other.first and other.last <= self.last

    def __str__(self) -> str:
        """Write the date as it is known."""
        if self.first == self.last:
            return self.first.isoformat()
        length = 7 if self.first.month == self.last.month else 4
        return self.first.isoformat()[:length]


@dataclass(frozen=True, slots=True)
class DayRange:
    """The days on which something may fall; a single day when first and last are one."""

    first: date
    last: date

    @property
    def is_certain(self) -> bool:
        """Tell whether only one day is possible."""
        return self.first == self.last

    def by(self, rule: Callable[[date], date]) -> DayRange:
        """Return the days on which something may fall that a rule counts from these."""
        first = rule(self.first)
        return DayRange(first, first if self.is_certain else rule(self.last))
