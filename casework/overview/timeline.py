"""The timeline of a State: every fact, follow-up, letter and mandate that a reader may know of, newest first, by month.

Orders what others have decided may be seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from itertools import groupby
from zoneinfo import ZoneInfo

from casework.dossiers.fact_view import FactView
from casework.follow_ups.delivery_history import ToldView
from casework.follow_ups.listing import FollowUpView
from casework.overview.state_people import ServingView
from pathways.grammar.dates import PartialDate
from pathways.grammar.dossier import STANDINGS, STEP
from pathways.grammar.legal import DEPOSIT


class TimelinePart(StrEnum):
    """A part of the timeline, by which it can be narrowed."""

    STAGE = "stage"
    EVIDENCE = "evidence"
    FOLLOW_UPS = "follow-ups"
    LETTERS = "letters"
    PEOPLE = "people"


class Event(StrEnum):
    """What happened."""

    FILED = "filed"
    OPENED = "opened"
    CLOSED = "closed"
    TOLD = "told"
    BEGAN = "began"
    ENDED = "ended"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One thing that happened. `on` is its day as it is known, `day` the day by which it stands here.

    `at` is the hour by which it stands within its day: that of its filing or writing, else the day's first or last.
    Just one of `fact`, `follow_up`, `letter` and `serving` is given.
    """

    strand: TimelinePart
    event: Event
    on: str
    day: date
    at: datetime
    fact: FactView | None = None
    follow_up: FollowUpView | None = None
    letter: ToldView | None = None
    serving: ServingView | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Month:
    """The entries of a month (`2026-11`), or of a year of which no month is known (`2026`)."""

    on: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """What is shown, how many entries there are of each strand, and how many older ones are not shown.

    Either one `strand` is shown or all but those left out.
    """

    months: tuple[Month, ...]
    counts: Mapping[TimelinePart, int]
    strand: TimelinePart | None
    left_out: frozenset[TimelinePart]
    older: int


#: What is about the secretariat's own work more than about the State, and may be left out.
LEAVABLE = (TimelinePart.LETTERS, TimelinePart.PEOPLE)

#: A stage is moved by steps, and held by what the State says of its standing; acts themselves are evidence.
_OF_THE_STAGE = frozenset({STEP, *STANDINGS}) - {DEPOSIT}


def entries_of(
    *,
    facts: Iterable[FactView],
    follow_ups: Iterable[FollowUpView],
    letters: Iterable[ToldView],
    served: Iterable[ServingView],
    until: date,
    zone: ZoneInfo,
) -> list[Entry]:
    """Return everything that happened by a day, newest first."""
    found = [
        *(_of_fact(fact) for fact in facts),
        *_of_follow_ups(follow_ups, zone),
        *(_of_letter(letter, zone) for letter in letters),
        *_of_people(served, zone),
    ]
    by_then = [entry for entry in found if entry.fact is not None or entry.day <= until]
    return sorted(by_then, key=_when, reverse=True)


def timeline(
    entries: Sequence[Entry], strand: TimelinePart | None, left_out: frozenset[TimelinePart], *, most: int
) -> Timeline:
    """Group entries by month: of one strand if asked, else of all but those left out, and no more than so many."""
    counts = {one: sum(entry.strand is one for entry in entries) for one in TimelinePart}
    shown = frozenset(TimelinePart) - left_out if strand is None else {strand}
    there = [entry for entry in entries if entry.strand in shown]
    months = groupby(there[:most], key=lambda entry: entry.on[:7])
    return Timeline(
        months=tuple(Month(on=on, entries=tuple(group)) for on, group in months),
        counts=counts,
        strand=strand,
        left_out=left_out,
        older=max(0, len(there) - most),
    )


def _when(entry: Entry) -> tuple[date, datetime, bool, int]:
    """Order by day and hour: a letter after what was filed in the same instant, facts as they were filed."""
    return entry.day, entry.at, entry.letter is not None, entry.fact.seq if entry.fact else 0


def _of_fact(fact: FactView) -> Entry:
    last = PartialDate.parse(fact.effective_on).last
    return Entry(
        strand=TimelinePart.STAGE if fact.kind in _OF_THE_STAGE else TimelinePart.EVIDENCE,
        event=Event.FILED,
        on=fact.effective_on,
        day=min(last, fact.known_by) if fact.known_by else last,
        at=fact.recorded_at,
        fact=fact,
    )


def _of_follow_ups(follow_ups: Iterable[FollowUpView], zone: ZoneInfo) -> Iterator[Entry]:
    for one in follow_ups:
        yield _entry(TimelinePart.FOLLOW_UPS, Event.OPENED, one.opened_on, _first(one.opened_on, zone), follow_up=one)
        if one.closed_on is not None:
            last = _last(one.closed_on, zone)
            yield _entry(TimelinePart.FOLLOW_UPS, Event.CLOSED, one.closed_on, last, follow_up=one)


def _of_letter(letter: ToldView, zone: ZoneInfo) -> Entry:
    written = letter.written_at.astimezone(zone)
    day = letter.day or written.date()
    # The days of a training record are others than those on which its letters are written.
    at = written if written.date() <= day else datetime.combine(day, written.timetz())
    return _entry(TimelinePart.LETTERS, Event.TOLD, day, at, letter=letter)


def _of_people(served: Iterable[ServingView], zone: ZoneInfo) -> Iterator[Entry]:
    """Yield who began and who ended: by the last day of the term, or the day on which somebody ended it early."""
    for one in served:
        ended = one.ended_on or one.until
        if ended is not None and ended < one.since:
            continue  # what was over before it began was never served
        if ended is not None:
            yield _entry(TimelinePart.PEOPLE, Event.ENDED, ended, _last(ended, zone), serving=one)
        yield _entry(TimelinePart.PEOPLE, Event.BEGAN, one.since, _first(one.since, zone), serving=one)


def _first(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)


def _last(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.max, zone)


def _entry(
    strand: TimelinePart,
    event: Event,
    day: date,
    at: datetime,
    *,
    follow_up: FollowUpView | None = None,
    letter: ToldView | None = None,
    serving: ServingView | None = None,
) -> Entry:
    return Entry(
        strand=strand, event=event, on=str(day), day=day, at=at, follow_up=follow_up, letter=letter, serving=serving
    )
