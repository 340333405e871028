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
from casework.core.workspace import Workspace
from casework.letters import administration
from casework.letters.posting import Posted, post
from models.people import people
from notifications.outbox import PAUSES
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes
from tests.builders import clock_of
from tests.casework.letters.at_the_post import TODAY, a_person, a_workspace_with_mail
from tests.mailserver import Answer, Received


@pytest.fixture
def workspace(tmp_path, record_as, mail_server):
    made = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server)
    yield made
    made.close()


def ask(workspace: Workspace, address: str, leads_to: str = "") -> Posted:
    """Ask for a link, and let the post go."""
    send_link(workspace, address, treaty="att", leads_to=leads_to)
    return post(workspace, run="test")


def token_in(received: Received, page: str = "sign-in") -> str:
    """Return the token that a letter brought."""
    found = re.search(rf"http://127\.0\.0\.1:8300/{page}/(\S+)", received.text)
    assert found is not None, received.text
    return found[1]


def everything_kept(workspace: Workspace) -> str:
    """Return every row of every table, as text."""
    with workspace.reading() as connection:
        tables = ("letter", "notice", "attempt", "audit", "one_time_link", "session", "follow_up")
        return repr([[*connection.execute(text(f"SELECT * FROM {table}"))] for table in tables])


def test_the_letter_brings_a_link_that_signs_in_and_leads_back(workspace, mail_server):
    person = a_person(workspace, "Champion", language="fr")
    assert ask(workspace, " CHAMPION@x.test ", leads_to="/follow-ups/7") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    assert received.message["Subject"] == "Accede : votre lien de connexion"
    assert "/follow-ups/7" not in received.text
    came = sign_in_by_link(workspace, token_in(received), treaty="att")
    assert (came.person, came.leads_to) == (person, "/follow-ups/7")


@pytest.mark.parametrize("address", ["nobody@x.test", "", "x" * 10_000, "a@b\r\nBcc: c@d", "champion@x.test, b@x.test"])
def test_an_address_that_is_nobodys_gets_nothing(workspace, mail_server, address):
    a_person(workspace, "Champion")
    assert ask(workspace, address) == Posted()
    assert mail_server.messages == []


def test_an_address_nobody_vouched_for_gets_no_link(workspace, mail_server):
    a_person(workspace, "Champion", vouched_by=None)
    assert ask(workspace, "champion@x.test") == Posted()


def test_an_address_whose_letters_came_back_gets_no_link(workspace, mail_server):
    a_person(workspace, "Champion")
    ask(workspace, "champion@x.test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    administration.returned(workspace, letter.letter, reason="no such person", reader=OPERATOR)
    clock_of(workspace).hour += timedelta(hours=1)
    assert ask(workspace, "champion@x.test") == Posted()


def test_who_holds_no_mandate_any_more_gets_no_link(workspace, mail_server):
    a_person(workspace, "Champion")
    with workspace.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert ask(workspace, "champion@x.test") == Posted()


def test_somebody_impatient_gets_one_letter_and_later_another(workspace, mail_server):
    a_person(workspace, "Champion")
    assert ask(workspace, "champion@x.test") == Posted(sent=1)
    assert ask(workspace, "champion@x.test") == Posted()
    clock_of(workspace).hour += timedelta(minutes=3)
    assert ask(workspace, "champion@x.test") == Posted(sent=1)


def test_the_link_is_nowhere_in_the_record(workspace, mail_server):
    a_person(workspace, "Champion")
    ask(workspace, "champion@x.test")
    token = token_in(mail_server.messages[0])
    kept = everything_kept(workspace)
    assert token not in kept
    assert hash_of(token) in kept


def test_using_the_link_marks_its_letter_opened(workspace, mail_server):
    a_person(workspace, "Champion")
    ask(workspace, "champion@x.test")

    def opened():
        with workspace.reading() as connection:
            return connection.execute(text("SELECT opened_at FROM letter")).scalar_one()

    assert opened() is None
    sign_in_by_link(workspace, token_in(mail_server.messages[0]), treaty="att")
    assert opened() is not None


def test_each_try_carries_a_fresh_link(workspace, mail_server):
    a_person(workspace, "Champion")
    mail_server.answers["champion@x.test"] = Answer.CLOSE_AFTER
    ask(workspace, "champion@x.test")
    mail_server.answers.clear()
    clock_of(workspace).hour += PAUSES[0]
    assert post(workspace, run="test") == Posted(sent=1)
    first, second = (token_in(received) for received in mail_server.messages)
    assert first != second
    sign_in_by_link(workspace, second, treaty="att")
    with pytest.raises(LinkOver):
        sign_in_by_link(workspace, first, treaty="att")


def test_what_a_server_says_of_the_link_stays_out_of_the_reason(workspace, mail_server):
    a_person(workspace, "Champion")
    mail_server.answers["champion@x.test"] = Answer.QUOTE
    assert ask(workspace, "champion@x.test") == Posted(dead=1)
    assert "blocked for …" in str(administration.list_letters(workspace, reader=OPERATOR)[0].reason)
    assert token_in(mail_server.messages[0]) not in everything_kept(workspace)


def test_a_link_goes_to_the_address_and_never_to_a_room_that_several_read(tmp_path, record_as, mail_server):
    room = {"kind": "webhook", "serves": "champion", "host": "127.0.0.1", "port": 9, "tls": False}
    workspace = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server, offices={"room": room})
    a_person(workspace, "Champion")
    assert ask(workspace, "champion@x.test") == Posted(sent=1)
    assert len(mail_server.to("champion@x.test")) == 1
    workspace.close()


def test_an_invitation_stands_a_week_and_names_the_treaty(workspace, mail_server):
    person = a_person(workspace, "Champion")
    letter = invite(workspace, person, treaty="att", reader=OPERATOR)
    assert post(workspace, run="test") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    assert received.message["X-Accede-Letter"] == letter
    assert received.message["Subject"] == "Accede: your invitation"
    assert "Arms Trade Treaty" in received.text
    clock_of(workspace).hour += timedelta(days=6, hours=23)
    assert sign_in_by_link(workspace, token_in(received), treaty="att").person == person


def test_only_the_secretariat_invites(workspace):
    person, other = a_person(workspace, "Champion"), a_person(workspace, "Other", role="secretariat", region="")
    with pytest.raises(NotYours):
        invite(workspace, other, treaty="att", reader=eyes(workspace, person))
    invite(workspace, person, treaty="att", reader=eyes(workspace, other))


def test_nobody_is_invited_who_could_not_sign_in(workspace):
    with pytest.raises(NotYours, match="invited_without_mandate"):
        invite(workspace, a_person(workspace, "Guest", role=None), treaty="att", reader=OPERATOR)
    with pytest.raises(NotOnFile):
        invite(workspace, 4711, treaty="att", reader=OPERATOR)


def test_an_address_is_one_however_its_alphabet_is_spelt(workspace):
    for n in range(MOST):
        count_asking(workspace, "desk@straße.example", caller=str(n))
    with pytest.raises(TooManyTries):
        count_asking(workspace, "desk@xn--strae-oqa.example", caller="another")


def test_asking_too_often_is_refused_alike_for_everybody(workspace):
    a_person(workspace, "Champion")
    said = set()
    for address in ("champion@x.test", "nobody@x.test"):
        for n in range(MOST):
            count_asking(workspace, address, caller=f"{address}{n}")
        with pytest.raises(TooManyTries) as refused:
            count_asking(workspace, address, caller="another")
        said.add(refused.value.refusals)
    assert len(said) == 1
