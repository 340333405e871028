"""Deadlines: rules of dates, to be declared with the article they come from.

Each maker returns a small frozen value whose call computes days, and which says itself in words. All days are
calendar days.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

MAY = 5
SEPTEMBER = 9


class DayRule(Protocol):
    """A rule that gives one day for a day: of entry into force, of withdrawal, of something owed once."""

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""

    def after(self, what: str) -> str:
        """Say the rule in words: `90 days after its deposit`."""


@dataclass(frozen=True, slots=True)
class DaysAfter:
    """So many calendar days after a day."""

    days: int

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""
        return day + timedelta(days=self.days)

    def after(self, what: str) -> str:
        """Say the rule in words."""
        return f"{self.days} days after {what}"


@dataclass(frozen=True, slots=True)
class MonthsAfter:
    """So many months after a day; where a month has no such day, on its last one."""

    months: int

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""
        years, month = divmod(day.month - 1 + self.months, 12)
        year = day.year + years
        return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

    def after(self, what: str) -> str:
        """Say the rule in words."""
        return f"{'a month' if self.months == 1 else f'{self.months} months'} after {what}"


@dataclass(frozen=True, slots=True)
class FirstOfMonthAfter:
    """The first day of the month that follows the end of a period."""

    period: DayRule

    def __call__(self, day: date) -> date:
        """Return the day on which the rule falls."""
        return MonthsAfter(1)(self.period(day).replace(day=1))

    def after(self, what: str) -> str:
        """Say the rule in words."""
        return f"the first day of the month that follows {self.period.after(what)}"


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

    def after(self, what: str) -> str:
        """Say the rule in words."""
        years = "a year" if self.years == 1 else f"{self.years} years"
        less = {0: "", 1: " less a day"}.get(self.less.days, f" less {self.less.days} days")
        return f"{years}{less} after {what}"


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

    def in_words(self) -> str:
        """Say the rule in words."""
        day = date(2000, self.month, self.day)
        return f"each {day.day} {day:%B}, from the year after the first full calendar year in force"


@dataclass(frozen=True, kw_only=True, slots=True)
class Threshold:
    """How the treaty itself came into force: so many deposits, the day of the last of them, and the rule from there.

    A deposit before `later_from` binds with the treaty itself; from that day on, by the rule for later States.
    """

    deposits: int
    met: date
    rule: DayRule
    later_from: date


def days(count: int) -> timedelta:
    """Return so many days."""
    return timedelta(days=count)


def days_after(count: int) -> DaysAfter:
    """Declare: so many calendar days after."""
    return DaysAfter(count)


def months_after(count: int) -> MonthsAfter:
    """Declare: so many months after."""
    return MonthsAfter(count)


def first_of_month_after(period: DayRule) -> FirstOfMonthAfter:
    """Declare: on the first day of the month that follows the end of a period."""
    return FirstOfMonthAfter(period)


def years_after(count: int, *, less: timedelta) -> YearsAfter:
    """Declare: so many years after, less some days."""
    return YearsAfter(count, less)


def each_year_on(day: int, month: int) -> EachYearOn:
    """Declare: that day of each year, from the year after the first full calendar year."""
    return EachYearOn(day, month)
