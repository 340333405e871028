"""Letters with a one-time link: to whom, with what, and what is kept of it. Through a real mail server."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.access.one_time_links import LinkOver, sign_in_by_link
from casework.access.rate_limit import MOST, TooManyTries
from casework.access.sessions import hash_of
from casework.access.sign_in_letters import count_asking, invite, send_link
from casework.core.rights import NotOnFile, NotYours
from casework.core.workspace import Office
from casework.letters import administration
from casework.letters.posting import Posted, post
from models.people import people
from notifications.outbox import PAUSES
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes
from tests.builders import clock_of
from tests.casework.letters.at_the_post import TODAY, a_person, an_office_with_mail
from tests.mailserver import Answer, Received


@pytest.fixture
def office(tmp_path, store_url, mail_server):
    made = an_office_with_mail(tmp_path, store_url, mail_server)
    yield made
    made.close()


def ask(office: Office, address: str, leads_to: str = "") -> Posted:
    """Ask for a link, and let the post go."""
    send_link(office, address, treaty="att", leads_to=leads_to)
    return post(office, run="test")


def token_in(received: Received, door: str = "sign-in") -> str:
    """Return the token that a letter brought."""
    found = re.search(rf"http://127\.0\.0\.1:8300/{door}/(\S+)", received.text)
    assert found is not None, received.text
    return found[1]


def everything_kept(office: Office) -> str:
    """Return every row of every table, as text."""
    with office.reading() as connection:
        tables = ("letter", "notice", "attempt", "audit", "one_time_link", "session", "follow_up")
        return repr([[*connection.execute(text(f"SELECT * FROM {table}"))] for table in tables])


def test_the_letter_brings_a_link_that_signs_in_and_leads_back(office, mail_server):
    person = a_person(office, "Champion", language="fr")
    assert ask(office, " CHAMPION@x.test ", leads_to="/follow-ups/7") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    assert received.message["Subject"] == "Accede : votre lien de connexion"
    assert "/follow-ups/7" not in received.text
    came = sign_in_by_link(office, token_in(received), treaty="att")
    assert (came.person, came.leads_to) == (person, "/follow-ups/7")


@pytest.mark.parametrize("address", ["nobody@x.test", "", "x" * 10_000, "a@b\r\nBcc: c@d", "champion@x.test, b@x.test"])
def test_an_address_that_is_nobodys_gets_nothing(office, mail_server, address):
    a_person(office, "Champion")
    assert ask(office, address) == Posted()
    assert mail_server.messages == []


def test_an_address_nobody_vouched_for_gets_no_link(office, mail_server):
    a_person(office, "Champion", vouched_by=None)
    assert ask(office, "champion@x.test") == Posted()


def test_an_address_whose_letters_came_back_gets_no_link(office, mail_server):
    a_person(office, "Champion")
    ask(office, "champion@x.test")
    [letter] = administration.list_letters(office)
    administration.returned(office, letter.letter, reason="no such person")
    clock_of(office).hour += timedelta(hours=1)
    assert ask(office, "champion@x.test") == Posted()


def test_who_holds_no_mandate_any_more_gets_no_link(office, mail_server):
    a_person(office, "Champion")
    with office.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert ask(office, "champion@x.test") == Posted()


def test_somebody_impatient_gets_one_letter_and_later_another(office, mail_server):
    a_person(office, "Champion")
    assert ask(office, "champion@x.test") == Posted(sent=1)
    assert ask(office, "champion@x.test") == Posted()
    clock_of(office).hour += timedelta(minutes=3)
    assert ask(office, "champion@x.test") == Posted(sent=1)


def test_the_link_is_nowhere_in_the_record(office, mail_server):
    a_person(office, "Champion")
    ask(office, "champion@x.test")
    token = token_in(mail_server.messages[0])
    kept = everything_kept(office)
    assert token not in kept
    assert hash_of(token) in kept


def test_using_the_link_marks_its_letter_opened(office, mail_server):
    a_person(office, "Champion")
    ask(office, "champion@x.test")

    def opened():
        with office.reading() as connection:
            return connection.execute(text("SELECT opened_at FROM letter")).scalar_one()

    assert opened() is None
    sign_in_by_link(office, token_in(mail_server.messages[0]), treaty="att")
    assert opened() is not None


def test_each_try_carries_a_fresh_link(office, mail_server):
    a_person(office, "Champion")
    mail_server.answers["champion@x.test"] = Answer.CLOSE_AFTER
    ask(office, "champion@x.test")
    mail_server.answers.clear()
    clock_of(office).hour += PAUSES[0]
    assert post(office, run="test") == Posted(sent=1)
    first, second = (token_in(received) for received in mail_server.messages)
    assert first != second
    sign_in_by_link(office, second, treaty="att")
    with pytest.raises(LinkOver):
        sign_in_by_link(office, first, treaty="att")


def test_what_a_server_says_of_the_link_stays_out_of_the_reason(office, mail_server):
    a_person(office, "Champion")
    mail_server.answers["champion@x.test"] = Answer.QUOTE
    assert ask(office, "champion@x.test") == Posted(dead=1)
    assert "blocked for …" in str(administration.list_letters(office)[0].reason)
    assert token_in(mail_server.messages[0]) not in everything_kept(office)


def test_a_link_goes_to_the_address_and_never_to_a_room_that_several_read(tmp_path, store_url, mail_server):
    room = {"kind": "webhook", "serves": "champion", "host": "127.0.0.1", "port": 9, "tls": False}
    office = an_office_with_mail(tmp_path, store_url, mail_server, offices={"room": room})
    a_person(office, "Champion")
    assert ask(office, "champion@x.test") == Posted(sent=1)
    assert len(mail_server.to("champion@x.test")) == 1
    office.close()


def test_an_invitation_stands_a_week_and_names_the_treaty(office, mail_server):
    person = a_person(office, "Champion")
    letter = invite(office, person, treaty="att", reader=OPERATOR)
    assert post(office, run="test") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    assert received.message["X-Accede-Letter"] == letter
    assert received.message["Subject"] == "Accede: your invitation"
    assert "Arms Trade Treaty" in received.text
    clock_of(office).hour += timedelta(days=6, hours=23)
    assert sign_in_by_link(office, token_in(received), treaty="att").person == person


def test_only_the_secretariat_invites(office):
    person, other = a_person(office, "Champion"), a_person(office, "Other", role="secretariat", region="")
    with pytest.raises(NotYours):
        invite(office, other, treaty="att", reader=eyes(office, person))
    invite(office, person, treaty="att", reader=eyes(office, other))


def test_nobody_is_invited_who_could_not_sign_in(office):
    with pytest.raises(NotYours, match="holds no mandate today"):
        invite(office, a_person(office, "Guest", role=None), treaty="att", reader=OPERATOR)
    with pytest.raises(NotOnFile):
        invite(office, 4711, treaty="att", reader=OPERATOR)


def test_asking_too_often_is_refused_alike_for_everybody(office):
    a_person(office, "Champion")
    said = set()
    for address in ("champion@x.test", "nobody@x.test"):
        for n in range(MOST):
            count_asking(office, address, caller=f"{address}{n}")
        with pytest.raises(TooManyTries) as refused:
            count_asking(office, address, caller="another")
        said.add(str(refused.value))
    assert len(said) == 1
