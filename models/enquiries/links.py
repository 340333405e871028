"""Links by which a State answers: of a token only its hash; several lead to the same answer, one for each letter."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from models.tables.enquiries import EnquiryLink
from models.tables.letters import LetterRow
from models.tables.people import Person

_link = EnquiryLink.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]


class Link(NamedTuple):
    """What a link is for, and the letter that brought it."""

    enquiry_id: str
    state: str
    letter_id: str


def add(connection: Connection, token_hash: str, made: Link, *, now: datetime) -> None:
    """Keep a new link."""
    connection.execute(insert(_link), [{**made._asdict(), "token_hash": token_hash, "made_at": now}])


def one(connection: Connection, token_hash: str) -> Link | None:
    """Return what a link is for, or None."""
    columns = (_link.c[name] for name in Link._fields)
    row = connection.execute(select(*columns).where(_link.c.token_hash == token_hash)).first()
    return Link(*row) if row else None


def language_of(connection: Connection, token_hash: str) -> str:
    """Return the language of whoever got the letter that a link came with; empty where there is none."""
    query = (
        select(_person.c.language)
        .join(_letter, _letter.c.person_id == _person.c.id)
        .join(_link, _link.c.letter_id == _letter.c.id)
        .where(_link.c.token_hash == token_hash)
    )
    return connection.execute(query).scalar_one_or_none() or ""
