"""The delivery history of a follow-up: every notice of it, and what became of the letter that carried it.

Who may see which part of it is decided above.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, false, func, select, update

from models.tables.letters import FollowUpRow, LetterRow, NoticeRow
from models.tables.people import Person
from notifications.outbox import LetterState
from pathways.grammar.agenda import OWN
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import Remark

_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]


class Link(NamedTuple):
    """One notice of a follow-up, and where its letter stands; `due_at` is when the letter is tried next."""

    person_id: int
    name: str
    role: str
    kind: str
    rung: int
    written_at: datetime
    withdrawn: bool
    letter_id: str | None
    answered_at: datetime | None
    day: date | None
    state: str | None
    due_at: datetime | None
    sent_at: datetime | None
    opened_at: datetime | None
    reason: Remark | str | None
    # Of a follow-up that a person has opened:
    opened_by: str | None
    sensitivity: Sensitivity | None


_OF_LETTER = Link._fields[Link._fields.index("day") : Link._fields.index("opened_by")]
_links = (
    select(
        _notice.c.person_id,
        _person.c.name,
        *(_notice.c[name] for name in ("role", "kind", "rung", "written_at", "withdrawn", "letter_id", "answered_at")),
        *(_letter.c[name] for name in _OF_LETTER),
        _follow_up.c.opened_by,
        _follow_up.c.sensitivity,
    )
    .select_from(_notice.join(_person, _person.c.id == _notice.c.person_id))
    .outerjoin(_letter, _letter.c.id == _notice.c.letter_id)
    .outerjoin(_follow_up, _follow_up.c.key == _notice.c.follow_up_key)
    .order_by(_notice.c.id)
)
# Built once: putting a query together takes longer than reading with it.
_of_follow_up = _links.where(_notice.c.follow_up_key == bindparam("_key"))
_of_dossier = _links.where(_notice.c.dossier_id == bindparam("_dossier"))


def chain(connection: Connection, follow_up_key: str) -> list[Link]:
    """Return the notices of a follow-up in the order in which they were written."""
    return [Link(*row) for row in connection.execute(_of_follow_up, {"_key": follow_up_key})]


def of_dossier(connection: Connection, dossier_id: int) -> list[Link]:
    """Return every notice about one State, with or without a follow-up, in the order in which they were written."""
    return [Link(*row) for row in connection.execute(_of_dossier, {"_dossier": dossier_id})]


class Asked(NamedTuple):
    """Somebody whom a follow-up has asked, in which role and on which rung."""

    key: str
    person_id: int
    role: str
    rung: int
    withdrawn: bool


#: The kinds of notices that ask for something; news ask for nothing.
ASKS = ("task", "chase")
_before, _sent = _notice.alias(), _letter.alias()
#: Whether the rung of a follow-up that a notice asks was asked by another letter before.
WAS_TOLD = (
    select(_before.c.id)
    .join(_sent, _sent.c.id == _before.c.letter_id)
    .where(_notice.c.follow_up_key != "", _before.c.follow_up_key == _notice.c.follow_up_key)
    .where(_before.c.rung == _notice.c.rung, _before.c.letter_id != _notice.c.letter_id)
    .where(_before.c.kind.in_(ASKS), ~_before.c.withdrawn, _sent.c.state == LetterState.SENT)
    .exists()
)

#: Whether a notice reminds somebody of what a person has opened for a day and who is told has: its day stands, however
#: late; who got it after its day was given another with it.
IS_OF_ONES_OWN = func.coalesce(
    and_(_follow_up.c.occasion == OWN, _follow_up.c.owner_id == _notice.c.person_id), false()
)


def asked_by(connection: Connection, keys: Sequence[str]) -> list[Asked]:
    """Return whom these follow-ups have asked, in the order in which it was written."""
    if not keys:
        return []
    columns = [_notice.c["follow_up_key" if name == "key" else name] for name in Asked._fields]
    query = select(*columns).where(_notice.c.follow_up_key.in_(keys), _notice.c.kind.in_(ASKS)).order_by(_notice.c.id)
    return list(dict.fromkeys(Asked(*row) for row in connection.execute(query)))


def asked_of(connection: Connection, keys: Sequence[str], person_id: int | None) -> frozenset[str]:
    """Return those of these follow-ups that have ever asked a person."""
    if person_id is None or not keys:
        return frozenset()
    query = select(_notice.c.follow_up_key).where(_notice.c.follow_up_key.in_(keys), was_asked(person_id))
    return frozenset(connection.execute(query).scalars())


def was_asked(person_id: int) -> ColumnElement[bool]:
    """Return the condition for a notice that asks a person."""
    return and_(_notice.c.person_id == person_id, _notice.c.kind.in_(ASKS), ~_notice.c.withdrawn)


def answered(connection: Connection, follow_up_id: int, person_id: int, *, at: datetime) -> None:
    """Note that a person has answered what was asked of a follow-up, and nothing else that its letters told.

    The first answer counts.
    """
    key = select(_follow_up.c.key).where(_follow_up.c.id == follow_up_id).scalar_subquery()
    sent = select(_letter.c.id).where(_letter.c.id == _notice.c.letter_id, _letter.c.state == LetterState.SENT)
    connection.execute(
        update(_notice)
        .where(_notice.c.follow_up_key == key, was_asked(person_id))
        .where(sent.exists(), _notice.c.answered_at.is_(None))
        .values(answered_at=at)
    )
