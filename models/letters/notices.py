"""Notices: written, with their letters, in the same transaction as what they tell.

A notice's key names occasion, rung and person: deciding twice writes one. A person has one digest a day; what comes
after it has left waits for tomorrow's. Two who write at once for the same person meet at the tables' own keys.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, and_, insert, select, update

from models.store.upsert import insert_into
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow
from notifications.outbox import LetterState
from pathways.grammar.refusals import Remark, remark

_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]

DIGEST, URGENT = "digest", "urgent"
_CHUNK = 500
#: States of a letter that may still leave.
UNSENT = (LetterState.WAITING, LetterState.AGAIN, LetterState.HELD)
#: A letter in nobody's hand.
LET_GO = {"claimed_by": None, "claimed_until": None}
#: Why a letter is given up whose matter was settled first.
OVERTAKEN = remark("letter_overtaken")


@dataclass(frozen=True, kw_only=True, slots=True)
class NewNotice:
    """One thing to tell one person; `about` is a word of the pathway, never prose."""

    key: str
    kind: str  # news, chase, task, incident, link
    occasion: str
    about: str
    person_id: int
    role: str
    treaty: str
    dossier_id: int | None = None
    follow_up_key: str = ""
    rung: int = 0
    is_public: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """How much was new."""

    notices: int
    letters: int


def write(
    connection: Connection,
    notices: Sequence[NewNotice],
    *,
    now: datetime,
    today: date,
    due_at: datetime,
    tomorrow_at: datetime,
) -> Written:
    """Put new notices into their readers' digests: today's while it waits, else tomorrow's."""
    known = _known(connection, [n.key for n in notices])
    fresh = list({n.key: n for n in notices if n.key not in known}.values())
    if not fresh:
        return Written(notices=0, letters=0)
    digests, made = _digests(connection, {n.person_id for n in fresh}, now, today, due_at, tomorrow_at)
    rows = [
        {**_fields(n), "letter_id": digests[n.person_id], "written_at": now, "withdrawn": False}
        for n in sorted(fresh, key=lambda n: n.key)
    ]
    return Written(notices=_insert_new(connection, _notice, ["key"], rows), letters=made)


def write_urgent(connection: Connection, notice: NewNotice, *, now: datetime, today: date) -> str:
    """Write a letter that leaves at once, such as a sign-in link; return its id."""
    id_ = uuid.uuid4().hex
    connection.execute(insert(_letter), [_new_letter(id_, notice.person_id, URGENT, today, id_, now, now)])
    row = {**_fields(notice), "letter_id": id_, "written_at": now, "withdrawn": False}
    connection.execute(insert(_notice), [row])
    return id_


def is_written(connection: Connection, key: str) -> bool:
    """Tell whether a notice with this key is there."""
    return bool(_known(connection, [key]))


def release(connection: Connection, *, day: date, now: datetime) -> None:
    """Let the day's digests go: the sweep that wrote them is done."""
    connection.execute(
        update(_letter)
        .where(
            _letter.c.day == day,
            _letter.c.kind == DIGEST,
            _letter.c.state == LetterState.WAITING,
            _letter.c.claimed_by.is_(None),  # else it was tried, and what came of it is not known
            _letter.c.due_at > now,
        )
        .values(due_at=now)
    )


def withdraw(connection: Connection, follow_up_ids: Sequence[int]) -> None:
    """Withdraw what was not yet sent of these follow-ups; a letter left empty is given up."""
    if not follow_up_ids:
        return
    keys = select(_follow_up.c.key).where(_follow_up.c.id.in_(follow_up_ids))
    unsent = select(_letter.c.id).where(_letter.c.state.in_(UNSENT), _letter.c.claimed_by.is_(None))
    told = and_(_notice.c.follow_up_key.in_(keys), _notice.c.letter_id.in_(unsent))
    letters = set(connection.execute(select(_notice.c.letter_id).where(told)).scalars())
    connection.execute(update(_notice).where(told).values(withdrawn=True))
    give_up_empty(connection, letters, OVERTAKEN)


def give_up_empty(connection: Connection, letters: Collection[str], reason: Remark) -> None:
    """Give up those of these letters that have nothing left to tell."""
    full = select(_notice.c.letter_id).where(~_notice.c.withdrawn, _notice.c.letter_id.in_(letters))
    connection.execute(
        update(_letter)
        .where(_letter.c.id.in_(letters), _letter.c.id.not_in(full))
        .values(state=LetterState.GIVEN_UP, reason=reason, **LET_GO)
    )


def _fields(notice: NewNotice) -> dict[str, Any]:
    return {name: getattr(notice, name) for name in NewNotice.__slots__}


def _known(connection: Connection, keys: Sequence[str]) -> set[str]:
    known: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        known.update(connection.execute(select(_notice.c.key).where(_notice.c.key.in_(chunk))).scalars())
    return known


def _digests(
    connection: Connection,
    persons: set[int],
    now: datetime,
    today: date,
    due_at: datetime,
    tomorrow_at: datetime,
) -> tuple[dict[int, str], int]:
    """Return the digest that takes each person's notices, and how many had to be made."""
    digests: dict[int, str] = {}
    made, wanting, day, leaves_at = 0, set(persons), today, due_at
    while wanting:
        rows = [_new_letter(uuid.uuid4().hex, p, DIGEST, day, "", now, leaves_at) for p in sorted(wanting)]
        made += _insert_new(connection, _letter, ["person_id", "day", "series"], rows)
        digests |= _open_digests(connection, wanting, day)
        wanting -= digests.keys()
        day += timedelta(days=1)
        leaves_at = tomorrow_at + (day - today - timedelta(days=1))
    return digests, made


def _open_digests(connection: Connection, persons: set[int], day: date) -> dict[int, str]:
    """Return the digests of a day that still take notices; locked, so that none leaves before we are done."""
    query = (
        select(_letter.c.person_id, _letter.c.id)
        .where(
            _letter.c.person_id.in_(persons),
            _letter.c.day == day,
            _letter.c.series == "",
            _letter.c.state == LetterState.WAITING,
            _letter.c.claimed_by.is_(None),
        )
        .order_by(_letter.c.person_id)
        .with_for_update()
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def _insert_new(connection: Connection, table: Table, key: list[str], rows: Sequence[dict[str, Any]]) -> int:
    """Insert what is not there yet, in the order given; return how many were new."""
    statement = insert_into(connection, table).on_conflict_do_nothing(index_elements=key)
    return int(connection.execute(statement, list(rows), execution_options={"preserve_rowcount": True}).rowcount)


def _new_letter(
    id_: str, person: int, kind: str, day: date, series: str, now: datetime, due_at: datetime
) -> dict[str, object]:
    return {
        "id": id_,
        "person_id": person,
        "kind": kind,
        "day": day,
        "series": series,
        "state": LetterState.WAITING.value,
        "due_at": due_at,
        "written_at": now,
        "attempts": 0,
    }
