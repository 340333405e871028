"""Answers: one that is saved and not sent yet, for a State and round, and that some were sent. Decides nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, and_, delete, insert, select, update

from models.tables.enquiries import EnquiryAnswer
from pathways.grammar.clearance import Sensitivity

_answer = EnquiryAnswer.__table__  # type: ignore[attr-defined]

DRAFT = "draft"  # the key of what is saved and not sent


class Answer(NamedTuple):
    """An answer as it is kept. Of one that was sent, what it says stands in its proposals alone."""

    id: int
    key: str
    stands: str
    words: str | None
    obstacles: str
    needs: str
    sensitivity: Sensitivity
    written_at: datetime
    sent_at: datetime | None


_COLUMNS = tuple(_answer.c[name] for name in Answer._fields)


def of_state(connection: Connection, enquiry: str, state: str) -> list[Answer]:
    """Return what a State saved or sent in a round, the latest first."""
    whose = and_(_answer.c.enquiry_id == enquiry, _answer.c.state == state)
    query = select(*_COLUMNS).where(whose).order_by(_answer.c.written_at.desc(), _answer.c.id.desc())
    return [Answer(*row) for row in connection.execute(query)]


def save(connection: Connection, enquiry: str, state: str, values: dict[str, Any]) -> None:
    """Keep what is not sent yet, in place of what was kept before."""
    whose = and_(_answer.c.enquiry_id == enquiry, _answer.c.state == state, _answer.c.key == DRAFT)
    if not connection.execute(update(_answer).where(whose).values(**values)).rowcount:
        connection.execute(insert(_answer).values(enquiry_id=enquiry, state=state, key=DRAFT, **values))


def sent(connection: Connection, enquiry: str, state: str, key: str, *, held: Sensitivity, at: datetime) -> int:
    """Note that an answer was sent, and keep nothing more of what was saved; return its number."""
    whose = and_(_answer.c.enquiry_id == enquiry, _answer.c.state == state, _answer.c.key == DRAFT)
    connection.execute(delete(_answer).where(whose))
    row = {"stands": "", "obstacles": "", "needs": "", "sensitivity": held, "written_at": at, "sent_at": at}
    made = insert(_answer).values(enquiry_id=enquiry, state=state, key=key, **row).returning(_answer.c.id)
    return int(connection.execute(made).scalar_one())


def drop_drafts(connection: Connection, enquiry: str) -> None:
    """Keep nothing of what was saved in a round and never sent."""
    connection.execute(delete(_answer).where(_answer.c.enquiry_id == enquiry, _answer.c.key == DRAFT))
