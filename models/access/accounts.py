"""Accounts: sessions and passwords as they are kept, of a token only its hash. Lets nobody in and decides nothing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, insert, or_, select, update

from models.letters.outbox import is_mail_that_letters_go_to, is_vouched
from models.tables.accounts import Credential, OneTimeLink, SessionRow
from models.tables.people import ChannelRow, Person

_session = SessionRow.__table__  # type: ignore[attr-defined]
_credential = Credential.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]
_channel = ChannelRow.__table__  # type: ignore[attr-defined]
_link = OneTimeLink.__table__  # type: ignore[attr-defined]


class KeptSession(NamedTuple):
    """A session on file, and whose it is."""

    person_id: int
    name: str
    language: str
    signed_in_by: str
    created_at: datetime
    seen_at: datetime
    ends_at: datetime
    signed_out_at: datetime | None


# Built once: asked for every page.
_of_token = (
    select(*((_person if name in ("name", "language") else _session).c[name] for name in KeptSession._fields))
    .join(_person, _person.c.id == _session.c.person_id)
    .where(_session.c.token_hash == bindparam("token"))
)


def add_session(
    connection: Connection, token_hash: str, *, person_id: int, signed_in_by: str, now: datetime, ends_at: datetime
) -> None:
    """Keep a new session."""
    row = {"token_hash": token_hash, "person_id": person_id, "signed_in_by": signed_in_by}
    connection.execute(insert(_session), [{**row, "created_at": now, "seen_at": now, "ends_at": ends_at}])


def session(connection: Connection, token_hash: str) -> KeptSession | None:
    """Return the session of a token's hash."""
    row = connection.execute(_of_token, {"token": token_hash}).first()
    return KeptSession(*row) if row else None


def touch(connection: Connection, token_hash: str, *, now: datetime) -> None:
    """Note that somebody was here."""
    connection.execute(update(_session).where(_session.c.token_hash == token_hash).values(seen_at=now))


def sign_out(connection: Connection, token_hash: str, *, now: datetime) -> None:
    """End one session."""
    is_open = and_(_session.c.token_hash == token_hash, _session.c.signed_out_at.is_(None))
    connection.execute(update(_session).where(is_open).values(signed_out_at=now))


def sign_out_person(connection: Connection, person_id: int, *, now: datetime, but: str = "") -> int:
    """End every session of a person, but one if its hash is given; return how many were open."""
    is_open = and_(_session.c.person_id == person_id, _session.c.signed_out_at.is_(None), _session.c.token_hash != but)
    return int(connection.execute(update(_session).where(is_open).values(signed_out_at=now)).rowcount)


def open_sessions(connection: Connection, person_id: int, *, now: datetime, seen_since: datetime) -> int:
    """Count the sessions by which a person is signed in."""
    is_open = and_(
        _session.c.person_id == person_id,
        _session.c.signed_out_at.is_(None),
        _session.c.ends_at > now,
        _session.c.seen_at >= seen_since,
    )
    return int(connection.execute(select(func.count()).select_from(_session).where(is_open)).scalar_one())


def purge_sessions(connection: Connection, *, before: datetime) -> int:
    """Delete sessions that were over before an hour; return how many."""
    is_over = or_(_session.c.ends_at < before, _session.c.signed_out_at < before)
    return int(connection.execute(delete(_session).where(is_over)).rowcount)


def password_hash(connection: Connection, person_id: int, *, lock: bool = False) -> str | None:
    """Return the hash of a person's password, if there is one; locked against whoever changes it, if asked."""
    query = select(_credential.c.password_hash).where(_credential.c.person_id == person_id)
    return connection.execute(query.with_for_update() if lock else query).scalar()


def passwords_at(connection: Connection, address: str, *, limit: int) -> list[tuple[int, str]]:
    """Return who sign in by a password under an address, each with its hash: the first so many on file."""
    query = (
        select(_credential.c.person_id, _credential.c.password_hash)
        .join(_channel, _channel.c.person_id == _credential.c.person_id)
        .where(func.lower(_channel.c.address) == address.lower(), is_vouched(_channel))
        .distinct()
        .order_by(_credential.c.person_id)
        .limit(limit)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]


def keep_password(connection: Connection, person_id: int, hashed: str, *, now: datetime) -> None:
    """Keep the hash of a person's password, in place of an earlier one."""
    connection.execute(delete(_credential).where(_credential.c.person_id == person_id))
    connection.execute(insert(_credential), [{"person_id": person_id, "password_hash": hashed, "changed_at": now}])


def ways_in(connection: Connection, persons: Collection[int], *, now: datetime) -> frozenset[str]:
    """Return by what one of these persons can sign in: password, address, link."""
    ways = {
        "password": select(_credential.c.person_id).where(_credential.c.person_id.in_(persons)),
        "address": select(_channel.c.id).where(_channel.c.person_id.in_(persons), is_mail_that_letters_go_to(_channel)),
        "link": select(_link.c.person_id).where(
            _link.c.person_id.in_(persons),
            _link.c.used_at.is_(None),
            _link.c.expires_at > now,
            _link.c.purpose != "verify",
        ),
    }
    return frozenset(way for way, query in ways.items() if connection.execute(query.limit(1)).first() is not None)
