"""The outbox as it is kept: letters are claimed and settled, each in a transaction of its own.

The states and who moves them on stand in notifications/outbox.py. Who may still be told what is not decided here.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, FromClause, and_, bindparam, case, func, insert, or_, select, update

from models.follow_ups.delivery_history import ASKS, IS_OF_ONES_OWN, WAS_TOLD
from models.follow_ups.escalation import count_on, pass_on
from models.letters.notices import LET_GO, give_up_empty
from models.tables.ledger import DossierRow
from models.tables.letters import AttemptRow, FollowUpRow, LetterRow, NoticeRow
from models.tables.people import ChannelRow, Person
from notifications.outbox import PAUSES, LetterState, Settlement
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import Remark

_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]

#: A digest waits at most for the next day's morning, wherever that begins.
_TO_TOMORROWS_DIGEST = timedelta(days=2)
_CLOCKS_DIFFER = timedelta(minutes=1)  # those of two machines
_ON_ITS_WAY = (LetterState.WAITING, LetterState.AGAIN)
#: The day a State is bound; none where its deposit is known to the month or year only.
_certain_day = case((func.length(_dossier.c.deposited_on) == len("2024-06-05"), _dossier.c.entry_into_force))


class ClaimedLetter(NamedTuple):
    """A letter in hand, and whose it is; its tries and the hour it was due at are those from before the claim."""

    id: str
    person_id: int
    name: str
    language: str
    day: date
    attempts: int
    due_at: datetime


class Asking(NamedTuple):
    """How the follow-up stands that a notice asks about."""

    due_on: date
    patience: int  # days
    rungs: str
    rung: int
    was_told: bool  # another letter has asked this rung before
    is_of_ones_own: bool  # a person has opened it for a day, and its reader has it


class ClaimedNotice(NamedTuple):
    """A notice in such a letter. `state` is a code; whether it may be named is `is_public`."""

    id: int
    letter_id: str
    person_id: int
    kind: str
    occasion: str
    about: str
    role: str
    treaty: str
    is_public: bool
    state: str | None
    entry_into_force: date | None  # where the day is certain
    overtaken: bool  # its follow-up was closed
    asking: Asking | None  # of what it asks, if it asks for anything
    # Of a follow-up that a person has opened:
    opened_by: str | None = None
    sensitivity: Sensitivity | None = None


_JOINED = ("state", "entry_into_force", "overtaken", "asking", "opened_by", "sensitivity")
_asking = (
    *(_follow_up.c[name] for name in Asking._fields[:-2]),
    and_(_notice.c.rung == _follow_up.c.rung, WAS_TOLD).label("was_told"),
    IS_OF_ONES_OWN.label("is_of_ones_own"),
)


class Address(NamedTuple):
    """A mail address of a person, and whether letters may go to it."""

    channel_id: int
    person_id: int
    address: str
    is_vouched: bool
    came_back: bool


def claim(
    connection: Connection, *, now: datetime, today: date, worker: str, until: datetime, limit: int
) -> list[ClaimedLetter]:
    """Take up letters that are due on the record's day and in nobody's hand; urgent ones first.

    The try is counted and the next one dated before anything leaves: what came of it may find no room to be written.
    """
    is_free = or_(
        _letter.c.claimed_until.is_(None),
        _letter.c.claimed_until <= now,
        _letter.c.claimed_until > until + (until - now),  # longer than a claim can last: a clock was wrong
    )
    columns = [(_person if name in ("name", "language") else _letter).c[name] for name in ClaimedLetter._fields]
    due = (
        select(*columns)
        .join(_person, _person.c.id == _letter.c.person_id)
        .where(_letter.c.state.in_(_ON_ITS_WAY), is_due(now), _letter.c.day <= today, is_free)
        .order_by(_letter.c.kind.desc(), _letter.c.due_at, _letter.c.id)
        .limit(limit)
        .with_for_update(of=_letter, skip_locked=True)
    )
    found = [ClaimedLetter(*row) for row in connection.execute(due)]
    next_try = case(
        {tries: now + pause for tries, pause in enumerate(PAUSES)}, value=_letter.c.attempts, else_=now + PAUSES[-1]
    )
    connection.execute(
        update(_letter)
        .where(_letter.c.id.in_([letter.id for letter in found]))
        .values(claimed_by=worker, claimed_until=until, attempts=_letter.c.attempts + 1, due_at=next_try)
    )
    return found


def is_due(now: datetime) -> ColumnElement[bool]:
    """Return the condition for a letter whose hour has come, or is further off than it can be: a clock was wrong."""
    furthest = case(
        {tries: now + pause + _CLOCKS_DIFFER for tries, pause in enumerate(PAUSES, start=1)},
        value=_letter.c.attempts,
        else_=now + _TO_TOMORROWS_DIGEST,
    )
    return or_(_letter.c.due_at <= now, _letter.c.due_at > furthest)


def notices_of(connection: Connection, letters: Collection[str]) -> list[ClaimedNotice]:
    """Return what these letters tell, in the order it was written."""
    columns = [_notice.c[name] for name in ClaimedNotice._fields[: -len(_JOINED)]]
    query = (
        select(*columns, _dossier.c.state, _certain_day, _follow_up.c.closed_on.is_not(None))
        .add_columns(_follow_up.c.opened_by, _follow_up.c.sensitivity, *_asking)
        .outerjoin(_dossier, _dossier.c.id == _notice.c.dossier_id)
        .outerjoin(_follow_up, _follow_up.c.key == _notice.c.follow_up_key)
        .where(_notice.c.letter_id.in_(letters), ~_notice.c.withdrawn)
        .order_by(_notice.c.id)
    )
    return [_claimed(tuple(row)) for row in connection.execute(query)]


def _claimed(row: tuple[Any, ...]) -> ClaimedNotice:
    *said, opened_by, sensitivity = row[: -len(_asking)]
    asking = Asking(*row[-len(_asking) :])
    notice = ClaimedNotice._make((*said, asking, opened_by, sensitivity))
    return notice if notice.kind in ASKS and asking.due_on is not None else notice._replace(asking=None)


def addresses_of(connection: Connection, persons: Collection[int]) -> list[Address]:
    """Return the mail addresses of persons, the first given first."""
    query = (
        select(
            _channel.c.id,
            _channel.c.person_id,
            _channel.c.address,
            is_vouched(_channel),
            _channel.c.returned_at.is_not(None),
        )
        .where(_channel.c.person_id.in_(persons), _channel.c.kind == "email")
        .order_by(_channel.c.id)
    )
    return [Address(*row) for row in connection.execute(query)]


def is_mail_that_letters_go_to(channel: FromClause) -> ColumnElement[bool]:
    """Return the condition for a mail address that somebody vouched for or verified, and that sent nothing back."""
    return and_(channel.c.kind == "email", is_vouched(channel), channel.c.returned_at.is_(None))


def is_vouched(channel: FromClause) -> ColumnElement[bool]:
    """Return the condition for an address that somebody vouched for or verified."""
    return or_(channel.c.vouched_by.is_not(None), channel.c.verified_at.is_not(None))


def withdraw(connection: Connection, notices: Sequence[ClaimedNotice], *, reason: Remark, day: date) -> None:
    """Take notices out of letters in hand; a letter left empty is given up, and the next rung is asked at once."""
    if not notices:
        return
    ids = [notice.id for notice in notices]
    pass_on(connection, _notice.c.id.in_(ids), day)
    connection.execute(update(_notice).where(_notice.c.id.in_(ids)).values(withdrawn=True))
    give_up_empty(connection, {notice.letter_id for notice in notices}, reason)


def renew(connection: Connection, ids: Collection[str], *, worker: str, until: datetime) -> frozenset[str]:
    """Keep letters in hand; return those that are still this worker's."""
    statement = (
        update(_letter)
        .where(_letter.c.id.in_(ids), _letter.c.claimed_by == worker)
        .values(claimed_until=until)
        .returning(_letter.c.id)
    )
    return frozenset(connection.execute(statement).scalars())


