"""Letters that let somebody sign in: asked for by anybody, written for whoever is on file.

Who asks is told the same whether or not the address is somebody's, and is answered before anybody has looked: counting
the try is all that happens while they wait.
"""

from __future__ import annotations

from casework.access.link_letters import is_coming, write_link_letter
from casework.access.one_time_links import Purpose
from casework.access.rate_limit import count_try
from casework.core.actors import note
from casework.core.readers import reader_in
from casework.core.rights import NotOnFile, NotYours, require_secretariat
from casework.core.workspace import Workspace
from models.access import one_time_links
from models.people import people
from models.store.engine import Connection
from notifications.addresses import as_on_file, is_address
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal


def count_asking(workspace: Workspace, address: str, *, caller: str) -> None:
    """Count that somebody asks for a link; TooManyTries says when the next may be asked for."""
    count_try(workspace, "link", account=as_on_file(address.strip()), caller=caller)


def send_link(workspace: Workspace, address: str, *, treaty: str, leads_to: str = "") -> None:
    """Write a letter with a sign-in link to whoever is reached at an address and holds a mandate; else nothing.

    `leads_to` is the page of ours that was asked for. Takes longer where there is somebody: let nobody wait for it.
    """
    address = as_on_file(address.strip())
    if not is_address(address):
        return
    with workspace.registry() as connection:
        for person in one_time_links.reached_at(connection, address):
            if is_coming(workspace, connection, person, Purpose.SIGN_IN):
                continue
            if _serves(workspace, connection, person, treaty):
                write_link_letter(workspace, connection, person, Purpose.SIGN_IN, about=leads_to, treaty=treaty)


def invite(workspace: Workspace, person: int, *, treaty: str, reader: Reader) -> str:
    """Write a letter that invites somebody in, with a link that stands for a week; return the letter's id."""
    require_secretariat(reader)
    with workspace.registry() as connection:
        row = people.person(connection, person)
        if row is None:
            raise NotOnFile(refusal("no_such_person", person=person))
        if not _serves(workspace, connection, person, treaty):
            raise NotYours(refusal("invited_without_mandate", name=row["name"]))
        note(workspace, connection, reader, "invited", f"person:{person}")
        return write_link_letter(workspace, connection, person, Purpose.INVITATION, treaty=treaty)


def _serves(workspace: Workspace, connection: Connection, person: int, treaty: str) -> bool:
    try:
        reader_in(workspace, connection, person, treaty=treaty)
    except NotYours:
        return False
    return True
