"""The shelf: notices and letters written in the same transaction as what they tell.

A notice's key names occasion, rung and person: deciding twice shelves once. A person has one digest a day; what comes
after it has left waits for tomorrow's.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, insert, select, update

from models.tables import FollowUpRow, LetterRow, NoticeRow

_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]

DIGEST, URGENT = "digest", "urgent"
_CHUNK = 500


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
class Shelved:
    """How much was new."""

    notices: int
    letters: int


def shelve(
    connection: Connection,
    notices: Sequence[NewNotice],
    *,
    now: datetime,
    today: date,
    due_at: datetime,
    tomorrow_at: datetime,
) -> Shelved:
    """Put new notices into their readers' digests: today's while it waits, else tomorrow's."""
    known = _known(connection, [n.key for n in notices])
    fresh = list({n.key: n for n in notices if n.key not in known}.values())
    if not fresh:
        return Shelved(notices=0, letters=0)
    digests, made = _digests(connection, {n.person_id for n in fresh}, now, today, due_at, tomorrow_at)
    connection.execute(
        insert(_notice),
        [{**asdict(n), "letter_id": digests[n.person_id], "written_at": now, "withdrawn": False} for n in fresh],
    )
    return Shelved(notices=len(fresh), letters=made)


def shelve_urgent(connection: Connection, notice: NewNotice, *, now: datetime, today: date) -> str:
    """Write a letter that leaves at once, such as a sign-in link; return its id."""
    id_ = uuid.uuid4().hex
    connection.execute(insert(_letter), [_new_letter(id_, notice.person_id, URGENT, today, id_, now, now)])
    row = {**asdict(notice), "letter_id": id_, "written_at": now, "withdrawn": False}
    connection.execute(insert(_notice), [row])
    return id_


def release(connection: Connection, *, day: date, now: datetime) -> None:
    """Let the day's digests go: the sweep that wrote them is done."""
    connection.execute(
        update(_letter)
        .where(
            _letter.c.day == day,
            _letter.c.kind == DIGEST,
            _letter.c.state == "waiting",
            _letter.c.due_at > now,
        )
        .values(due_at=now)
    )


def withdraw(connection: Connection, follow_up_ids: Sequence[int]) -> None:
    """Withdraw what was not yet sent of these follow-ups; a letter left empty is given up."""
    if not follow_up_ids:
        return
    keys = select(_follow_up.c.key).where(_follow_up.c.id.in_(follow_up_ids))
    unsent = select(_letter.c.id).where(
        _letter.c.state.in_(("waiting", "again", "held")), _letter.c.claimed_by.is_(None)
    )
    told = and_(_notice.c.follow_up_key.in_(keys), _notice.c.letter_id.in_(unsent))
    letters = set(connection.execute(select(_notice.c.letter_id).where(told)).scalars())
    connection.execute(update(_notice).where(told).values(withdrawn=True))
    give_up_empty(connection, letters, "overtaken before it was sent")


def give_up_empty(connection: Connection, letters: Iterable[str], reason: str) -> None:
    """Give up those of these letters that have nothing left to tell."""
    full = select(_notice.c.letter_id).where(~_notice.c.withdrawn, _notice.c.letter_id.in_(letters))
    connection.execute(
        update(_letter)
        .where(_letter.c.id.in_(letters), _letter.c.id.not_in(full))
        .values(state="given_up", reason=reason)
    )


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
    rows: list[dict[str, object]] = []
    waiting, day, leaves_at = set(persons), today, due_at
    while waiting:
        still, left = _of_day(connection, waiting, day)
        digests.update(still)
        for person in sorted(waiting - still.keys() - left):
            digests[person] = uuid.uuid4().hex
            rows.append(_new_letter(digests[person], person, DIGEST, day, "", now, leaves_at))
        leaves_at = tomorrow_at + (day - today)
        waiting, day = left, day + timedelta(days=1)
    if rows:
        connection.execute(insert(_letter), rows)
    return digests, len(rows)


def _of_day(connection: Connection, persons: set[int], day: date) -> tuple[dict[int, str], set[int]]:
    """Part persons whose digest of a day still takes notices from those whose digest has left or is leaving."""
    query = (
        select(_letter.c.person_id, _letter.c.id, _letter.c.state, _letter.c.claimed_by)
        .where(_letter.c.person_id.in_(persons), _letter.c.day == day, _letter.c.series == "")
        .with_for_update()
    )
    still: dict[int, str] = {}
    left: set[int] = set()
    for person, id_, state, claimed_by in connection.execute(query):
        if state in ("waiting", "held") and claimed_by is None:
            still[person] = id_
        else:
            left.add(person)
    return still, left


def _new_letter(
    id_: str, person: int, kind: str, day: date, series: str, now: datetime, due_at: datetime
) -> dict[str, object]:
    return {
        "id": id_,
        "person_id": person,
        "kind": kind,
        "day": day,
        "series": series,
        "state": "waiting",
        "due_at": due_at,
        "written_at": now,
        "attempts": 0,
    }
