"""Addresses: one that was only typed gets a single letter, which asks; the rest comes after a yes."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from casework.access.one_time_links import LinkOver, sign_in_by_link
from casework.core.rights import NotOnFile, NotYours
from casework.letters.posting import Posted, post
from casework.people.addresses import add_channel, address_to_verify, addresses_of, ask_to_verify, note_returned, verify
from casework.people.persons import NotEntered, add_person
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes
from tests.builders import clock_of
from tests.casework.access.test_link_letters import ask, token_in
from tests.casework.letters.at_the_post import a_notice, a_person, an_office_with_mail


@pytest.fixture
def office(tmp_path, store_url, mail_server):
    made = an_office_with_mail(tmp_path, store_url, mail_server)
    yield made
    made.close()


def add(office, person, address="new@x.test", reader=OPERATOR):
    return add_channel(office, person, address, treaty="att", reader=reader)


def only(office, person):
    [found] = addresses_of(office, person, reader=OPERATOR)
    return found


def a_yes(office, mail_server, address="new@x.test"):
    """Open the letter that asks, and say yes."""
    post(office, run="test")
    verify(office, token_in(mail_server.to(address)[-1], "verify"))


def test_an_address_takes_letters_once_its_person_has_said_yes(office, mail_server):
    person = a_person(office, "Champion", mail=False)
    add(office, person)
    a_notice(office, person)
    assert post(office, run="test") == Posted(sent=1, held=1)
    [asking] = mail_server.messages
    assert asking.message["Subject"] == "Accede: is this address yours?"
    assert "silent" not in asking.text
    verify(office, token_in(asking, "verify"))
    assert only(office, person).takes_letters
    assert post(office, run="test") == Posted(sent=1)
    assert len(mail_server.to("new@x.test")) == 2


def test_an_address_nobody_said_yes_to_gets_no_sign_in_link(office, mail_server):
    add(office, a_person(office, "Champion", mail=False))
    post(office, run="test")
    assert ask(office, "new@x.test") == Posted()


def test_the_question_goes_to_the_new_address_and_not_to_the_old_one(office, mail_server):
    person = a_person(office, "Champion")
    add(office, person)
    assert post(office, run="test") == Posted(sent=1)
    assert mail_server.to("champion@x.test") == []
    assert len(mail_server.to("new@x.test")) == 1


def test_a_yes_counts_once_and_signs_nobody_in(office, mail_server):
    add(office, a_person(office, "Champion", mail=False))
    post(office, run="test")
    token = token_in(mail_server.messages[0], "verify")
    with pytest.raises(LinkOver):
        sign_in_by_link(office, token, treaty="att")
    assert address_to_verify(office, token) == "new@x.test"
    verify(office, token)
    for door in (verify, address_to_verify):
        with pytest.raises(LinkOver):
            door(office, token)


def test_a_sign_in_link_verifies_no_address(office, mail_server):
    a_person(office, "Champion")
    ask(office, "champion@x.test")
    token = token_in(mail_server.messages[0])
    with pytest.raises(LinkOver):
        verify(office, token)
    assert sign_in_by_link(office, token, treaty="att")


def test_letters_that_come_back_close_an_address_until_the_next_yes(office, mail_server):
    person = a_person(office, "Champion")
    channel = only(office, person).channel
    note_returned(office, channel, reason=" no such\n person ", reader=OPERATOR)
    assert (only(office, person).takes_letters, only(office, person).returned_reason) == (False, "no such person")
    a_notice(office, person)
    assert post(office, run="test") == Posted(held=1)
    ask_to_verify(office, channel, treaty="att", reader=OPERATOR)
    assert post(office, run="test") == Posted(sent=1)
    a_yes(office, mail_server, "champion@x.test")
    assert only(office, person).takes_letters
    assert post(office, run="test") == Posted(sent=1)


def test_a_question_that_waited_for_a_mail_server_leaves_when_there_is_one(tmp_path, store_url, mail_server):
    office = an_office_with_mail(tmp_path, store_url, mail_server, smtp_host=None)
    add(office, a_person(office, "Champion", mail=False))
    assert post(office, run="test") == Posted(held=1)
    office.settings = office.settings.model_copy(update={"smtp_host": "127.0.0.1"})
    assert post(office, run="test") == Posted(sent=1)
    office.close()


def test_asking_twice_in_a_row_writes_one_letter(office, mail_server):
    person = a_person(office, "Champion", mail=False)
    channel = add(office, person)
    assert add(office, person, "NEW@x.test") == channel
    ask_to_verify(office, channel, treaty="att", reader=OPERATOR)
    assert post(office, run="test") == Posted(sent=1)
    clock_of(office).hour += timedelta(minutes=3)
    ask_to_verify(office, channel, treaty="att", reader=OPERATOR)
    assert post(office, run="test") == Posted(sent=1)


def test_what_the_secretariat_types_is_asked_about_and_what_the_operator_types_is_not(office, mail_server):
    secretariat = eyes(office, a_person(office, "Secretariat", role="secretariat"))
    typed = add_person(office, "Guest", email="guest@x.test", reader=secretariat)
    entered = add_person(office, "Host", email="host@x.test")
    assert not only(office, typed).takes_letters
    assert only(office, entered).takes_letters


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d", "a@x.test, b@x.test", "=cmd()@x test", "x" * 999])
def test_what_is_no_address_is_refused_in_a_sentence(office, address):
    person = a_person(office, "Champion")
    with pytest.raises(NotEntered, match="not one e-mail address"):
        add(office, person, address)


def test_addresses_are_for_their_person_and_the_secretariat(office):
    person, other = a_person(office, "Champion"), a_person(office, "Other", region="Asia")
    channel = only(office, person).channel
    assert addresses_of(office, person, reader=eyes(office, person))
    assert addresses_of(office, person, reader=eyes(office, other)) == ()
    with pytest.raises(NotOnFile) as hidden:
        ask_to_verify(office, channel, treaty="att", reader=eyes(office, other))
    with pytest.raises(NotOnFile) as absent:
        ask_to_verify(office, 4711, treaty="att", reader=eyes(office, other))
    assert str(hidden.value).replace(str(channel), "4711") == str(absent.value)
    for act in (lambda: add(office, person, reader=eyes(office, person)),
                lambda: note_returned(office, channel, reason="x", reader=eyes(office, person))):  # fmt: skip
        with pytest.raises(NotYours):
            act()


def test_an_officer_gives_no_administrator_an_address_and_so_does_not_come_in_as_one(office):
    administrator = add_person(office, "Administrator", email="head@x.test", sees_personal=True)
    officer = eyes(office, a_person(office, "Officer", role="secretariat", region=""))
    with pytest.raises(NotYours, match="Only an administrator"):
        add(office, administrator, "officer@x.test", reader=officer)
    assert add(office, administrator, "head.too@x.test", reader=replace(officer, sees_personal=True))


@pytest.mark.parametrize("reason", ["", "  \n ", "x" * 501])
def test_a_return_wants_its_reason_in_one_line(office, reason):
    channel = only(office, a_person(office, "Champion")).channel
    with pytest.raises(NotEntered, match="one line"):
        note_returned(office, channel, reason=reason, reader=OPERATOR)
