"""Rules of dates, to be declared with the article they come from.

Each maker returns a small frozen value whose call computes days. All days are calendar days.
"""

from __future__ import annotations

from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MAY = 5


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """So many calendar days after a day."""

    days: int

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""
        return day + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class YearsAfter:
    """So many years after a day, less some days.

    A year that begins on 29 February ends before 1 March; the days are taken off after the years are added.
    """

    years: int
    less: timedelta

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""
        year = day.year + self.years
        missing = day.month == 2 and day.day == 29 and not isleap(year)
        anniversary = date(year, 3, 1) if missing else day.replace(year=year)
        return anniversary - self.less


@dataclass(frozen=True, slots=True)
class EachYearOn:
    """The same day of each year, beginning after the first full calendar year."""

    day: int
    month: int

    def falls(self, begin: date, until: date) -> Iterator[tuple[int, date]]:
        """Yield (calendar year covered, due day) for a State bound on `begin`, up to `until`."""
        first_full = begin.year if (begin.month, begin.day) == (1, 1) else begin.year + 1
        for covered in range(first_full, until.year):
            due = date(covered + 1, self.month, self.day)
            if due <= until:
                yield covered, due


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


def days_after(count: int) -> DaysAfter:
    """Declare: so many calendar days after."""
    return DaysAfter(count)


def years_after(count: int, *, less: timedelta) -> YearsAfter:
    """Declare: so many years after, less some days."""
    return YearsAfter(count, less)


def each_year_on(day: int, month: int) -> EachYearOn:
    """Declare: that day of each year, from the year after the first full calendar year."""
    return EachYearOn(day, month)
