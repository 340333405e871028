"""One-time links: made for somebody, used once, and never on file themselves.

A link is made when its letter is carried, or printed for the operator; the record keeps its hash. It signs nobody in
whose mandates have ended.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from casework.access.sessions import SignedInBy, hash_of, new_token, open_session_in
from casework.core.actors import name_of, note
from casework.core.readers import person_named, reader_in, require_administrator_for
from casework.core.rights import require_secretariat
from casework.core.workspace import Workspace
from models.access import one_time_links
from models.access.one_time_links import KeptLink
from models.letters import opened as opened_letters
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal


class Purpose(StrEnum):
    """What a link is for."""

    SIGN_IN = "sign_in"  # asked for by the person, by letter
    INVITATION = "invitation"  # the Secretariat's, by letter
    ADMINISTRATOR = "administrator"  # the first one's, printed when the record is opened
    HANDED_OVER = "handed_over"  # printed by the operator for somebody whose mail does not arrive
    VERIFY = "verify"  # shows that an address is somebody's; signs nobody in


#: How long a link stands, from when it is made.
STANDS = {
    Purpose.SIGN_IN: timedelta(minutes=30),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.ADMINISTRATOR: timedelta(days=7),
    Purpose.HANDED_OVER: timedelta(days=1),
    Purpose.VERIFY: timedelta(days=7),
}
SIGNS_IN = frozenset(Purpose) - {Purpose.VERIFY}
#: Who made a link that came by a letter: this, a colon and the letter's id.
LETTER = "letter"
#: What the audit says of it.
SIGNED_IN = "signed in"


class LinkOver(Refused, ValueError):
    """A link leads nowhere: used, too old, or never made; the same words for all three."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(refusal("link_over"))


@dataclass(frozen=True, kw_only=True, slots=True)
class SignedIn:
    """Somebody came in by a link: the token for the cookie, and the page of ours that was asked for."""

    token: str
    person: int
    leads_to: str


def make_link(
    workspace: Workspace,
    connection: Connection,
    person: int,
    purpose: Purpose,
    *,
    by: str,
    channel: int | None = None,
    leads_to: str = "",
) -> str:
    """Make a link within a transaction under way, and return its address; it can be seen this once."""
    token, now = new_token(), workspace.clock.now()
    kept = KeptLink(person_id=person, purpose=purpose, channel_id=channel, leads_to=leads_to, made_by=by)
    one_time_links.add(connection, hash_of(token), kept, now=now, until=now + STANDS[purpose])
    route = "verify" if purpose is Purpose.VERIFY else "sign-in"
    return f"{workspace.settings.base_url.rstrip('/')}/{route}/{token}"


def hand_over_link(workspace: Workspace, person: str | int, *, treaty: str, reader: Reader) -> str:
    """Return a link for somebody whose mail does not arrive, to be handed over by other means; it stands for a day.

    NotYours when that person holds no mandate and could not sign in, or would see more than who hands it over.
    """
    require_secretariat(reader)
    with workspace.registry() as connection:
        number = person_named(connection, person)
        require_administrator_for(connection, number, reader, refusal("link_of_an_administrator"))
        reader_in(workspace, connection, number, treaty=treaty)  # refuses whoever could not sign in
        note(workspace, connection, reader, "link handed over", f"person:{number}")
        return make_link(workspace, connection, number, Purpose.HANDED_OVER, by=reader.actor)


def whose(workspace: Workspace, token: str) -> str:
    """Return the name of the person whom a link would sign in; LinkOver when it leads nowhere."""
    with workspace.reading() as connection:
        kept = one_time_links.standing(connection, hash_of(token), now=workspace.clock.now())
        if kept is None or kept.purpose not in SIGNS_IN:
            raise LinkOver
        return name_of(connection, kept.person_id)


def sign_in_by_link(workspace: Workspace, token: str, *, treaty: str) -> SignedIn:
    """Use a link up and sign its person in; LinkOver when it leads nowhere, NotYours when no mandate is in term.

    Whoever comes in leaves no other link of theirs standing.
    """
    with workspace.registry() as connection:
        now = workspace.clock.now()
        kept = use_link(workspace, connection, token, SIGNS_IN)
        reader = reader_in(workspace, connection, kept.person_id, treaty=treaty)
        one_time_links.cancel(connection, kept.person_id, SIGNS_IN, now=now)
        opened = open_session_in(workspace, connection, kept.person_id, by=SignedInBy.LINK)
        note(workspace, connection, reader, SIGNED_IN, f"person:{kept.person_id}", by=kept.purpose)
    return SignedIn(token=opened, person=kept.person_id, leads_to=kept.leads_to)


def use_link(workspace: Workspace, connection: Connection, token: str, purposes: Collection[Purpose]) -> KeptLink:
    """Use a link up within a transaction under way; LinkOver, which undoes that, when it is not for these purposes.

    The letter that brought it was opened.
    """
    now = workspace.clock.now()
    kept = one_time_links.use(connection, hash_of(token), now=now)
    if kept is None or kept.purpose not in purposes:
        raise LinkOver
    maker, _, letter = kept.made_by.partition(":")
    if maker == LETTER:
        opened_letters.open_letter(connection, letter, kept.person_id, at=now)
    return kept
