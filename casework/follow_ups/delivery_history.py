"""The delivery history of a follow-up: who was told, and what became of each letter, as a reader may see it.

The Secretariat sees all of it. Anybody else sees what was written to that person, and that somebody else was reminded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from models.follow_ups import delivery_history
from models.follow_ups.delivery_history import Link
from models.store.engine import Connection
from notifications.outbox import LetterState
from pathways.grammar.clearance import Reader, may_read_words
from pathways.grammar.refusals import Remark


class Delivery(StrEnum):
    """What became of a notice. Nothing here says that anybody received it: no server tells us that."""

    WAITING = "waiting"  # written, and not yet carried
    AGAIN = "again"  # tried; it will be tried again
    ACCEPTED = "accepted"  # by the first server
    FAILED = "failed"  # refused for good, or tried in vain
    CAME_BACK = "came_back"
    HELD = "held"  # there is no way to carry it
    GIVEN_UP = "given_up"
    WITHDRAWN = "withdrawn"  # overtaken before it was sent


_BY_STATE = {
    LetterState.WAITING: Delivery.WAITING,
    LetterState.AGAIN: Delivery.AGAIN,
    LetterState.SENT: Delivery.ACCEPTED,
    LetterState.DEAD: Delivery.FAILED,
    LetterState.HELD: Delivery.HELD,
    LetterState.GIVEN_UP: Delivery.GIVEN_UP,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldView:
    """One notice: to whom, in which role, on which day's letter, and what became of it."""

    person: int
    name: str
    role: str
    kind: str
    rung: int
    written_at: datetime
    day: date | None
    delivery: Delivery
    next_try_at: datetime | None
    sent_at: datetime | None
    opened_at: datetime | None
    answered_at: datetime | None
    reason: Remark | str | None
    letter: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ChainView:
    """What a reader may know of who was told of a follow-up, oldest first."""

    told: tuple[ToldView, ...]
    others_reminded: bool


def chain_view(connection: Connection, follow_up_key: str, reader: Reader) -> ChainView:
    """Show the chain of a follow-up that the reader may know of."""
    links = delivery_history.chain(connection, follow_up_key)
    others = [link for link in links if not _may_see(link, reader)]
    return ChainView(
        told=tuple(_told(link) for link in links if _may_see(link, reader)),
        others_reminded=any(_delivery(link) is Delivery.ACCEPTED for link in others),
    )


def letters_seen(connection: Connection, dossier_id: int, state: str, reader: Reader) -> tuple[ToldView, ...]:
    """Return what was told about one State, as far as the reader may see it, oldest first.

    Nothing of a follow-up that a person has opened, to who may not know of that.

    Two notices of a kind in one letter, of which the same became, are one thing that was told.
    """
    links = (
        link
        for link in delivery_history.of_dossier(connection, dossier_id)
        if _may_see(link, reader) and may_read_words(reader, state, link.sensitivity, link.opened_by)
    )
    told: dict[tuple[object, ...], ToldView] = {}
    for one in map(_told, links):
        told.setdefault((one.letter or one.written_at, one.person, one.kind, one.delivery, one.answered_at), one)
    return tuple(told.values())


def _may_see(link: Link, reader: Reader) -> bool:
    return reader.is_secretariat or reader.actor == f"person:{link.person_id}"


def _told(link: Link) -> ToldView:
    delivery = _delivery(link)
    return ToldView(
        person=link.person_id,
        name=link.name,
        role=link.role,
        kind=link.kind,
        rung=link.rung,
        written_at=link.written_at,
        day=link.day,
        delivery=delivery,
        next_try_at=link.due_at if delivery in (Delivery.WAITING, Delivery.AGAIN) else None,
        sent_at=None if delivery is Delivery.WITHDRAWN else link.sent_at,
        opened_at=link.opened_at,
        answered_at=link.answered_at,
        reason=link.reason,
        letter=link.letter_id,
    )


def _delivery(link: Link) -> Delivery:
    if link.withdrawn or link.state is None:
        return Delivery.WITHDRAWN
    state = LetterState(link.state)
    if state is LetterState.DEAD and link.sent_at is not None:
        return Delivery.CAME_BACK
    return _BY_STATE[state]
