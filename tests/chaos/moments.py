"""The moments at which a round begins: seconds before the clock crosses a midnight, a leap day or a change of hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from casework.core.workspace import SystemClock

GENEVA, NEW_YORK = "Europe/Zurich", "America/New_York"


@dataclass(frozen=True, kw_only=True)
class Moment:
    """What the clock crosses, when, and in which zone the record counts its days."""

    name: str
    zone: str
    crosses: datetime

    @property
    def day(self) -> date:
        """Return the record's day just before."""
        return (self.crosses - timedelta(seconds=1)).astimezone(ZoneInfo(self.zone)).date()

    def at(self, day: date, hour: int) -> datetime:
        """Return an hour of the record's own clock."""
        return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(self.zone))


@dataclass(frozen=True)
class ShiftedClock(SystemClock):
    """A clock that goes as the machine's does, so far ahead of it or behind it."""

    shift: timedelta

    def now(self) -> datetime:
        """Return its hour, in UTC."""
        return super().now() + self.shift


def crossing(moment: Moment, ahead: timedelta) -> ShiftedClock:
    """Return a clock that crosses the moment so much later."""
    return ShiftedClock(moment.crosses - ahead - SystemClock().now())


def _midnight(name: str, zone: str, day: str) -> Moment:
    return Moment(name=name, zone=zone, crosses=datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)))


def _change(name: str, zone: str, hour: str) -> Moment:
    return Moment(name=name, zone=zone, crosses=datetime.fromisoformat(hour))


MOMENTS = (
    _midnight("midnight", GENEVA, "2027-06-01"),
    _change("summer time begins in Geneva", GENEVA, "2027-03-28T01:00Z"),
    _midnight("leap day begins", GENEVA, "2028-02-29"),
    _change("summer time ends in Geneva", GENEVA, "2026-10-25T01:00Z"),
    _midnight("leap day ends", GENEVA, "2028-03-01"),
    _change("summer time begins in New York", NEW_YORK, "2027-03-14T07:00Z"),
    _change("summer time ends in New York", NEW_YORK, "2026-11-01T06:00Z"),
    _midnight("a year ends", NEW_YORK, "2028-01-01"),
)
