"""Letters with a one-time link: written at once, and their link made only when they are carried.

So no link ever lies in the record, and each try carries a fresh one. Such a letter goes to an address, never to a room
that several people read.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import timedelta

from casework.access.one_time_links import LETTER, Purpose, make_link
from casework.core.workspace import Workspace
from models.access import one_time_links
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.letters.outbox import Address, ClaimedNotice
from models.store.engine import Connection
from notifications.letters import Kind

#: A letter that tells of a changed password: it brings no one-time link.
PASSWORD_CHANGED = "password_changed"  # an occasion's name
_ENOUGH_FOR = timedelta(minutes=2)
_CARRY_LINKS = frozenset({Purpose.SIGN_IN, Purpose.INVITATION, Purpose.VERIFY})


def write_link_letter(
    workspace: Workspace, connection: Connection, person: int, occasion: str, *, about: str = "", treaty: str
) -> str:
    """Write a letter that leaves at once, and return its id.

    `about` is the page asked for, or the number of the address that is to be verified; it stands in no letter.
    """
    notice = NewNotice(
        key=f"{Kind.LINK}:{occasion}:{uuid.uuid4().hex}",
        kind=Kind.LINK,
        occasion=occasion,
        about=about,
        person_id=person,
        role="",
        treaty=treaty,
    )
    return notice_rows.write_urgent(connection, notice, now=workspace.clock.now(), today=workspace.today())


def is_coming(
    workspace: Workspace, connection: Connection, person: int, purpose: Purpose, about: str | None = None
) -> bool:
    """Tell whether such a letter was written just now or waits to leave, and so is enough."""
    since = workspace.clock.now() - _ENOUGH_FOR
    return one_time_links.is_on_its_way(connection, person, purpose, since=since, about=about)


def is_for_an_address_alone(notices: Sequence[ClaimedNotice]) -> bool:
    """Tell whether a letter is for its reader's own eyes, and goes by no room."""
    return any(notice.kind == Kind.LINK for notice in notices)


def address_for(notices: Sequence[ClaimedNotice], addresses: Sequence[Address]) -> Address | None:
    """Return where a letter goes: the address to be verified, else the first that letters may go to."""
    asked = next((n.about for n in notices if n.kind == Kind.LINK and n.occasion == Purpose.VERIFY), None)
    if asked is not None:
        return next((a for a in addresses if str(a.channel_id) == asked), None)
    return next((a for a in addresses if a.is_vouched and not a.came_back), None)


def link_in(workspace: Workspace, letter: str, notices: Sequence[ClaimedNotice]) -> str:
    """Make the link of a letter that is about to be carried; empty when it brings none."""
    notice = next((n for n in notices if n.kind == Kind.LINK and n.occasion in _CARRY_LINKS), None)
    if notice is None:
        return ""
    purpose, by = Purpose(notice.occasion), f"{LETTER}:{letter}"
    verifies = purpose is Purpose.VERIFY
    with workspace.registry() as connection:
        return make_link(
            workspace,
            connection,
            notice.person_id,
            purpose,
            by=by,
            channel=int(notice.about) if verifies else None,
            leads_to="" if verifies else notice.about,
        )
