"""An administrator's address: an officer of the Secretariat neither shares it by own word nor shuts it."""

import pytest

from casework.addresses import addresses_of, note_returned
from casework.entering import enter_person
from casework.office import Office
from casework.people import add_person
from casework.rights import NotYours
from pathways.grammar.clearance import OPERATOR, Reader
from tests.appointments import a_person, eyes, the_secretariat

ADDRESS = "head@secretariat.example"


@pytest.fixture
def administrator(record: Office) -> int:
    return add_person(record, "Head of office", email=ADDRESS, sees_personal=True)


@pytest.fixture
def officer(record: Office) -> Reader:
    return eyes(record, the_secretariat(record)[0])


def enter(office: Office, reader: Reader, *, vouched: bool, name: str = "Another", email: str = ADDRESS) -> int:
    return enter_person(office, name, email=email, language="en", vouched=vouched, treaty="att", reader=reader)


def returned(office: Office, person: int, reader: Reader) -> None:
    [address] = addresses_of(office, person, reader=OPERATOR)
    note_returned(office, address.channel, reason="No such mailbox.", reader=reader)


@pytest.mark.parametrize("email", [ADDRESS, ADDRESS.upper()])
def test_an_officer_vouches_for_nobody_at_an_administrators_address(record, administrator, officer, email):
    with pytest.raises(NotYours, match="Only an administrator"):
        enter(record, officer, vouched=True, email=email)
    asked = enter(record, officer, vouched=False)
    assert [a.takes_letters for a in addresses_of(record, asked, reader=OPERATOR)] == [False]
    assert enter(record, OPERATOR, vouched=True, name="A third")


def test_an_officer_does_not_shut_an_administrators_address(record, administrator, officer):
    with pytest.raises(NotYours, match="Only an administrator"):
        returned(record, administrator, officer)
    [address] = addresses_of(record, administrator, reader=OPERATOR)
    assert address.returned_at is None
    returned(record, administrator, OPERATOR)
    returned(record, a_person(record, "Somebody else"), officer)
