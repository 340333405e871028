"""Schedules: when something is done by itself, with Prefect and without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Schedule:
    """At an hour of the record's zone, daily or on one day of the week, or every so many minutes of an hour."""

    at: time | None = None
    weekday: int | None = None  # of `at`: 0 is Monday; None is every day
    every: timedelta = timedelta(days=1)
    after: timedelta = timedelta(0)  # the hour, so that not everything starts at once

    @property
    def cron(self) -> str:
        """Return it as cron has it; what is done every so many minutes is meant by UTC."""
        if self.at is not None:
            return f"{self.at.minute} {self.at.hour} * * {'*' if self.weekday is None else self.weekday + 1}"
        return f"{f'{self.after // _MINUTE}-59' if self.after else '*'}/{self.every // _MINUTE} * * * *"

    def falls_between(self, since: datetime, until: datetime, zone: ZoneInfo) -> bool:
        """Tell whether its hour struck after `since`, and by `until`."""
        if self.at is None:
            return _count(since - self.after, self.every) < _count(until - self.after, self.every)
        day = until.astimezone(zone).date()
        return self._is_on(day) and since < datetime.combine(day, self.at, zone) <= until

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return when its hour strikes next."""
        if self.at is None:
            count = _count(moment - self.after, self.every) + 1
            return datetime.fromtimestamp(0, UTC) + count * self.every + self.after
        day = moment.astimezone(zone).date()
        day += timedelta(days=datetime.combine(day, self.at, zone) <= moment)
        while not self._is_on(day):
            day += _DAY
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def last_before(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return when its hour struck last."""
        if self.at is None:
            return datetime.fromtimestamp(0, UTC) + _count(moment - self.after, self.every) * self.every + self.after
        day = moment.astimezone(zone).date()
        day -= timedelta(days=datetime.combine(day, self.at, zone) > moment)
        while not self._is_on(day):
            day -= _DAY
        return datetime.combine(day, self.at, zone).astimezone(UTC)

    def _is_on(self, day: date) -> bool:
        return self.weekday in (None, day.weekday())


def _count(moment: datetime, every: timedelta) -> int:
    return int(moment.timestamp() // every.total_seconds())
