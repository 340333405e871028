"""Addresses: where a person gets letters, and how it is shown that an address is theirs.

One that somebody typed on the desk gets a single letter, which asks. Nothing else goes there before its person has said
yes, and nothing after a letter came back, until they say yes again. Addresses stand in their rows, never in the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casework.access.link_letters import is_coming, write_link_letter
from casework.access.one_time_links import LinkOver, Purpose, use_link
from casework.access.sessions import hash_of
from casework.core.actors import note
from casework.core.readers import require_administrator_for
from casework.core.rights import NotOnFile, NotYours, require_secretariat
from casework.core.text_rules import address_faults, line_faults
from casework.core.workspace import Workspace
from casework.people.persons import NotEntered, add_person, is_an_administrators
from models.access import one_time_links
from models.people import addresses, people
from models.people.addresses import Channel
from models.store.engine import Connection
from notifications.addresses import as_on_file
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal


class AddressState(StrEnum):
    """What is known of an address; letters go to the first two only."""

    VERIFIED = "verified"  # its reader followed a link sent there
    VOUCHED = "vouched_for"  # the operator or the Secretariat says so
    UNVERIFIED = "unverified"
    RETURNED = "returned"  # a letter came back


@dataclass(frozen=True, kw_only=True, slots=True)
class AddressView:
    """An address of a person, and why letters go there or not."""

    channel: int
    address: str
    state: AddressState
    returned_reason: str | None

    @property
    def takes_letters(self) -> bool:
        """Tell whether letters go there."""
        return self.state in (AddressState.VERIFIED, AddressState.VOUCHED)


def add_channel(workspace: Workspace, person: int, address: str, *, treaty: str, reader: Reader) -> int:
    """Put a further address of a person on file, ask there whether it is theirs, and return its number.

    The same again changes nothing. NotEntered says what is wrong with it.
    """
    require_secretariat(reader)
    address = as_on_file(address.strip())
    if faults := tuple(address_faults(address, field="address")):
        raise NotEntered(*faults)
    with workspace.registry() as connection:
        people.alone(connection)
        row = people.person(connection, person)
        if row is None:
            raise NotOnFile(refusal("no_such_person", person=person))
        # Else an officer could come in as that person.
        require_administrator_for(connection, person, reader, refusal("address_of_an_administrator"))
        there = addresses.at_address(connection, person, address)
        if there is not None:
            return there.id
        number = people.add(connection, "channel", person_id=person, kind="email", address=address)
        note(workspace, connection, reader, "address added", f"channel:{number}", person=person)
        _ask(workspace, connection, number, person, treaty)
        return number


def ask_to_verify(workspace: Workspace, channel: int, *, treaty: str, reader: Reader) -> None:
    """Write a letter to an address which asks whether it is its person's; asked just now, nothing more is written."""
    with workspace.registry() as connection:
        found = _of(connection, channel, reader)
        if _ask(workspace, connection, found.id, found.person_id, treaty):
            note(workspace, connection, reader, "asked to verify", f"channel:{found.id}")


def note_returned(workspace: Workspace, channel: int, *, reason: str, reader: Reader) -> None:
    """Note that letters to an address come back: it takes no more of them until it is verified anew."""
    require_secretariat(reader)
    said = " ".join(reason.split())
    if faults := line_faults(said, refusal("say_why_letters_come_back", field="reason")):
        raise NotEntered(*faults)
    with workspace.registry() as connection:
        shut(workspace, connection, _of(connection, channel, reader), reason=said, reader=reader)


def shut(workspace: Workspace, connection: Connection, found: Channel, *, reason: str, reader: Reader) -> None:
    """Let an address take no more letters, within a transaction under way."""
    if is_an_administrators(connection, found.address) and not reader.sees_personal:  # else they could be kept out
        raise NotYours(refusal("letters_of_an_administrator"))
    addresses.returned(connection, found.id, at=workspace.clock.now(), reason=reason)
    note(workspace, connection, reader, "letters came back", f"channel:{found.id}")


def address_to_verify(workspace: Workspace, token: str) -> str:
    """Return the address that a link asks about; LinkOver when it leads nowhere."""
    with workspace.reading() as connection:
        kept = one_time_links.standing(connection, hash_of(token), now=workspace.clock.now())
        found = addresses.one(connection, kept.channel_id) if kept and kept.channel_id else None
        if found is None:
            raise LinkOver
        return found.address


def verify(workspace: Workspace, token: str) -> None:
    """Use a link up: whoever reads letters at that address says that it is theirs. LinkOver when it leads nowhere."""
    with workspace.registry() as connection:
        kept = use_link(workspace, connection, token, (Purpose.VERIFY,))
        if kept.channel_id is None:
            raise LinkOver
        addresses.verified(connection, kept.channel_id, at=workspace.clock.now())
        note(workspace, connection, Reader(actor=f"person:{kept.person_id}"), "verified", f"channel:{kept.channel_id}")


def addresses_of(workspace: Workspace, person: int, *, reader: Reader) -> tuple[AddressView, ...]:
    """Return a person's addresses, to that person and to the Secretariat; to anybody else there are none."""
    if not _concerns(reader, person):
        return ()
    with workspace.reading() as connection:
        return tuple(address_view(found) for found in addresses.of_person(connection, person))


def enter_person(
    workspace: Workspace, name: str, *, email: str, language: str, vouched: bool, treaty: str, reader: Reader
) -> int:
    """Put somebody on file and return the number; unless vouched for, the address gets a letter that asks.

    Two commits: where the second fails, the person is on file with an address that takes no letters yet.
    """
    number = add_person(workspace, name, email=email, language=language, vouched=vouched, reader=reader)
    for address in addresses_of(workspace, number, reader=reader):
        if address.state is AddressState.UNVERIFIED:
            ask_to_verify(workspace, address.channel, treaty=treaty, reader=reader)
    return number


def address_view(channel: Channel) -> AddressView:
    """Show an address with what is known of it; who may see it was decided before."""
    if channel.returned_at is not None:
        state = AddressState.RETURNED
    elif channel.verified_at is not None:
        state = AddressState.VERIFIED
    else:
        state = AddressState.UNVERIFIED if channel.vouched_by is None else AddressState.VOUCHED
    reason = channel.returned_reason if state is AddressState.RETURNED else None
    return AddressView(channel=channel.id, address=channel.address, state=state, returned_reason=reason)


def _ask(workspace: Workspace, connection: Connection, channel: int, person: int, treaty: str) -> bool:
    if is_coming(workspace, connection, person, Purpose.VERIFY, str(channel)):
        return False
    write_link_letter(workspace, connection, person, Purpose.VERIFY, about=str(channel), treaty=treaty)
    return True


def _of(connection: Connection, channel: int, reader: Reader) -> Channel:
    found = addresses.one(connection, channel)
    if found is None or not _concerns(reader, found.person_id):
        raise NotOnFile(refusal("no_such_address", channel=channel))
    return found


def _concerns(reader: Reader, person: int) -> bool:
    return reader.is_secretariat or reader.actor == f"person:{person}"
