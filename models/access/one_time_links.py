"""One-time links as they are kept: of a token only its hash, and used once, also when two come at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from models.letters.notices import UNSENT
from models.letters.outbox import is_mail_that_letters_go_to
from models.tables.accounts import OneTimeLink
from models.tables.letters import LetterRow, NoticeRow
from models.tables.people import ChannelRow

_link = OneTimeLink.__table__  # type: ignore[attr-defined]
_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]


class KeptLink(NamedTuple):
    """A link that stands, and what it is for."""

    person_id: int
    purpose: str
    channel_id: int | None
    leads_to: str
    made_by: str  # an actor, or the letter that brought it


_COLUMNS = tuple(_link.c[name] for name in KeptLink._fields)


def add(connection: Connection, token_hash: str, kept: KeptLink, *, now: datetime, until: datetime) -> None:
    """Keep a new link."""
    row = {"token_hash": token_hash, "made_at": now, "expires_at": until}
    connection.execute(insert(_link), [{**kept._asdict(), **row}])


def standing(connection: Connection, token_hash: str, *, now: datetime) -> KeptLink | None:
    """Return a link that was not used and is not too old."""
    stands = and_(_link.c.token_hash == token_hash, _link.c.used_at.is_(None), _link.c.expires_at > now)
    row = connection.execute(select(*_COLUMNS).where(stands)).first()
    return KeptLink(*row) if row else None


def use(connection: Connection, token_hash: str, *, now: datetime) -> KeptLink | None:
    """Use a link up and return it; None when it does not stand, or somebody else was faster."""
    stands = and_(_link.c.token_hash == token_hash, _link.c.used_at.is_(None), _link.c.expires_at > now)
    row = connection.execute(update(_link).where(stands).values(used_at=now).returning(*_COLUMNS)).first()
    return KeptLink(*row) if row else None


def cancel(connection: Connection, person_id: int, purposes: Collection[str], *, now: datetime) -> None:
    """Let none of a person's links for these purposes stand any longer."""
    theirs = and_(_link.c.person_id == person_id, _link.c.purpose.in_(purposes), _link.c.used_at.is_(None))
    connection.execute(update(_link).where(theirs).values(used_at=now))


def purge(connection: Connection, *, before: datetime) -> int:
    """Delete links that were used or too old before an hour; return how many."""
    is_over = or_(_link.c.expires_at < before, _link.c.used_at < before)
    return int(connection.execute(delete(_link).where(is_over)).rowcount)


def is_on_its_way(
    connection: Connection, person_id: int, occasion: str, *, since: datetime, about: str | None = None
) -> bool:
    """Tell whether a letter with such a link was written since an hour or waits to leave; if asked, about one thing."""
    query = (
        select(_letter.c.id)
        .join(_notice, _notice.c.letter_id == _letter.c.id)
        .where(_notice.c.person_id == person_id, _notice.c.kind == "link", _notice.c.occasion == occasion)
        .where(or_(_letter.c.written_at > since, _letter.c.state.in_(UNSENT)))
        .limit(1)
    )
    if about is not None:
        query = query.where(_notice.c.about == about)
    return connection.execute(query).first() is not None


def reached_at(connection: Connection, address: str) -> list[int]:
    """Return who gets letters at an address: it was vouched for or verified, and sent nothing back."""
    query = (
        select(_channel.c.person_id)
        .distinct()
        .where(func.lower(_channel.c.address) == address.lower(), is_mail_that_letters_go_to(_channel))
        .order_by(_channel.c.person_id)
    )
    return list(connection.execute(query).scalars())
