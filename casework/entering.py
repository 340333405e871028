"""Entering: a person comes on file from the desk, and the address is asked whether it is theirs."""

from __future__ import annotations

from casework.addresses import addresses_of, ask_to_verify
from casework.core.workspace import Office
from casework.people import add_person
from pathways.grammar.clearance import Reader


def enter_person(
    office: Office, name: str, *, email: str, language: str, vouched: bool, treaty: str, reader: Reader
) -> int:
    """Put somebody on file and return the number; unless vouched for, the address gets a letter that asks.

    Two commits: where the second fails, the person is on file with an address that takes no letters yet.
    """
    number = add_person(office, name, email=email, language=language, vouched=vouched, reader=reader)
    for address in addresses_of(office, number, reader=reader):
        if not address.takes_letters and address.returned_at is None:
            ask_to_verify(office, address.channel, treaty=treaty, reader=reader)
    return number
