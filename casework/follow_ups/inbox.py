"""The inbox: what somebody has to do, the own first, then what waits for somebody in the own role; late first.

What is for information stands apart, and asks for nothing; so does what was passed on.

Says nothing of a follow-up that the reader may not know of, in no count either.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from casework.core.actors import Named, by_name, number_of
from casework.core.escalation import CHASES, may_be_asked
from casework.core.workspace import Workspace
from casework.follow_ups.actions import may_rest
from casework.follow_ups.listing import FollowUpView, listing_of
from casework.follow_ups.outcomes import EXCHANGE
from casework.follow_ups.visibility import Visibility
from casework.follow_ups.whose import Part
from models.follow_ups import inbox
from models.follow_ups.follow_up import FollowUp, asked_by
from models.follow_ups.inbox import Asking, Asks, Show, Where
from models.ledger import states
from models.people import people
from models.store.engine import Connection
from pathways.grammar.agenda import Occasion
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Reach, Right, powers
from sources.alphabet import names_in_order

__all__ = ["PAGE", "Inbox", "Show", "follow_up_inbox"]
PAGE = 50
_MOST_PAGES = 1_000
_TO_DO = (Part.MINE, Part.FOR_MY_ROLE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Inbox:
    """One page of what is open, one page of what is closed, and by whom and where both may be narrowed.

    `show` narrows what is open, and leaves out what is closed; `counts` says how many each of it would show. What is in
    `waiting` waits for the day it was opened for, and can be closed but not put to rest.
    """

    open: tuple[tuple[Part, FollowUpView], ...]
    page: int
    has_more: bool
    closed: tuple[FollowUpView, ...]
    closed_page: int
    has_more_closed: bool
    waiting: frozenset[int]
    may_open: bool  # one of the reader's own
    files_exchange: bool  # an answer to a silence puts an exchange with the State on file
    regions: tuple[str, ...]
    owners: tuple[Named, ...]
    region: str | None
    person: int | None
    show: Show | None
    counts: Mapping[Show, int]

    @property
    def parts(self) -> tuple[tuple[Part, tuple[FollowUpView, ...]], ...]:
        """Return the open ones of this page part by part, leaving out what is empty."""
        found = ((part, tuple(one for place, one in self.open if place is part)) for part in Part)
        return tuple((part, there) for part, there in found if there)

    @property
    def answerable(self) -> frozenset[int]:
        """Return which of this page may have one answer: the reader's to do, but for what its step alone closes."""
        there = ((f, part in _TO_DO and f.may_answer) for part, f in self.open)
        return frozenset(f.id for f, is_theirs in there if is_theirs and f.kind != Occasion.READY)


def follow_up_inbox(
    workspace: Workspace,
    *,
    treaty: str,
    reader: Reader,
    region: str | None = None,
    person: int | None = None,
    show: Show | None = None,
    page: int = 1,
    closed_page: int = 1,
    language: str = "en",
) -> Inbox:
    """Show a page of the inbox of a treaty; a region or person that is none narrows it to nothing.

    What is due or was closed on one day stands by the States' names in a language.
    """
    page, closed_page = _within(page), _within(closed_page)
    with workspace.reading() as connection:
        served = _served(connection, reader)
        alphabet = tuple(names_in_order(workspace.register(connection), language))
        everything = Where(treaty=treaty, alphabet=alphabet, states=None if reader.is_secretariat else served.keys())
        where = replace(everything, region=region, owner=person)
        visibility, today = Visibility(workspace, connection, reader), workspace.today()
        asks, before = _asks(connection, treaty, reader, served), _before(page, visibility)
        found = inbox.open_ones(connection, where, asks, today=today, show=show, after=before)
        open_ = _page(found, page, visibility)
        closed = [] if show else _page(_closed(connection, where, visibility, closed_page), closed_page, visibility)
        listing = listing_of(connection, [*open_, *closed], visibility)
        return Inbox(
            open=tuple((listing.part(f), listing.view(f)) for f in open_[:PAGE]),
            page=page,
            has_more=len(open_) > PAGE,
            closed=tuple(listing.view(f) for f in closed[:PAGE]),
            closed_page=closed_page,
            has_more_closed=len(closed) > PAGE,
            waiting=frozenset(f.id for f in open_ if not may_rest(f, today)),
            may_open=bool(served),
            files_exchange=workspace.pathway(treaty).kind(EXCHANGE) is not None,
            regions=tuple(sorted({name for name in served.values() if name})),
            owners=_owners(connection, everything, visibility),
            region=region,
            person=person,
            show=show,
            counts=_counts(connection, where, asks, visibility, today),
        )


def _within(page: int) -> int:
    return min(max(page, 1), _MOST_PAGES)


def _asks(connection: Connection, treaty: str, reader: Reader, served: Iterable[str]) -> Asks:
    return Asks(
        owner=number_of(reader),
        ways=tuple(_ways(reader, inbox.askings(connection, treaty))),
        outreach=CHASES,
        informed_of=frozenset(s for s in served if not may_be_asked(reader, Occasion.SILENCE, s)),
    )


def _counts(
    connection: Connection, where: Where, asks: Asks, visibility: Visibility, today: date
) -> Mapping[Show, int]:
    """Count what each of what can be shown would show, of what the reader may know of."""
    if visibility.is_whole:
        return inbox.how_many(connection, where, asks, today=today)
    there = inbox.shown_ones(connection, where, asks, today=today)
    return Counter(show for found, shows in there if visibility.has(found) for show in shows)


def _closed(connection: Connection, where: Where, visibility: Visibility, page: int) -> Iterator[FollowUp]:
    return inbox.closed_ones(connection, where, after=_before(page, visibility))


def _before(page: int, visibility: Visibility) -> int:
    """Return how many may be passed over unseen: all before the page, where the reader may know of every one."""
    return (page - 1) * PAGE if visibility.is_whole else 0


def _page(found: Iterator[FollowUp], page: int, visibility: Visibility) -> list[FollowUp]:
    """Return a page of what the reader may know of and, if there is one, the first of the next."""
    first = (page - 1) * PAGE - _before(page, visibility)
    return list(islice(filter(visibility.has, found), first, first + PAGE + 1))


def _ways(reader: Reader, askings: Iterable[Asking]) -> Iterator[tuple[Asking, frozenset[str] | None]]:
    """Yield the ways in which a follow-up may ask the reader, each with the States it is served in; None for all."""
    for role, served in reader.serving:
        within = None if powers(role).serves is Reach.EVERYWHERE else served
        yield from ((way, within) for way in askings if _asked(way) == role)


def _asked(way: Asking) -> str:
    return asked_by(role=way.role, rungs=way.rungs, rung=way.rung)


def _served(connection: Connection, reader: Reader) -> dict[str, str]:
    """Return the States whose follow-ups the reader handles, each with its region."""
    regions = states.regions(connection)
    return {state: region for state, (region, _) in regions.items() if reader.may(Right.FOLLOW_UP, state)}


def _owners(connection: Connection, everything: Where, visibility: Visibility) -> tuple[Named, ...]:
    """Return who owns anything open that the reader may know of, by name."""
    if visibility.is_whole:
        theirs = inbox.owners(connection, everything.treaty)
    else:
        theirs = set()
        for found in inbox.owned_ones(connection, everything):
            if found.owner_id is not None and found.owner_id not in theirs and visibility.has(found):
                theirs.add(found.owner_id)
    return by_name(Named(person=number, name=name) for number, name in people.names(connection, theirs).items())
