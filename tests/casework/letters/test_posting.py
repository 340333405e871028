"""Posting, end to end: from the shelf to a real mail server, and to the Secretariat's list where it does not arrive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.letters import administration
from casework.letters.posting import Posted, post
from models.people import people
from notifications.outbox import PAUSES
from tests.builders import clock_of
from tests.casework.letters.at_the_post import (
    FAR,
    TODAY,
    a_follow_up,
    a_notice,
    a_person,
    an_office_with_mail,
    next_rung,
    states,
    the_list,
)
from tests.mailserver import Answer


@pytest.fixture
def make(tmp_path, store_url, mail_server):
    offices = []

    def office(**said):
        offices.append(an_office_with_mail(tmp_path, store_url, mail_server, **said))
        return offices[-1]

    yield office
    for made in offices:
        made.close()


@pytest.fixture
def office(make):
    return make()


def test_a_letter_goes_from_the_shelf_to_its_reader(office, mail_server):
    a_notice(office, a_person(office, "Champion", language="fr"))
    assert post(office, run="test") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    [letter] = administration.list_letters(office)
    assert received.message["X-Accede-Letter"] == letter.letter
    assert f"{office.settings.base_url}/l/{letter.letter}" in received.text
    assert "Un État de votre région : pas de nouvelles" in received.text
    assert (letter.name, letter.state, letter.attempts) == ("Champion", "sent", 1)
    assert post(office, run="test") == Posted()


def test_a_states_name_travels_only_when_the_matter_is_public(office, mail_server):
    person = a_person(office, "Champion", language="es")
    a_notice(office, person, "a")
    a_notice(office, person, "b", kind="news", occasion="step", about="deposited", is_public=True)
    a_notice(office, person, "c", kind="news", occasion="step", about="start_drafting", state="KEN")
    post(office, run="test")
    text = mail_server.messages[0].text
    assert "Namibia: instrumento depositado" in text
    assert "Un Estado de su región: hay novedades en el camino hacia el tratado." in text
    assert "Ken" not in text
    assert "draft" not in text


def test_a_mandate_that_ended_stops_letters_at_once(office, mail_server):
    a_notice(office, a_person(office, "Champion"))
    with office.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(office, run="test") == Posted()
    assert mail_server.messages == []
    [letter] = administration.list_letters(office)
    assert (letter.state, letter.reason) == ("given_up", "the mandate it was written for has ended")


def test_only_what_the_ended_mandate_reached_is_taken_out(office, mail_server):
    person = a_person(office, "Both", region="Africa")
    with office.registry() as connection:
        mandate = people.add(
            connection, "mandate", role="champion", of="JPN", of_state=True, treaty="att", scheme="att_region",
            region="Asia", starts_on=TODAY - FAR,
        )  # fmt: skip
        people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=TODAY - FAR)
    a_notice(office, person, "africa", state="NAM", kind="news", occasion="step", about="signed", is_public=True)
    a_notice(office, person, "asia", state="THA", kind="news", occasion="step", about="signed", is_public=True)
    with office.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(office, run="test") == Posted(sent=1)
    assert "Thailand" in mail_server.messages[0].text
    assert "Namibia" not in mail_server.messages[0].text


def test_what_was_overtaken_in_mid_post_is_not_sent_after_a_crash(office, mail_server):
    """A worker died with the letter in hand; meanwhile its follow-up was closed."""
    a_follow_up(office, "k", closed_on=TODAY, outcome="done")
    a_notice(office, a_person(office, "Champion"), follow_up_key="k")
    assert post(office, run="test") == Posted()
    assert states(office) == ["given_up"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"mail": False}, "No address is on file for this person."),
        ({"vouched_by": None}, "Nobody has vouched for this person's address yet."),
    ],
)
def test_who_has_no_good_address_is_on_the_secretariats_list_once(office, mail_server, said, reason):
    person = a_person(office, "Champion", **said)
    a_person(office, "Secretariat", role="secretariat")
    for day in range(3):
        a_notice(office, person, f"k{day}")
        clock_of(office).hour += timedelta(days=1)
        post(office, run="test")
    letters = [letter for letter in administration.list_letters(office) if letter.name == "Champion"]
    assert [(letter.state, letter.reason) for letter in letters] == [("held", reason)] * 3
    assert len(the_list(office, f"unreachable:{person}:")) == 1
    assert len(mail_server.to("secretariat@x.test")) == 1
    assert mail_server.to("champion@x.test") == []


def test_held_letters_leave_as_soon_as_there_is_an_address(office, mail_server):
    person = a_person(office, "Champion", vouched_by=None)
    a_notice(office, person)
    assert post(office, run="test") == Posted(held=1)
    assert post(office, run="test") == Posted()
    with office.registry() as connection:
        people.add(connection, "channel", person_id=person, kind="email", address="new@x.test", vouched_by="operator")
    assert post(office, run="test") == Posted(sent=1)
    assert len(mail_server.to("new@x.test")) == 1
    assert the_list(office, "unreachable:") == []


def test_held_letters_leave_as_soon_as_there_is_a_mail_server(make, mail_server):
    office = make(smtp_host=None)
    a_notice(office, a_person(office, "Champion"))
    assert post(office, run="test") == Posted(held=1)
    with_mail = make()
    assert post(with_mail, run="test") == Posted(sent=1)
    assert the_list(with_mail, "no_mail_server:") == []


def test_a_dead_letter_is_on_the_secretariats_list_with_its_reason(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(office, a_person(office, "Champion"))
    a_person(office, "Secretariat", role="secretariat")
    assert post(office, run="test").dead == 1
    dead = next(letter for letter in administration.list_letters(office) if letter.state == "dead")
    assert dead.reason == "550 no such mailbox here"
    assert the_list(office, "letter_dead:") == [f"letter_dead:{dead.letter}"]
    post(office, run="test")
    [told] = mail_server.to("secretariat@x.test")
    assert "A letter was refused for good." in told.text


def test_when_the_secretariats_own_letters_die_they_do_not_breed(office, mail_server):
    mail_server.answers["secretariat@x.test"] = Answer.REFUSE
    a_notice(office, a_person(office, "Secretariat", role="secretariat"), role="secretariat")
    for _ in range(6):
        post(office, run="test")
        clock_of(office).hour += timedelta(days=1)
    assert len(administration.list_letters(office)) == 2
    assert len(the_list(office, "letter_dead:")) == 1


def test_a_busy_server_is_tried_again_after_its_pause(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(office, a_person(office, "Champion"))
    assert post(office, run="test") == Posted(again=1)
    assert post(office, run="test") == Posted()
    del mail_server.answers["champion@x.test"]
    clock_of(office).hour += PAUSES[0]
    assert post(office, run="test") == Posted(sent=1)
    [letter] = administration.list_letters(office)
    assert [t.outcome for t in administration.tries_of(office, letter.letter)] == ["again", "sent"]
    assert len({m.message["X-Accede-Letter"] for m in mail_server.messages}) == 1


def test_after_two_days_in_vain_it_is_dead(office, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(office, a_person(office, "Champion"))
    for pause in PAUSES:
        assert post(office, run="test").again == 1
        clock_of(office).hour += pause
    assert post(office, run="test").dead == 1


def test_without_a_mail_server_letters_are_held_and_the_lack_is_on_the_list_once(make):
    office = make(smtp_host=None)
    for name in ("One", "Two"):
        a_notice(office, a_person(office, name))
    assert post(office, run="test") == Posted(held=2)
    assert len(the_list(office, "no_mail_server:")) == 1


def test_after_a_letter_was_sent_the_next_rung_has_patience(office):
    a_follow_up(office, "k")
    a_notice(office, a_person(office, "Champion"), follow_up_key="k", rung=1)
    post(office, run="test")
    assert next_rung(office) == TODAY + timedelta(days=14)


def test_a_letter_that_is_held_passes_the_rung_on_at_once(office):
    a_follow_up(office, "k")
    a_notice(office, a_person(office, "Champion", mail=False), follow_up_key="k", rung=1)
    post(office, run="test")
    assert next_rung(office) == TODAY
