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
from pathways.grammar.refusals import refusal
from tests.appointments import eyes
from tests.builders import clock_of
from tests.casework.access.test_link_letters import ask, token_in
from tests.casework.letters.at_the_post import a_notice, a_person, a_workspace_with_mail


@pytest.fixture
def workspace(tmp_path, record_as, mail_server):
    made = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server)
    yield made
    made.close()


def add(workspace, person, address="new@x.test", reader=OPERATOR):
    return add_channel(workspace, person, address, treaty="att", reader=reader)


def only(workspace, person):
    [found] = addresses_of(workspace, person, reader=OPERATOR)
    return found


def a_yes(workspace, mail_server, address="new@x.test"):
    """Open the letter that asks, and say yes."""
    post(workspace, run="test")
    verify(workspace, token_in(mail_server.to(address)[-1], "verify"))


def test_an_address_takes_letters_once_its_person_has_said_yes(workspace, mail_server):
    person = a_person(workspace, "Champion", mail=False)
    add(workspace, person)
    a_notice(workspace, person)
    assert post(workspace, run="test") == Posted(sent=1, held=1)
    [asking] = mail_server.messages
    assert asking.message["Subject"] == "Accede: is this address yours?"
    assert "silent" not in asking.text
    verify(workspace, token_in(asking, "verify"))
    assert only(workspace, person).takes_letters
    assert post(workspace, run="test") == Posted(sent=1)
    assert len(mail_server.to("new@x.test")) == 2


def test_an_address_in_another_alphabet_is_kept_and_known_as_the_wire_spells_it(workspace, mail_server):
    person = a_person(workspace, "Champion", mail=False)
    number = add(workspace, person, "desk@Straße.example")
    assert only(workspace, person).address == "desk@xn--strae-oqa.example"
    assert add(workspace, person, "desk@xn--strae-oqa.example") == number, "it is on file already"
    a_yes(workspace, mail_server, "desk@xn--strae-oqa.example")
    assert ask(workspace, "desk@straße.example") == Posted(sent=1)


def test_an_address_nobody_said_yes_to_gets_no_sign_in_link(workspace, mail_server):
    add(workspace, a_person(workspace, "Champion", mail=False))
    post(workspace, run="test")
    assert ask(workspace, "new@x.test") == Posted()


def test_the_question_goes_to_the_new_address_and_not_to_the_old_one(workspace, mail_server):
    person = a_person(workspace, "Champion")
    add(workspace, person)
    assert post(workspace, run="test") == Posted(sent=1)
    assert mail_server.to("champion@x.test") == []
    assert len(mail_server.to("new@x.test")) == 1


def test_a_yes_counts_once_and_signs_nobody_in(workspace, mail_server):
    add(workspace, a_person(workspace, "Champion", mail=False))
    post(workspace, run="test")
    token = token_in(mail_server.messages[0], "verify")
    with pytest.raises(LinkOver):
        sign_in_by_link(workspace, token, treaty="att")
    assert address_to_verify(workspace, token) == "new@x.test"
    verify(workspace, token)
    for verb in (verify, address_to_verify):
        with pytest.raises(LinkOver):
            verb(workspace, token)


def test_a_sign_in_link_verifies_no_address(workspace, mail_server):
    a_person(workspace, "Champion")
    ask(workspace, "champion@x.test")
    token = token_in(mail_server.messages[0])
    with pytest.raises(LinkOver):
        verify(workspace, token)
    assert sign_in_by_link(workspace, token, treaty="att")


def test_letters_that_come_back_close_an_address_until_the_next_yes(workspace, mail_server):
    person = a_person(workspace, "Champion")
    channel = only(workspace, person).channel
    note_returned(workspace, channel, reason=" no such\n person ", reader=OPERATOR)
    assert (only(workspace, person).takes_letters, only(workspace, person).returned_reason) == (False, "no such person")
    a_notice(workspace, person)
    assert post(workspace, run="test") == Posted(held=1)
    ask_to_verify(workspace, channel, treaty="att", reader=OPERATOR)
    assert post(workspace, run="test") == Posted(sent=1)
    a_yes(workspace, mail_server, "champion@x.test")
    assert only(workspace, person).takes_letters
    assert post(workspace, run="test") == Posted(sent=1)