def put_back(connection: Connection, letters: Collection[ClaimedLetter], *, worker: str) -> None:
    """Let go of letters that were not tried: they are as they were before the claim."""
    statement = (
        update(_letter)
        .where(_letter.c.id == bindparam("letter"), _letter.c.claimed_by == worker)
        .values(attempts=bindparam("tries"), due_at=bindparam("hour"), **LET_GO)
    )
    rows = [{"letter": letter.id, "tries": letter.attempts, "hour": letter.due_at} for letter in letters]
    if rows:
        connection.execute(statement, rows)


def settle(
    connection: Connection,
    letter_id: str,
    settlement: Settlement,
    *,
    at: datetime,
    day: date,
    worker: str,
    channel_id: int | None = None,
    told: Collection[int] = (),
) -> bool:
    """Write down one try, and tell whether it decided the letter's state.

    `day` is the record's, `told` the notices that were in the letter. That a letter was sent is so, whoever holds
    the claim by now, and what it told was told; anything else counts only while the claim is ours.
    """
    attempt = {"letter_id": letter_id, "channel_id": channel_id, "at": at}
    connection.execute(insert(_attempt), [{**attempt, "outcome": settlement.state, "reason": settlement.reason}])
    is_sent = settlement.state is LetterState.SENT
    ours = _letter.c.state != LetterState.SENT if is_sent else _letter.c.claimed_by == worker
    moved = connection.execute(
        update(_letter).where(_letter.c.id == letter_id, ours).values(**_settled(settlement, at))
    )
    if not moved.rowcount:
        return False
    if is_sent:
        connection.execute(update(_notice).where(_notice.c.id.in_(told)).values(withdrawn=False))
        count_on(connection, _notice.c.letter_id == letter_id, day)
    elif settlement.state is not LetterState.AGAIN:
        pass_on(connection, _notice.c.letter_id == letter_id, day, is_kept=settlement.state is LetterState.HELD)
    return True


def _settled(settlement: Settlement, at: datetime) -> dict[str, Any]:
    values: dict[str, Any] = {**LET_GO, "state": settlement.state.value, "reason": settlement.reason or None}
    if settlement.state is LetterState.HELD:  # nothing was tried
        values["attempts"] = _letter.c.attempts - 1
    if settlement.state is LetterState.SENT:
        values["sent_at"] = at
    if settlement.due_at is not None:
        values["due_at"] = settlement.due_at
    return values
