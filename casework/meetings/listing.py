"""Meetings as they are listed: the coming ones and those that were, for whoever may know of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.core.workspace import Workspace
from casework.meetings.keeping import Planned, as_planned
from casework.meetings.kinds import Ended, MeetingStanding
from casework.meetings.visibility import may_keep, may_know, meeting_on_file
from models.meetings import meetings
from models.meetings.meetings import Meeting
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingView:
    """A meeting as it is shown; `access` is webcast or closed."""

    meeting: str
    kind: str
    title: str
    from_: str
    until: str
    place: str
    access: str
    documents_by: date | None
    source: str
    confirmed: bool
    standing: MeetingStanding

    @property
    def begins(self) -> PartialDate:
        """Return when it begins, as far as is known."""
        return PartialDate.parse(self.from_)

    @property
    def ends(self) -> PartialDate:
        """Return when it ends, as far as is known."""
        return PartialDate.parse(self.until)

    @property
    def is_webcast(self) -> bool:
        """Tell whether what is said there is said before everybody."""
        return self.access == "webcast"


def meeting_list(
    workspace: Workspace, *, treaty: str, reader: Reader, year: int | None = None
) -> tuple[MeetingView, ...]:
    """Return the meetings of a year, or of all, that the reader may know of, the latest first."""
    today = workspace.today()
    with workspace.reading() as connection:
        found = [one for one in meetings.of_treaty(connection, treaty) if may_know(reader, one)]
    return tuple(view_of(one, today) for one in found if year is None or year in _years(one))


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingsPage:
    """The meetings of a year or of all: those to come, the next one first, and those that were, the latest first."""

    year: int | None
    years: tuple[int, ...]
    ahead: tuple[MeetingView, ...]
    past: tuple[MeetingView, ...]
    may_keep: bool


def meetings_page(workspace: Workspace, *, treaty: str, reader: Reader, year: int | None = None) -> MeetingsPage:
    """Show the meetings that the reader may know of; of a year, where one is asked for."""
    every = meeting_list(workspace, treaty=treaty, reader=reader)
    today = workspace.today()
    found = [one for one in every if year is None or year in range(one.begins.first.year, one.ends.last.year + 1)]
    years = {y for one in every for y in range(one.begins.first.year, one.ends.last.year + 1)}
    return MeetingsPage(
        year=year,
        years=tuple(sorted(years, reverse=True)),
        ahead=tuple(one for one in reversed(found) if one.ends.last >= today),
        past=tuple(one for one in found if one.ends.last < today),
        may_keep=may_keep(reader),
    )


def meeting_view(workspace: Workspace, id_: str, *, treaty: str, reader: Reader) -> MeetingView:
    """Return one meeting; NotOnFile where there is none that the reader may know of."""
    with workspace.reading() as connection:
        found = meeting_on_file(connection, id_, treaty=treaty, reader=reader)
    return view_of(found, workspace.today())


def planned_of(workspace: Workspace, id_: str, *, treaty: str, reader: Reader) -> Planned:
    """Return a meeting as somebody would tell of it, to be changed."""
    with workspace.reading() as connection:
        return as_planned(meeting_on_file(connection, id_, treaty=treaty, reader=reader))


def view_of(meeting: Meeting, today: date) -> MeetingView:
    """Return a meeting as it is shown on a day."""
    return MeetingView(
        meeting=meeting.id,
        kind=meeting.kind,
        title=meeting.title,
        from_=str(meeting.starts),
        until=str(meeting.ends),
        place=meeting.place,
        access="webcast" if meeting.is_webcast else "closed",
        documents_by=meeting.papers_due,
        source=meeting.source,
        confirmed=not meeting.is_unconfirmed,
        standing=_standing(meeting, today),
    )


def _standing(meeting: Meeting, today: date) -> MeetingStanding:
    if meeting.ended:
        return MeetingStanding.WAS_HELD if meeting.ended == Ended.HELD else MeetingStanding.CANCELLED
    if today < meeting.starts.first:
        return MeetingStanding.COMING
    return MeetingStanding.UNDER_WAY if today <= meeting.ends.last else MeetingStanding.OVER


def _years(meeting: Meeting) -> range:
    return range(meeting.starts.first.year, meeting.ends.last.year + 1)