def test_a_question_that_waited_for_a_mail_server_leaves_when_there_is_one(tmp_path, record_as, mail_server):
    workspace = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server, smtp_host=None)
    add(workspace, a_person(workspace, "Champion", mail=False))
    assert post(workspace, run="test") == Posted(held=1)
    workspace.settings = workspace.settings.model_copy(update={"smtp_host": "127.0.0.1"})
    assert post(workspace, run="test") == Posted(sent=1)
    workspace.close()


def test_asking_twice_in_a_row_writes_one_letter(workspace, mail_server):
    person = a_person(workspace, "Champion", mail=False)
    channel = add(workspace, person)
    assert add(workspace, person, "NEW@x.test") == channel
    ask_to_verify(workspace, channel, treaty="att", reader=OPERATOR)
    assert post(workspace, run="test") == Posted(sent=1)
    clock_of(workspace).hour += timedelta(minutes=3)
    ask_to_verify(workspace, channel, treaty="att", reader=OPERATOR)
    assert post(workspace, run="test") == Posted(sent=1)


def test_what_the_secretariat_types_is_asked_about_and_what_the_operator_types_is_not(workspace, mail_server):
    secretariat = eyes(workspace, a_person(workspace, "Secretariat", role="secretariat"))
    typed = add_person(workspace, "Guest", email="guest@x.test", reader=secretariat)
    entered = add_person(workspace, "Host", email="host@x.test", reader=OPERATOR)
    assert not only(workspace, typed).takes_letters
    assert only(workspace, entered).takes_letters


@pytest.mark.parametrize("address", ["", "nobody", "a@b\r\nBcc: c@d", "a@x.test, b@x.test", "=cmd()@x test", "x" * 999])
def test_what_is_no_address_is_refused(workspace, address):
    person = a_person(workspace, "Champion")
    with pytest.raises(NotEntered, match="no_address"):
        add(workspace, person, address)


def test_addresses_are_for_their_person_and_the_secretariat(workspace):
    person, other = a_person(workspace, "Champion"), a_person(workspace, "Other", region="Asia")
    channel = only(workspace, person).channel
    assert addresses_of(workspace, person, reader=eyes(workspace, person))
    assert addresses_of(workspace, person, reader=eyes(workspace, other)) == ()
    with pytest.raises(NotOnFile) as hidden:
        ask_to_verify(workspace, channel, treaty="att", reader=eyes(workspace, other))
    with pytest.raises(NotOnFile) as absent:
        ask_to_verify(workspace, 4711, treaty="att", reader=eyes(workspace, other))
    assert hidden.value.refusals == (refusal("no_such_address", channel=channel),)
    assert absent.value.refusals == (refusal("no_such_address", channel=4711),)
    for act in (lambda: add(workspace, person, reader=eyes(workspace, person)),
                lambda: note_returned(workspace, channel, reason="x", reader=eyes(workspace, person))):  # fmt: skip
        with pytest.raises(NotYours):
            act()


def test_an_officer_gives_no_administrator_an_address_and_so_does_not_come_in_as_one(workspace):
    administrator = add_person(workspace, "Administrator", email="head@x.test", sees_personal=True, reader=OPERATOR)
    officer = eyes(workspace, a_person(workspace, "Officer", role="secretariat", region=""))
    with pytest.raises(NotYours, match="address_of_an_administrator"):
        add(workspace, administrator, "officer@x.test", reader=officer)
    assert add(workspace, administrator, "head.too@x.test", reader=replace(officer, sees_personal=True))


@pytest.mark.parametrize(
    ("reason", "code"),
    [("", "say_why_letters_come_back"), ("  \n ", "say_why_letters_come_back"), ("x" * 501, "no_line")],
)
def test_a_return_wants_its_reason_in_one_line(workspace, reason, code):
    channel = only(workspace, a_person(workspace, "Champion")).channel
    with pytest.raises(NotEntered, match=code):
        note_returned(workspace, channel, reason=reason, reader=OPERATOR)
