"""An administrator's address and office: an officer of the Secretariat neither shares them, nor shuts or ends them."""

from datetime import date

import pytest

from casework.access.link_letters import write_link_letter
from casework.access.one_time_links import Purpose, hand_over_link
from casework.core.rights import NotYours
from casework.core.workspace import Workspace
from casework.letters import administration
from casework.letters.administration import list_letters
from casework.letters.posting import post
from casework.people.addresses import addresses_of, enter_person, note_returned
from casework.people.ending_holds import end_hold
from casework.people.holds import hold
from casework.people.mandates import end_mandate
from casework.people.persons import add_person
from pathways.grammar.clearance import OPERATOR, Reader
from tests.appointments import FROM, a_mandate, a_person, eyes, the_secretariat
from tests.casework.letters.at_the_post import a_workspace_with_mail

ADDRESS = "head@secretariat.example"
SINCE, TODAY = date(2021, 6, 1), date(2026, 7, 24)


@pytest.fixture
def administrator(record: Workspace) -> int:
    return add_person(record, "Head of office", email=ADDRESS, sees_personal=True, reader=OPERATOR)


@pytest.fixture
def officer(record: Workspace) -> Reader:
    return eyes(record, the_secretariat(record)[0])


def enter(workspace: Workspace, reader: Reader, *, vouched: bool, name: str = "Another", email: str = ADDRESS) -> int:
    return enter_person(workspace, name, email=email, language="en", vouched=vouched, treaty="att", reader=reader)


def returned(workspace: Workspace, person: int, reader: Reader) -> None:
    [address] = addresses_of(workspace, person, reader=OPERATOR)
    note_returned(workspace, address.channel, reason="No such mailbox.", reader=reader)


@pytest.mark.parametrize("email", [ADDRESS, ADDRESS.upper()])
def test_an_officer_vouches_for_nobody_at_an_administrators_address(record, administrator, officer, email):
    with pytest.raises(NotYours, match="vouched_at_an_administrators"):
        enter(record, officer, vouched=True, email=email)
    asked = enter(record, officer, vouched=False)
    assert [a.takes_letters for a in addresses_of(record, asked, reader=OPERATOR)] == [False]
    assert enter(record, OPERATOR, vouched=True, name="A third")


def test_an_officer_does_not_shut_an_administrators_address(record, administrator, officer):
    with pytest.raises(NotYours, match="letters_of_an_administrator"):
        returned(record, administrator, officer)
    [address] = addresses_of(record, administrator, reader=OPERATOR)
    assert address.state != "returned"
    returned(record, administrator, OPERATOR)
    returned(record, a_person(record, "Somebody else"), officer)


def test_nor_by_saying_that_a_letter_came_back(tmp_path, record_as, mail_server):
    workspace = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server)
    officer = eyes(workspace, the_secretariat(workspace)[0])
    person = add_person(workspace, "Head of office", email=ADDRESS, sees_personal=True, reader=OPERATOR)
    write(workspace, person)
    [letter] = list_letters(workspace, reader=OPERATOR)
    with pytest.raises(NotYours, match="letters_of_an_administrator"):
        administration.returned(workspace, letter.letter, reason="No such mailbox.", reader=officer)
    assert [(one.state, one.reason) for one in list_letters(workspace, reader=OPERATOR)] == [("sent", None)]
    assert [address.takes_letters for address in addresses_of(workspace, person, reader=OPERATOR)] == [True]
    administration.returned(workspace, letter.letter, reason="No such mailbox.", reader=OPERATOR)
    assert [address.returned_reason for address in addresses_of(workspace, person, reader=OPERATOR)] == [
        "No such mailbox."
    ]
    workspace.close()


def write(workspace: Workspace, person: int) -> None:
    with workspace.registry() as connection:
        write_link_letter(workspace, connection, person, Purpose.INVITATION, treaty="att")
    assert post(workspace, run="test").sent == 1


def test_an_officer_ends_nothing_that_an_administrator_holds_and_gives_it_to_none(record, administrator, officer):
    mandate = a_mandate(record, "secretariat", "ATT Secretariat")
    with pytest.raises(NotYours, match="administrator_takes_up"):
        hold(record, administrator, mandate, from_=FROM, reader=officer, treaty=None)
    hold(record, administrator, mandate, from_=FROM, reader=OPERATOR, treaty=None)
    for ends in (
        lambda reader: end_hold(record, administrator, mandate, on=TODAY, reader=reader, treaty=None),
        lambda reader: end_mandate(record, mandate, on=TODAY, reader=reader, treaty=None),
    ):
        with pytest.raises(NotYours, match="hold_of_an_administrator"):
            ends(officer)
    end_hold(record, administrator, mandate, on=TODAY, reader=OPERATOR, treaty=None)
    end_mandate(
        record, mandate, on=date(2026, 7, 25), reader=officer, treaty=None
    )  # who held it once holds it no longer


def test_an_officer_is_handed_no_link_for_an_administrator_who_serves_otherwise_just_now(
    record, administrator, officer
):
    outreach = a_mandate(record, "champion", "NAM", region="Africa", from_=SINCE)
    hold(record, administrator, outreach, from_=SINCE, reader=officer, treaty=None)
    with pytest.raises(NotYours, match="link_of_an_administrator"):
        hand_over_link(record, administrator, treaty="att", reader=officer)
    assert hand_over_link(record, administrator, treaty="att", reader=OPERATOR)
