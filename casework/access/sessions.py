"""Sessions: who is signed in at a browser, until when, and what that person may read.

The cookie holds a random token and nothing else; its hash alone is on file. What somebody may do is never kept with the
session: it is read afresh from today's mandates on every request, so that an ended mandate ends access at once.
Sessions go by the real hour, mandates by the record's day.
"""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from casework.core.actors import note
from casework.core.readers import reader_in
from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from models.access import accounts, one_time_links
from models.access.accounts import KeptSession
from models.store.engine import Connection, StoreBusy, StoreFull, StoreReadOnly
from pathways.grammar.clearance import Reader

#: Nobody was there for so long: the session is over.
IDLE = timedelta(hours=8)
#: Over, whatever happens, so long after its beginning.
LONGEST = timedelta(days=7)
_NOTED_EVERY = timedelta(minutes=1)
_TOKEN_BYTES = 32
_LONGEST_TOKEN = 200  # characters; a longer one is nobody's, and is not even hashed
#: Kept so long after they were over, for whoever asks what happened yesterday.
_KEPT_FOR = timedelta(days=7)


class SignedInBy(StrEnum):
    """By what somebody showed who they are."""

    LINK = "link"
    PASSWORD = "password"  # the word, not one


class SignedOut(StrEnum):
    """Why somebody who was signed in no longer is, without having signed out."""

    TIME = "time"  # nobody was there for too long, or the session was too old
    MANDATE = "mandate"  # the last one is over


@dataclass(frozen=True, kw_only=True, slots=True)
class Session:
    """Somebody signed in, as their mandates stand today."""

    person: int
    name: str
    language: str
    reader: Reader


def open_session(workspace: Workspace, person: int, *, by: SignedInBy = SignedInBy.LINK) -> str:
    """Sign a person in and return the token for the cookie; it can be seen this once."""
    with workspace.registry() as connection:
        return open_session_in(workspace, connection, person, by=by)


def open_session_in(workspace: Workspace, connection: Connection, person: int, *, by: SignedInBy) -> str:
    """Sign a person in within a transaction under way, and return the token."""
    token, now = new_token(), workspace.clock.now()
    accounts.add_session(
        connection, hash_of(token), person_id=person, signed_in_by=by, now=now, ends_at=now + LONGEST
    )  # fmt: skip
    return token


def session_of(workspace: Workspace, token: str, *, treaty: str) -> Session | None:
    """Return who is signed in with a token; None when nobody is, or no mandate of theirs is in term today."""
    now = workspace.clock.now()
    with workspace.reading() as connection:
        kept = _kept(connection, token)
        if kept is None or _is_over(kept, now):
            return None
        try:
            reader = reader_in(workspace, connection, kept.person_id, treaty=treaty)
        except NotYours:
            return None
    if now - kept.seen_at >= _NOTED_EVERY:
        _note_visit(workspace, token, now)
    return Session(person=kept.person_id, name=kept.name, language=kept.language, reader=reader)


def why_out(workspace: Workspace, token: str, *, treaty: str) -> SignedOut | None:
    """Tell the holder of a token why it no longer lets them in; None when it never did, or they signed out."""
    with workspace.reading() as connection:
        kept = _kept(connection, token)
        if kept is None:
            return None
        if _is_over(kept, workspace.clock.now()):
            return SignedOut.TIME
        try:
            reader_in(workspace, connection, kept.person_id, treaty=treaty)
        except NotYours:
            return SignedOut.MANDATE
        return None


def sign_out(workspace: Workspace, token: str) -> None:
    """End the session of a token; again changes nothing."""
    with workspace.registry() as connection:
        accounts.sign_out(connection, hash_of(token), now=workspace.clock.now())


def sign_out_everywhere(workspace: Workspace, person: int, *, but: str = "") -> int:
    """End every session of a person, except that of one token if given; return how many were open."""
    with workspace.registry() as connection:
        return sign_out_everywhere_in(workspace, connection, person, but=but)


def sign_out_everywhere_in(workspace: Workspace, connection: Connection, person: int, *, but: str = "") -> int:
    """End every session of a person within a transaction under way."""
    ended = accounts.sign_out_person(connection, person, now=workspace.clock.now(), but=hash_of(but) if but else "")
    if ended:
        note(workspace, connection, Reader(actor=f"person:{person}"), "signed out", f"person:{person}", sessions=ended)
    return ended


def came_by_link_since(workspace: Workspace, connection: Connection, token: str, since: datetime) -> bool:
    """Tell whether the session of a token was opened by a link no earlier than an hour."""
    kept = _kept(connection, token)
    if kept is None or _is_over(kept, workspace.clock.now()):
        return False
    return kept.signed_in_by == SignedInBy.LINK and kept.created_at >= since


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def hash_of(token: str) -> str:
    """Return what is kept of a token. It is random and long: no salt, no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def forget_the_old(workspace: Workspace) -> int:
    """Delete sessions and one-time links that were over a week ago; return how many."""
    before = workspace.clock.now() - _KEPT_FOR
    with workspace.registry() as connection:
        return accounts.purge_sessions(connection, before=before) + one_time_links.purge(connection, before=before)


def _kept(connection: Connection, token: str) -> KeptSession | None:
    """Return the session of a token, unless its person has signed out."""
    kept = accounts.session(connection, hash_of(token)) if 0 < len(token) <= _LONGEST_TOKEN else None
    return None if kept is None or kept.signed_out_at is not None else kept


def _is_over(kept: KeptSession, now: datetime) -> bool:
    return now >= kept.ends_at or now - kept.seen_at > IDLE


def _note_visit(workspace: Workspace, token: str, now: datetime) -> None:
    """Note that somebody was here; when another writer is in the way, the next request does.

    Where nothing can be written what is there can still be read, until the session ends for want of a visit.
    """
    with suppress(StoreBusy, StoreFull, StoreReadOnly), workspace.registry() as connection:
        accounts.touch(connection, hash_of(token), now=now)
