"""Rounds and the States that are asked in them: read, begun, carried on and closed. Decides nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from models.letters.notices import OVERTAKEN, UNSENT, give_up_empty
from models.store.beginnings import begins_with
from models.tables.enquiries import AskedState, EnquiryRow
from models.tables.letters import LetterRow, NoticeRow

_enquiry = EnquiryRow.__table__  # type: ignore[attr-defined]
_asked = AskedState.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]


class Round(NamedTuple):
    """A round as it is on file."""

    id: str
    treaty: str
    opened_on: date
    opened_by: str
    closes_on: date
    closed_on: date | None
    closed_by: str | None

    def takes_answers(self, today: date) -> bool:
        """Tell whether it can be answered on a day: it is open, and its last day has not passed."""
        return self.closed_on is None and today <= self.closes_on


class Asked(NamedTuple):
    """A State that is asked in a round."""

    enquiry_id: str
    state: str
    way: str
    letters: int
    first_on: date | None
    last_on: date | None
    passed_on: date | None
    answered_on: date | None
    answered_by: str


_ROUND = tuple(_enquiry.c[name] for name in Round._fields)
_ASKED = tuple(_asked.c[name] for name in Asked._fields)


def of_treaty(connection: Connection, treaty: str) -> list[Round]:
    """Return the rounds of a treaty, the latest first."""
    query = (
        select(*_ROUND).where(_enquiry.c.treaty == treaty).order_by(_enquiry.c.opened_on.desc(), _enquiry.c.id.desc())
    )
    return [Round(*row) for row in connection.execute(query)]


def open_ones(connection: Connection) -> list[str]:
    """Return the rounds of whatever treaty that nobody has closed."""
    query = select(_enquiry.c.id).where(_enquiry.c.closed_on.is_(None)).order_by(_enquiry.c.id)
    return list(connection.execute(query).scalars())


def one(connection: Connection, id_: str, *, lock: bool = False) -> Round | None:
    """Return a round, locked against other writers if asked."""
    query = select(*_ROUND).where(_enquiry.c.id == id_)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return Round(*row) if row else None


def add(connection: Connection, begun: Round, states: Sequence[str]) -> None:
    """Begin a round, in which these States are asked."""
    connection.execute(insert(_enquiry), [begun._asdict()])
    if states:
        rows = [
            {"enquiry_id": begun.id, "state": state, "way": "", "letters": 0, "answered_by": ""} for state in states
        ]
        connection.execute(insert(_asked), rows)


def close(connection: Connection, id_: str, *, on: date, by: str) -> None:
    """Close a round that is open."""
    is_open = and_(_enquiry.c.id == id_, _enquiry.c.closed_on.is_(None))
    connection.execute(update(_enquiry).where(is_open).values(closed_on=on, closed_by=by))


def asked_in(connection: Connection, enquiry: str) -> list[Asked]:
    """Return the States that are asked in a round, by code."""
    query = select(*_ASKED).where(_asked.c.enquiry_id == enquiry).order_by(_asked.c.state)
    return [Asked(*row) for row in connection.execute(query)]


def asked_ever(connection: Connection, treaty: str) -> list[Asked]:
    """Return the States that were asked in any round of a treaty, the latest round first."""
    query = (
        select(*_ASKED)
        .join(_enquiry, _enquiry.c.id == _asked.c.enquiry_id)
        .where(_enquiry.c.treaty == treaty)
        .order_by(_enquiry.c.opened_on.desc(), _enquiry.c.id.desc(), _asked.c.state)
    )
    return [Asked(*row) for row in connection.execute(query)]


def unanswered_on(connection: Connection, treaty: str, day: date) -> list[tuple[str, date]]:
    """Return who was written to in a round open on a day and had not answered by then, and when first."""
    was_open = and_(_enquiry.c.treaty == treaty, or_(_enquiry.c.closed_on.is_(None), _enquiry.c.closed_on > day))
    query = (
        select(_asked.c.state, _asked.c.first_on)
        .join(_enquiry, _enquiry.c.id == _asked.c.enquiry_id)
        .where(was_open, _asked.c.first_on <= day, or_(_asked.c.answered_on.is_(None), _asked.c.answered_on > day))
        .order_by(_asked.c.first_on, _asked.c.state)
    )
    return [(state, first_on) for state, first_on in connection.execute(query)]


def note(connection: Connection, enquiry: str, state: str, values: Mapping[str, Any]) -> None:
    """Note how far it has come with a State."""
    whose = and_(_asked.c.enquiry_id == enquiry, _asked.c.state == state)
    connection.execute(update(_asked).where(whose).values(**values))


def answered(connection: Connection, enquiry: str, state: str, *, on: date, by: str) -> bool:
    """Note that a State has answered; tell whether that is new."""
    whose = and_(_asked.c.enquiry_id == enquiry, _asked.c.state == state, _asked.c.answered_on.is_(None))
    return connection.execute(update(_asked).where(whose).values(answered_on=on, answered_by=by)).rowcount == 1


def withdraw(connection: Connection, prefix: str) -> int:
    """Withdraw what has not left yet, of the notices whose key begins so; return how many letters that leaves empty."""
    unsent = select(_letter.c.id).where(_letter.c.state.in_(UNSENT), _letter.c.claimed_by.is_(None))
    told = and_(begins_with(_notice.c.key, prefix), ~_notice.c.withdrawn, _notice.c.letter_id.in_(unsent))
    letters = set(connection.execute(select(_notice.c.letter_id).where(told)).scalars())
    connection.execute(update(_notice).where(told).values(withdrawn=True))
    give_up_empty(connection, letters, OVERTAKEN)
    return len(letters)


def how_many_of(connection: Connection, prefix: str) -> int:
    """Count the rounds whose id begins so."""
    query = select(func.count()).select_from(_enquiry).where(begins_with(_enquiry.c.id, prefix))
    return int(connection.execute(query).scalar_one())
