"""Keeping meetings: one is added, changed, and said to have been held or not to take place. None is ever deleted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from casework.core.actors import note
from casework.core.text_rules import name_faults
from casework.core.workspace import Workspace
from casework.meetings.kinds import Ended
from casework.meetings.visibility import meeting_on_file, require_keeper
from models.meetings import meetings
from models.meetings.meetings import Meeting
from models.people import people
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.dates import PartialDate
from pathways.grammar.lines import is_line
from pathways.grammar.pathway import Pathway
from pathways.grammar.refusals import OneOf, Refusal, Refused, Word, refusal

_LONGEST_PLACE = 120  # characters
_LONGEST_SOURCE = 300
_LASTS = timedelta(days=92)
_YEARS_AHEAD = 10


class NotKept(Refused, ValueError):
    """A meeting cannot be as somebody says; a refusal for each reason."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A meeting as somebody tells of it. `until` is its last day; without, it ends when it begins."""

    kind: str
    title: str
    from_: PartialDate
    until: PartialDate | None = None
    place: str = ""
    is_webcast: bool = False
    documents_by: date | None = None
    source: str = ""
    is_unconfirmed: bool = False

    @property
    def ends(self) -> PartialDate:
        """Return when it ends, as far as is known."""
        return self.until or self.from_

    def columns(self) -> dict[str, Any]:
        """Return it as a row, but for what it is called and of which treaty."""
        return {
            "kind": self.kind,
            "title": " ".join(self.title.split()),
            "starts_on": str(self.from_),
            "ends_on": str(self.ends),
            "place": " ".join(self.place.split()),
            "is_webcast": self.is_webcast,
            "papers_due_on": self.documents_by,
            "source": self.source.strip(),
            "is_unconfirmed": self.is_unconfirmed,
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A meeting that is on file; `repeated` when it was there already, just so."""

    meeting: str
    repeated: bool = False


def add_meeting(workspace: Workspace, planned: Planned, *, treaty: str, reader: Reader) -> Kept:
    """Put a meeting on file; NotKept with every reason against it. The same again is the one that is there."""
    require_keeper(reader)
    _refuse(workspace, planned, treaty)
    with workspace.registry() as connection:
        people.alone(connection)
        row = planned.columns()
        there = next((m for m in meetings.of_treaty(connection, treaty) if _is_it(m, row)), None)
        if there is not None:
            return Kept(meeting=there.id, repeated=True)
        id_ = _called(connection, planned)
        meetings.add(connection, [{"id": id_, "treaty": treaty, "ended": "", **row}])
        note(workspace, connection, reader, "meeting added", f"meeting:{id_}", kind=planned.kind)
        return Kept(meeting=id_)


def change_meeting(workspace: Workspace, id_: str, planned: Planned, *, treaty: str, reader: Reader) -> Kept:
    """Say anew what a meeting is; its kind stays, and so does what it is called in addresses."""
    require_keeper(reader)
    with workspace.registry() as connection:
        there = meeting_on_file(connection, id_, treaty=treaty, reader=reader, lock=True)
        _refuse(workspace, planned, treaty)
        row = planned.columns() | {"kind": there.kind}
        before = as_planned(there).columns()
        changed = {name: value for name, value in row.items() if before[name] != value}
        if not changed:
            return Kept(meeting=id_, repeated=True)
        meetings.change(connection, id_, **changed)
        note(workspace, connection, reader, "meeting changed", f"meeting:{id_}", columns=sorted(changed))
        return Kept(meeting=id_)


def end_meeting(workspace: Workspace, id_: str, ended: Ended, *, treaty: str, reader: Reader) -> Kept:
    """Say that a meeting was held, which confirms it, or that it does not take place."""
    require_keeper(reader)
    with workspace.registry() as connection:
        there = meeting_on_file(connection, id_, treaty=treaty, reader=reader, lock=True)
        if ended is Ended.HELD and there.starts.first > workspace.today():
            raise NotKept(refusal("meeting_is_yet_to_come", day=there.starts))
        if there.ended == ended:
            return Kept(meeting=id_, repeated=True)
        confirmed = {"is_unconfirmed": False} if ended is Ended.HELD else {}
        meetings.change(connection, id_, ended=ended.value, **confirmed)
        note(workspace, connection, reader, "meeting ended", f"meeting:{id_}", ended=ended.value)
        return Kept(meeting=id_)


def as_planned(there: Meeting) -> Planned:
    """Return a meeting that is on file as somebody would tell of it."""
    return Planned(
        kind=there.kind,
        title=there.title,
        from_=there.starts,
        until=there.ends,
        place=there.place,
        is_webcast=there.is_webcast,
        documents_by=there.papers_due,
        source=there.source,
        is_unconfirmed=there.is_unconfirmed,
    )


def _is_it(there: Meeting, row: dict[str, Any]) -> bool:
    same = ("kind", "title", "starts_on", "ends_on")
    before = as_planned(there).columns()
    return all(before[name] == row[name] for name in same)


def _called(connection: Connection, planned: Planned) -> str:
    """Return what a meeting is called in addresses: its kind and first day, numbered where several begin on one."""
    name = f"{planned.kind.replace('_', '-')}-{planned.from_}"
    taken = meetings.ids(connection)
    return next(one for n in count(1) if (one := name if n == 1 else f"{name}-{n}") not in taken)


def _refuse(workspace: Workspace, planned: Planned, treaty: str) -> None:
    pathway, today = workspace.pathway(treaty), workspace.today()
    if faults := [*_of_words(planned, pathway), *_of_days(planned, pathway, today)]:
        raise NotKept(*faults)


def _of_words(planned: Planned, pathway: Pathway) -> Iterator[Refusal]:
    if planned.kind not in pathway.meetings:
        yield refusal("meeting_of_no_such_kind", field="kind", kinds=OneOf(pathway.meetings))
    yield from name_faults(" ".join(planned.title.split()), field="title")
    if planned.place.strip() and not is_line(planned.place.strip(), _LONGEST_PLACE):
        yield refusal("place_not_a_line", field="place", most=_LONGEST_PLACE)
    if planned.source.strip() and not is_line(planned.source.strip(), _LONGEST_SOURCE):
        yield refusal("source_not_a_line", field="source", most=_LONGEST_SOURCE)


def _of_days(planned: Planned, pathway: Pathway, today: date) -> Iterator[Refusal]:
    first, last = planned.from_, planned.ends
    if last.last < first.first:
        yield refusal("meeting_ends_before_it_begins", field="until", first=first, last=last)
    elif last.first - first.last > _LASTS:
        yield refusal("meeting_too_long", field="until", first=first, last=last)
    if first.last < pathway.opened_for_signature:
        treaty, opened = Word(pathway.title), pathway.opened_for_signature
        yield refusal("meeting_before_the_treaty", field="from", day=first, treaty=treaty, opened=opened)
    if first.first.year > today.year + _YEARS_AHEAD:
        yield refusal("meeting_too_far_ahead", field="from", day=first, years=_YEARS_AHEAD)
    if planned.documents_by is not None and planned.documents_by > last.last >= first.first:
        yield refusal("papers_after_the_meeting", field="documents_by", day=planned.documents_by, last=last)
