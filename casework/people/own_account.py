"""One's own account: what somebody sees of it, and the language they choose."""

from __future__ import annotations

from dataclasses import dataclass

from casework.access.passwords import FRESH
from casework.access.sessions import IDLE, came_by_link_since
from casework.core.actors import note
from casework.core.rights import require_person
from casework.core.workspace import Workspace
from casework.people.addresses import AddressView, addresses_of
from casework.people.persons import NotEntered
from models.access import accounts
from models.people import people
from notifications.languages import OF_EITHER
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal


@dataclass(frozen=True, kw_only=True, slots=True)
class AccountView:
    """Somebody's own account. `asks_current`: a new password wants the current one; `sessions` are those open now."""

    name: str
    language: str
    roles: tuple[str, ...]
    addresses: tuple[AddressView, ...]
    has_password: bool
    asks_current: bool
    sessions: int


def own_account(workspace: Workspace, token: str, reader: Reader) -> AccountView:
    """Return the account of whoever is signed in with a token."""
    person, now = require_person(reader), workspace.clock.now()
    addresses = addresses_of(workspace, person, reader=reader)
    with workspace.reading() as connection:
        row = people.person(connection, person)
        has_password = accounts.password_hash(connection, person) is not None
        is_fresh = came_by_link_since(workspace, connection, token, now - FRESH)
        return AccountView(
            name=row["name"] if row else "",
            language=row["language"] if row else "",
            roles=tuple(sorted(reader.roles)),
            addresses=addresses,
            has_password=has_password,
            asks_current=has_password and not is_fresh,
            sessions=accounts.open_sessions(connection, person, now=now, seen_since=now - IDLE),
        )


def choose_language(workspace: Workspace, language: str, *, reader: Reader) -> None:
    """Be written to and shown the desk in another language; NotEntered when there is none of that code."""
    person = require_person(reader)
    if language not in OF_EITHER:
        names = tuple(one.name for one in OF_EITHER.values())
        raise NotEntered(refusal("choose_a_language", field="language", languages=names))
    with workspace.registry() as connection:
        people.speaks(connection, person, language)
        note(workspace, connection, reader, "language chosen", f"person:{person}", language=language)
