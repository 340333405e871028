"""Administration of letters: listed, tried again, given up, reported as returned."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select, update

from models.follow_ups.escalation import pass_on
from models.letters.notices import LET_GO
from models.letters.outbox import is_mail_that_letters_go_to
from models.store.beginnings import begins_with
from models.tables.letters import AttemptRow, LetterRow, NoticeRow
from models.tables.people import ChannelRow, Person
from notifications.outbox import LetterState
from pathways.grammar.refusals import Remark, remark

_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]


class Written(NamedTuple):
    """A letter as it is listed; `attempts` counts every try on record."""

    id: str
    person_id: int
    name: str
    kind: str
    day: date
    written_at: datetime
    state: str
    due_at: datetime
    sent_at: datetime | None
    reason: Remark | str | None
    attempts: int


class HeldLetter(NamedTuple):
    """A letter without a way, and whether its reader has an address by now."""

    id: str
    person_id: int
    name: str
    has_address: bool


class Tried(NamedTuple):
    """One try to carry a letter."""

    at: datetime
    outcome: str
    reason: Remark | str
    channel_id: int | None


_WRITTEN = (
    *(_person.c.name if name == "name" else _letter.c[name] for name in Written._fields[:-1]),
    select(func.count())
    .where(_attempt.c.letter_id == _letter.c.id)
    .correlate(_letter)
    .scalar_subquery()
    .label("tries"),
)


def _written() -> Any:
    return select(*_WRITTEN).select_from(_letter.join(_person, _person.c.id == _letter.c.person_id))


def listed(
    connection: Connection, *, states: Collection[LetterState] = (), beginning: str = "", limit: int | None = None
) -> list[Written]:
    """Return letters, the newest first: all, or those in some states, or those whose id begins so."""
    query = _written().order_by(_letter.c.written_at.desc(), _letter.c.id).limit(limit)
    if states:
        query = query.where(_letter.c.state.in_(states))
    if beginning:
        query = query.where(begins_with(_letter.c.id, beginning))
    return [Written(*row) for row in connection.execute(query)]


def find(connection: Connection, letter_id: str) -> Written | None:
    """Return one letter, locked against a post that would take it up."""
    query = _written().where(_letter.c.id == letter_id).with_for_update(of=_letter)
    row = connection.execute(query).first()
    return Written(*row) if row else None


def addressees(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """Return whom these letters are written to, by name."""
    if not ids:
        return {}
    query = select(_letter.c.id, _person.c.name).join(_person, _person.c.id == _letter.c.person_id)
    return {row[0]: row[1] for row in connection.execute(query.where(_letter.c.id.in_(ids)))}


def reason_of(connection: Connection, letter_id: str) -> Remark | str | None:
    """Return why a letter stands where it does."""
    return connection.execute(select(_letter.c.reason).where(_letter.c.id == letter_id)).scalar()


def beginning_with(connection: Connection, beginning: str) -> list[str]:
    """Return the ids that begin so, two at most: one is found, two are too many."""
    query = select(_letter.c.id).where(begins_with(_letter.c.id, beginning)).limit(2)
    return list(connection.execute(query).scalars())


def is_in_hand(connection: Connection, letter_id: str, now: datetime) -> bool:
    """Tell whether a post is carrying it just now."""
    query = select(_letter.c.id).where(_letter.c.id == letter_id, _letter.c.claimed_until > now)
    return connection.execute(query).first() is not None


def tries(connection: Connection, letter_id: str) -> list[Tried]:
    """Return every try to carry a letter, oldest first."""
    query = select(*(_attempt.c[name] for name in Tried._fields)).where(_attempt.c.letter_id == letter_id)
    return [Tried(*row) for row in connection.execute(query.order_by(_attempt.c.id))]


def retry(connection: Connection, letter_id: str, *, now: datetime) -> None:
    """Put a letter on its way again, as if it had just been written."""
    fresh = {"state": LetterState.WAITING, "due_at": now, "attempts": 0, "reason": None, **LET_GO}
    connection.execute(update(_letter).where(_letter.c.id == letter_id).values(**fresh))


def give_up(connection: Connection, letter_id: str, *, reason: Remark | str, day: date) -> None:
    """Give a letter up; the next rung of what it would have told is asked at once."""
    _close(connection, letter_id, LetterState.GIVEN_UP, reason, day)


def sent_by(connection: Connection, letter_id: str) -> int | None:
    """Return the channel by which a letter left last; None when it went to no address of its reader's."""
    query = (
        select(_attempt.c.channel_id)
        .where(_attempt.c.letter_id == letter_id, _attempt.c.outcome == LetterState.SENT)
        .order_by(_attempt.c.id.desc())
        .limit(1)
    )
    return connection.execute(query).scalar()


def returned(connection: Connection, letter_id: str, *, reason: str, day: date) -> None:
    """Note that a letter came back: it was not read, and the next rung of what it told is asked at once."""
    _close(connection, letter_id, LetterState.DEAD, remark("letter_came_back", reason=reason), day)


def held(connection: Connection) -> list[HeldLetter]:
    """Return the letters that wait for a way to their reader."""
    usable = (
        select(_channel.c.id)
        .where(_channel.c.person_id == _letter.c.person_id, is_mail_that_letters_go_to(_channel))
        .correlate(_letter)
        .exists()
    )
    # A letter that asks whether an address is its person's needs no other: it goes to that very one.
    asks = (
        select(_notice.c.id)
        .where(_notice.c.letter_id == _letter.c.id, _notice.c.kind == "link", _notice.c.occasion == "verify")
        .correlate(_letter)
        .exists()
    )
    query = (
        select(_letter.c.id, _letter.c.person_id, _person.c.name, or_(usable, asks))
        .select_from(_letter.join(_person, _person.c.id == _letter.c.person_id))
        .where(_letter.c.state == LetterState.HELD)
    )
    return [HeldLetter(*row) for row in connection.execute(query)]


def resume(connection: Connection, ids: Collection[str], *, now: datetime) -> None:
    """Put held letters on their way: there is one now."""
    fresh = {"state": LetterState.WAITING, "due_at": now, "reason": None, **LET_GO}
    is_held = _letter.c.state == LetterState.HELD
    connection.execute(update(_letter).where(_letter.c.id.in_(ids), is_held).values(**fresh))


def treaty_of(connection: Connection, letter_id: str) -> str:
    """Return the treaty of the first thing a letter tells."""
    query = select(_notice.c.treaty).where(_notice.c.letter_id == letter_id).order_by(_notice.c.id).limit(1)
    return connection.execute(query).scalar() or ""


def _close(connection: Connection, letter_id: str, state: LetterState, reason: Remark | str, day: date) -> None:
    values: dict[str, Any] = {"state": state, "reason": reason, **LET_GO}
    connection.execute(update(_letter).where(_letter.c.id == letter_id).values(**values))
    pass_on(connection, _notice.c.letter_id == letter_id, day)
