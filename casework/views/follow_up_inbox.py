"""The inbox: what somebody has to do, the own first, then what waits for somebody in the own role; late first.

Says nothing of a follow-up that the reader may not know of, in no count either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice

from casework.office import Office
from casework.people import number_of
from casework.reach import Reach
from casework.rights import Right, may
from casework.views.follow_ups import FollowUpView, shown
from models import caseload, people, states
from models.caseload import FollowUp
from models.store import Connection
from pathways.grammar.clearance import Reader

PAGE = 50
_MOST_PAGES = 1_000


class Part(StrEnum):
    """Where in the inbox a follow-up stands."""

    MINE = "mine"
    FOR_MY_ROLE = "for_my_role"  # nobody has taken it, and the reader's role is asked
    OTHERS = "others"


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A follow-up in the inbox."""

    part: Part
    follow_up: FollowUpView


@dataclass(frozen=True, kw_only=True, slots=True)
class Owner:
    """Somebody whose follow-ups may be looked at."""

    person: int
    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """One page of what is open, one page of what is closed, and by whom and where both may be narrowed."""

    entries: tuple[Entry, ...]
    page: int
    has_more: bool
    closed: tuple[FollowUpView, ...]
    closed_page: int
    has_more_closed: bool
    regions: tuple[str, ...]
    owners: tuple[Owner, ...]
    region: str | None
    person: int | None

    @property
    def parts(self) -> tuple[tuple[Part, tuple[FollowUpView, ...]], ...]:
        """Return the open ones of this page part by part, leaving out what is empty."""
        found = ((part, tuple(e.follow_up for e in self.entries if e.part is part)) for part in Part)
        return tuple((part, there) for part, there in found if there)


def follow_up_inbox(
    office: Office,
    *,
    treaty: str,
    reader: Reader,
    region: str | None = None,
    person: int | None = None,
    page: int = 1,
    closed_page: int = 1,
) -> Inbox:
    """Show a page of the inbox of a treaty; a region or person that is none narrows it to nothing."""
    page, closed_page = _within(page), _within(closed_page)
    with office.reading() as connection:
        names = {row["id"]: row["name"] for row in people.persons(connection)}
        reach = Reach(office, connection, reader)
        every = caseload.open_ones(connection, treaty)
        asked = [f for f in every if region in (None, f.region) and person in (None, f.owner_id)]
        today = office.today()
        asked.sort(key=lambda f: _order(f, reader, today))  # stable: late first within each part
        open_ = _page(filter(reach.has, asked), page)
        closed = _page(filter(reach.has, _closed(connection, treaty, region, person)), closed_page)
        return Inbox(
            entries=tuple(Entry(part=_part(f, reader), follow_up=shown(f, names, today)) for f in open_[:PAGE]),
            page=page,
            has_more=len(open_) > PAGE,
            closed=tuple(shown(f, names, today) for f in closed[:PAGE]),
            closed_page=closed_page,
            has_more_closed=len(closed) > PAGE,
            regions=_regions(connection, reader),
            owners=_owners(every, reach, names),
            region=region,
            person=person,
        )


def _part(found: FollowUp, reader: Reader) -> Part:
    if found.owner_id is not None:
        return Part.MINE if found.owner_id == number_of(reader) else Part.OTHERS
    return Part.FOR_MY_ROLE if found.asked in reader.roles else Part.OTHERS


def _order(found: FollowUp, reader: Reader, today: date) -> tuple[int, bool]:
    rests = found.snoozed_until is not None and found.snoozed_until > today
    return list(Part).index(_part(found, reader)), rests


def _within(page: int) -> int:
    return min(max(page, 1), _MOST_PAGES)


def _page(found: Iterable[FollowUp], page: int) -> list[FollowUp]:
    """Return a page and, if there is one, the first of the next."""
    return list(islice(found, (page - 1) * PAGE, page * PAGE + 1))


def _closed(connection: Connection, treaty: str, region: str | None, person: int | None) -> Iterator[FollowUp]:
    """Yield the closed ones, last first, read only as far as somebody looks."""
    offset = 0
    while some := caseload.closed_ones(connection, treaty, region=region, owner=person, limit=4 * PAGE, offset=offset):
        yield from some
        offset += len(some)


def _regions(connection: Connection, reader: Reader) -> tuple[str, ...]:
    """Return the regions in which the reader handles follow-ups."""
    places = states.regions(connection).items()
    return tuple(sorted({region for state, (region, _) in places if region and may(reader, Right.FOLLOW_UP, state)}))


def _owners(every: Iterable[FollowUp], reach: Reach, names: dict[int, str]) -> tuple[Owner, ...]:
    """Return who owns anything open that the reader may know of, by name."""
    theirs = {f.owner_id for f in every if f.owner_id is not None and reach.has(f)}
    owners = [Owner(person=number, name=names[number]) for number in theirs]
    return tuple(sorted(owners, key=lambda owner: (owner.name.casefold(), owner.person)))
