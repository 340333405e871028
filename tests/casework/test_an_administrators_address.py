"""An administrator's address: an officer of the Secretariat neither shares it by own word nor shuts it."""

import pytest

from casework import correspondence
from casework.addresses import addresses_of, note_returned
from casework.correspondence import list_letters
from casework.entering import enter_person
from casework.link_letters import write_link_letter
from casework.links import Purpose
from casework.office import Office
from casework.people import add_person
from casework.posting import post
from casework.rights import NotYours
from pathways.grammar.clearance import OPERATOR, Reader
from tests.appointments import a_person, eyes, the_secretariat
from tests.casework.at_the_post import an_office_with_mail

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


def test_nor_by_saying_that_a_letter_came_back(tmp_path, store_url, mail_server):
    office = an_office_with_mail(tmp_path, store_url, mail_server)
    officer = eyes(office, the_secretariat(office)[0])
    person = add_person(office, "Head of office", email=ADDRESS, sees_personal=True)
    write(office, person)
    [letter] = list_letters(office)
    with pytest.raises(NotYours, match="Only an administrator"):
        correspondence.returned(office, letter.letter, reason="No such mailbox.", reader=officer)
    assert [(one.state, one.reason) for one in list_letters(office)] == [("sent", None)]
    assert [address.takes_letters for address in addresses_of(office, person, reader=OPERATOR)] == [True]
    correspondence.returned(office, letter.letter, reason="No such mailbox.", reader=OPERATOR)
    assert [address.returned_reason for address in addresses_of(office, person, reader=OPERATOR)] == [
        "No such mailbox."
    ]
    office.close()


def write(office: Office, person: int) -> None:
    with office.registry() as connection:
        write_link_letter(office, connection, person, Purpose.INVITATION, treaty="att")
    assert post(office, run="test").sent == 1
