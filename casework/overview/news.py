"""What is new to one reader: what others filed and which follow-ups moved since the last visit, the latest first.

What came in the same minute, as all that one sweep moves, stands by the States' names.

A visit ends when nobody has looked at the overview for half an hour, or when its person says that everything is seen:
so a page that is loaded again still shows it. Nothing is new on the first visit.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casework.core.actors import number_of
from casework.core.workspace import Workspace
from casework.follow_ups.listing import FollowUpView, listing_of
from casework.follow_ups.visibility import Visibility
from models.access import last_visits
from models.access.last_visits import KeptVisit
from models.follow_ups import news as news_rows
from models.follow_ups.follow_up import FollowUp
from models.follow_ups.news import FiledFact
from models.store.engine import Connection, StoreBusy, StoreFull, StoreReadOnly
from pathways.grammar.clearance import Reader
from pathways.grammar.dossier import BOOKKEEPING, STEP
from sources.alphabet import names_in_order

#: Who has not looked for so long comes on another visit.
PAUSE = timedelta(minutes=30)
_NOTED_EVERY = timedelta(minutes=1)
_MOST = 12


class Change(StrEnum):
    """What became of a State's file or of a follow-up."""

    FILED = "filed"
    OPENED = "opened"
    PASSED_ON = "passed_on"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewFact:
    """A fact as a line names it."""

    id: str
    state: str
    kind: str
    effective_on: str
    fields: Mapping[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class NewEntry:
    """Something new: a fact or a follow-up."""

    change: Change
    at: datetime
    fact: NewFact | None = None
    follow_up: FollowUpView | None = None

    @property
    def state(self) -> str | None:
        """Return the State it is about, if it is about one."""
        return self.fact.state if self.fact else self.follow_up.state if self.follow_up else None


@dataclass(frozen=True, kw_only=True, slots=True)
class News:
    """What is new since an hour: the latest entries, and how many more there are."""

    since: datetime
    entries: tuple[NewEntry, ...]
    more: int


def come(workspace: Workspace, *, treaty: str, reader: Reader) -> datetime | None:
    """Note that the reader looks at a treaty, and return since when what happens is new; None on the first visit."""
    person, now = number_of(reader), workspace.stamp()
    if person is None:
        return None
    with workspace.reading() as connection:
        kept = last_visits.last_visit(connection, person, treaty)
    if kept is None:
        _keep(workspace, person, treaty, KeptVisit(here_at=now, seen_at=now))
        return None
    seen_at = kept.here_at if now - kept.here_at >= PAUSE else kept.seen_at
    if now - kept.here_at >= _NOTED_EVERY:
        _keep(workspace, person, treaty, KeptVisit(here_at=now, seen_at=seen_at))
    return seen_at


def seen_everything(workspace: Workspace, *, treaty: str, reader: Reader) -> None:
    """Note that everything of a treaty that the reader may know up to now is seen."""
    person, now = number_of(reader), workspace.stamp()
    if person is not None:
        with workspace.registry() as connection:
            last_visits.keep(connection, person, treaty, KeptVisit(here_at=now, seen_at=now))


def seen_until(workspace: Workspace, *, treaty: str, reader: Reader) -> datetime | None:
    """Return until when everything is seen, without noting a visit; None before the first."""
    person = number_of(reader)
    if person is None:
        return None
    with workspace.reading() as connection:
        kept = last_visits.last_visit(connection, person, treaty)
    return kept.seen_at if kept else None


def news(
    workspace: Workspace,
    since: datetime,
    *,
    treaty: str,
    reader: Reader,
    language: str = "en",
    most: int = _MOST,
) -> News:
    """Show what others did since an hour, as far as the reader may know."""
    pathway = workspace.pathway(treaty)
    with workspace.reading() as connection:
        facts = news_rows.facts_filed(
            connection,
            treaty,
            since,
            reader,
            assessments=[kind.name for kind in pathway.kinds if kind.is_assessment],
            but=BOOKKEEPING - {STEP},
        )
        found = [*_of_facts(facts), *_of_follow_ups(workspace, connection, since, treaty, reader)]
        place = {state: place for place, state in enumerate(names_in_order(workspace.register(connection), language))}
    found.sort(key=lambda entry: place.get(entry.state or "", -1))
    found.sort(key=lambda entry: entry.at.replace(second=0, microsecond=0), reverse=True)
    return News(since=since, entries=tuple(found[:most]), more=max(0, len(found) - most))


def new_follow_ups(workspace: Workspace, since: datetime, *, treaty: str, reader: Reader) -> frozenset[int]:
    """Return which follow-ups moved since an hour, of those the reader may know of."""
    with workspace.reading() as connection:
        found = _of_follow_ups(workspace, connection, since, treaty, reader)
        return frozenset(entry.follow_up.id for entry in found if entry.follow_up is not None)


def _keep(workspace: Workspace, person: int, treaty: str, visit: KeptVisit) -> None:
    """Keep a visit; when another writer is in the way, or nothing can be written, the next look does."""
    with suppress(StoreBusy, StoreFull, StoreReadOnly), workspace.registry() as connection:
        last_visits.keep(connection, person, treaty, visit)


def _of_facts(facts: Iterable[FiledFact]) -> Iterator[NewEntry]:
    for fact in facts:
        yield NewEntry(
            change=Change.FILED,
            at=fact.recorded_at,
            fact=NewFact(
                id=fact.id,
                state=fact.state,
                kind=fact.kind,
                effective_on=fact.effective_on,
                fields=json.loads(fact.data),
            ),
        )


def _of_follow_ups(
    workspace: Workspace, connection: Connection, since: datetime, treaty: str, reader: Reader
) -> Iterator[NewEntry]:
    """Yield the last move of each follow-up, as its end is told to the reader; none of the reader's own doing."""
    visibility = Visibility(workspace, connection, reader)
    moved = news_rows.moved(connection, treaty, since)
    own = news_rows.moved_by(connection, reader.actor, moved, since) if moved else set()
    known = [
        f for f in moved if not (f.closed_by == reader.actor if f.closed_on else f.id in own) and visibility.has(f)
    ]
    if not known:
        return
    listing = listing_of(connection, known, visibility)
    for found in known:
        view = listing.view(found)
        yield NewEntry(change=_change(found, view, reader), at=found.moved_at or since, follow_up=view)


def _change(found: FollowUp, view: FollowUpView, reader: Reader) -> Change:
    if view.closed_on is not None:
        return Change.ANSWERED if (view.closed_by or "").startswith("person:") else Change.CLOSED
    was_theirs = found.opened_by == reader.actor and found.owner_id != number_of(reader)
    is_passed_on = found.rung > 1 or was_theirs or (found.owner_id is not None and found.opened_by is None)
    return Change.PASSED_ON if is_passed_on else Change.OPENED
