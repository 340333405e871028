"""Passwords: signing in with one, choosing one, changing it. Only an argon2 hash is kept.

An account that is not there, one without a password and a wrong password get the same answer, after the same work.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import cache
from threading import BoundedSemaphore

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from casework.access.link_letters import PASSWORD_CHANGED, write_link_letter
from casework.access.one_time_links import SIGNED_IN, SIGNS_IN
from casework.access.rate_limit import count_try
from casework.access.sessions import SignedInBy, came_by_link_since, open_session_in, sign_out_everywhere_in
from casework.core.actors import note
from casework.core.readers import reader_in
from casework.core.rights import require_person
from casework.core.workspace import Workspace
from models.access import accounts, one_time_links
from models.store.engine import Connection
from notifications.addresses import as_on_file, is_address
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, Refused, refusal

SHORTEST, LONGEST = 12, 200  # characters
#: So many persons sign in by passwords under one address, such as a mission's mailbox; the rest come by a link.
MOST_AT_ONE_ADDRESS = 5
#: Who signed in by a link so shortly ago needs no current password: that is how a forgotten one is replaced.
FRESH = timedelta(minutes=30)
_FEWEST_DIFFERENT = 5
# 19 MiB and two passes, as OWASP advises; on half of the processors, so that a crowd signing in leaves room for pages.
_argon2 = PasswordHash((Argon2Hasher(memory_cost=19 * 1024, time_cost=2, parallelism=1),))
_at_once = BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))


class NotSignedIn(Refused, PermissionError):
    """This address and this password let nobody in; never says which of the two is wrong."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(refusal("not_let_in"))


class NotChanged(Refused, ValueError):
    """A password was not changed; a refusal for each reason."""


def sign_in(workspace: Workspace, address: str, password: str, *, caller: str, treaty: str) -> str:
    """Sign somebody in by address and password, and return the token for the cookie.

    NotSignedIn when the two do not fit, NotYours when they do and no mandate is in term, TooManyTries after five tries.
    """
    address = as_on_file(address.strip())
    count_try(workspace, "sign in", account=address, caller=caller)
    there = _passwords_at(workspace, address)
    person, kept, better = _whose(there, password)
    with workspace.registry() as connection:
        if accounts.password_hash(connection, person, lock=True) != kept:  # changed elsewhere in the meantime
            raise NotSignedIn
        reader = reader_in(workspace, connection, person, treaty=treaty)
        if better is not None:
            accounts.keep_password(connection, person, better, now=workspace.clock.now())
        note(workspace, connection, reader, SIGNED_IN, f"person:{person}", by=SignedInBy.PASSWORD)
        return open_session_in(workspace, connection, person, by=SignedInBy.PASSWORD)


def change_password(
    workspace: Workspace, token: str, reader: Reader, *, current: str, new: str, again: str, caller: str, treaty: str
) -> None:
    """Give the person at a session a new password, and end that person's other sessions and links.

    The current one is asked for, unless there is none or the session was opened by a link within half an hour.
    NotChanged lists every reason against it; TooManyTries after five tries.
    """
    person = require_person(reader)
    count_try(workspace, "change password", account=reader.actor, caller=caller)
    with workspace.reading() as connection:
        kept = accounts.password_hash(connection, person)
        is_fresh = came_by_link_since(workspace, connection, token, workspace.clock.now() - FRESH)
    faults = tuple(_faults(new, again))
    if kept is not None and not is_fresh and not _verify(current, kept)[0]:
        faults = (refusal("current_password_wrong", field="current"), *faults)
    if faults:
        raise NotChanged(*faults)
    hashed = _hash(new)
    with workspace.registry() as connection:
        if accounts.password_hash(connection, person, lock=True) != kept:
            raise NotChanged(refusal("password_changed_elsewhere"))
        _put_in_place(workspace, connection, person, hashed, token, treaty)


def _put_in_place(
    workspace: Workspace, connection: Connection, person: int, hashed: str, token: str, treaty: str
) -> None:
    """Keep the new one; whoever came in by the old one, or holds a link from before, is out."""
    now = workspace.clock.now()
    accounts.keep_password(connection, person, hashed, now=now)
    one_time_links.cancel(connection, person, SIGNS_IN, now=now)
    sign_out_everywhere_in(workspace, connection, person, but=token)
    note(workspace, connection, Reader(actor=f"person:{person}"), "password changed", f"person:{person}")
    if "address" in accounts.ways_in(connection, [person], now=now):
        write_link_letter(workspace, connection, person, PASSWORD_CHANGED, treaty=treaty)


def _passwords_at(workspace: Workspace, address: str) -> Sequence[tuple[int, str]]:
    """Return who sign in at an address, with their hashes; what is no address is asked of no database."""
    if not is_address(address):
        return ()
    with workspace.reading() as connection:
        return accounts.passwords_at(connection, address, limit=MOST_AT_ONE_ADDRESS)


def _whose(there: Sequence[tuple[int, str]], password: str) -> tuple[int, str, str | None]:
    """Return whose password it is, the hash it fits and perhaps a better one; a wrong one costs the same everywhere."""
    for person, kept in there:
        fits, better = _verify(password, kept)
        if fits:
            return person, kept, better
    for _ in range(MOST_AT_ONE_ADDRESS - len(there)):
        _verify(password, _nobodys())
    raise NotSignedIn


def _faults(new: str, again: str) -> Iterator[Refusal]:
    if not SHORTEST <= len(new) <= LONGEST:
        yield refusal("password_of_this_length", field="new", shortest=SHORTEST, longest=LONGEST)
    elif len(set(new.casefold())) < _FEWEST_DIFFERENT:
        yield refusal("password_too_plain", field="new")
    if new != again:
        yield refusal("passwords_differ", field="again")


def _hash(password: str) -> str:
    with _at_once:
        return _argon2.hash(_typed(password))


def _verify(password: str, kept: str) -> tuple[bool, str | None]:
    """Tell whether a password fits a hash, and return a better hash when the kept one is of older making."""
    with _at_once:
        fits, better = _argon2.verify_and_update(_typed(password[: LONGEST + 1]), kept)
    return fits and len(password) <= LONGEST, better


def _typed(password: str) -> bytes:
    """Return one spelling of what was typed: keyboards write the same letter in several ways."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


@cache
def _nobodys() -> str:
    """Return the hash that a password for no account is held against."""
    return _hash("of nobody at all")
