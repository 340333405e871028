"""Posting, end to end: from a notice to a real mail server, and to the Secretariat's list where it does not arrive."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import event

from casework.letters import administration
from casework.letters.posting import Posted, post
from models.people import people
from models.store.engine import StoreFull
from notifications.outbox import PAUSES
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import remark
from tests.builders import clock_of
from tests.casework.letters.at_the_post import (
    FAR,
    TODAY,
    a_follow_up,
    a_notice,
    a_person,
    a_workspace_with_mail,
    next_rung,
    states,
    the_list,
)
from tests.mailserver import Answer


@pytest.fixture
def make(tmp_path, record_as, mail_server):
    opened, url = [], record_as(empty=True)

    def workspace(**said):
        opened.append(a_workspace_with_mail(tmp_path, url, mail_server, **said))
        return opened[-1]

    yield workspace
    for made in opened:
        made.close()


@pytest.fixture
def workspace(make):
    return make()


def test_a_letter_goes_from_its_notice_to_its_reader(workspace, mail_server):
    a_notice(workspace, a_person(workspace, "Champion", language="fr"))
    assert post(workspace, run="test") == Posted(sent=1)
    [received] = mail_server.to("champion@x.test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    assert received.message["X-Accede-Letter"] == letter.letter
    assert f"{workspace.settings.base_url}/l/{letter.letter}" in received.text
    assert "Un État de votre région : pas de nouvelles" in received.text
    assert (letter.name, letter.state, letter.attempts) == ("Champion", "sent", 1)
    assert post(workspace, run="test") == Posted()


def test_a_states_name_travels_only_when_the_matter_is_public(workspace, mail_server):
    person = a_person(workspace, "Champion", language="es")
    a_notice(workspace, person, "a")
    a_notice(workspace, person, "b", kind="news", occasion="step", about="deposited", is_public=True)
    a_notice(workspace, person, "c", kind="news", occasion="step", about="start_drafting", state="KEN")
    post(workspace, run="test")
    text = mail_server.messages[0].text
    assert "Namibia: instrumento depositado" in text
    assert "Un Estado de su región: hay novedades en el camino hacia el tratado." in text
    assert "Ken" not in text
    assert "draft" not in text


def test_a_mandate_that_ended_stops_letters_at_once(workspace, mail_server):
    a_notice(workspace, a_person(workspace, "Champion"))
    with workspace.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(workspace, run="test") == Posted()
    assert mail_server.messages == []
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    assert (letter.state, letter.reason) == ("given_up", remark("letter_mandate_ended"))


def test_only_what_the_ended_mandate_reached_is_taken_out(workspace, mail_server):
    person = a_person(workspace, "Both", region="Africa")
    with workspace.registry() as connection:
        mandate = people.add(
            connection, "mandate", role="champion", of="JPN", of_state=True, treaty="att", scheme="att_region",
            region="Asia", starts_on=TODAY - FAR,
        )  # fmt: skip
        people.add(connection, "hold", mandate_id=mandate, person_id=person, starts_on=TODAY - FAR)
    a_notice(workspace, person, "africa", state="NAM", kind="news", occasion="step", about="signed", is_public=True)
    a_notice(workspace, person, "asia", state="THA", kind="news", occasion="step", about="signed", is_public=True)
    with workspace.registry() as connection:
        people.end_mandate(connection, 1, TODAY)
    assert post(workspace, run="test") == Posted(sent=1)
    assert "Thailand" in mail_server.messages[0].text
    assert "Namibia" not in mail_server.messages[0].text


def test_what_was_overtaken_in_mid_post_is_not_sent_after_a_crash(workspace, mail_server):
    """A worker died with the letter in hand; meanwhile its follow-up was closed."""
    a_follow_up(workspace, "k", closed_on=TODAY, outcome="done")
    a_notice(workspace, a_person(workspace, "Champion"), follow_up_key="k")
    assert post(workspace, run="test") == Posted()
    assert states(workspace) == ["given_up"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"mail": False}, "no_address_on_file"),
        ({"vouched_by": None}, "address_not_vouched_for"),
    ],
)
def test_who_has_no_good_address_is_on_the_secretariats_list_once(workspace, mail_server, said, reason):
    person = a_person(workspace, "Champion", **said)
    a_person(workspace, "Secretariat", role="secretariat")
    for day in range(3):
        a_notice(workspace, person, f"k{day}")
        clock_of(workspace).hour += timedelta(days=1)
        post(workspace, run="test")
    letters = [
        letter for letter in administration.list_letters(workspace, reader=OPERATOR) if letter.name == "Champion"
    ]
    assert [(letter.state, letter.reason) for letter in letters] == [("held", remark(reason))] * 3
    assert len(the_list(workspace, f"unreachable:{person}:")) == 1
    assert len(mail_server.to("secretariat@x.test")) == 1
    assert mail_server.to("champion@x.test") == []


def test_held_letters_leave_as_soon_as_there_is_an_address(workspace, mail_server):
    person = a_person(workspace, "Champion", vouched_by=None)
    a_notice(workspace, person)
    assert post(workspace, run="test") == Posted(held=1)
    assert post(workspace, run="test") == Posted()
    with workspace.registry() as connection:
        people.add(connection, "channel", person_id=person, kind="email", address="new@x.test", vouched_by="operator")
    assert post(workspace, run="test") == Posted(sent=1)
    assert len(mail_server.to("new@x.test")) == 1
    assert the_list(workspace, "unreachable:") == []


def test_held_letters_leave_as_soon_as_there_is_a_mail_server(make, mail_server):
    workspace = make(smtp_host=None)
    a_notice(workspace, a_person(workspace, "Champion"))
    assert post(workspace, run="test") == Posted(held=1)
    with_mail = make()
    assert post(with_mail, run="test") == Posted(sent=1)
    assert the_list(with_mail, "no_mail_server:") == []


def test_a_dead_letter_is_on_the_secretariats_list_with_its_reason(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Champion"))
    a_person(workspace, "Secretariat", role="secretariat")
    assert post(workspace, run="test").dead == 1
    dead = next(letter for letter in administration.list_letters(workspace, reader=OPERATOR) if letter.state == "dead")
    assert dead.reason == "550 no such mailbox here"
    assert the_list(workspace, "letter_dead:") == [f"letter_dead:{dead.letter}"]
    post(workspace, run="test")
    [told] = mail_server.to("secretariat@x.test")
    assert "A letter was refused for good." in told.text


def test_when_the_secretariats_own_letters_die_they_do_not_breed(workspace, mail_server):
    mail_server.answers["secretariat@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Secretariat", role="secretariat"), role="secretariat")
    for _ in range(6):
        post(workspace, run="test")
        clock_of(workspace).hour += timedelta(days=1)
    assert len(administration.list_letters(workspace, reader=OPERATOR)) == 2
    assert len(the_list(workspace, "letter_dead:")) == 1


def test_a_busy_server_is_tried_again_after_its_pause(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(workspace, a_person(workspace, "Champion"))
    assert post(workspace, run="test") == Posted(again=1)
    assert post(workspace, run="test") == Posted()
    del mail_server.answers["champion@x.test"]
    clock_of(workspace).hour += PAUSES[0]
    assert post(workspace, run="test") == Posted(sent=1)
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    assert [t.outcome for t in administration.tries_of(workspace, letter.letter, reader=OPERATOR)] == ["again", "sent"]
    assert len({m.message["X-Accede-Letter"] for m in mail_server.messages}) == 1


def test_a_letter_whose_outcome_cannot_be_written_leaves_as_seldom_as_one_that_is_put_off(
    tmp_path, sqlite_record_as, mail_server
):
    """The disk is nearly full: a claim still fits into the record, what came of it does not."""
    workspace = a_workspace_with_mail(tmp_path, sqlite_record_as(empty=True), mail_server)
    a_notice(workspace, a_person(workspace, "Champion"))
    _leave_no_room_for(workspace, "attempt")
    begun, left_at = workspace.clock.now(), []
    for minute in range(0, 61, 2):
        clock_of(workspace).hour = begun + timedelta(minutes=minute)
        before = len(mail_server.messages)
        with suppress(StoreFull):
            post(workspace, run="test")
        left_at += [minute] * (len(mail_server.messages) - before)
    assert left_at == [0, 6, 16, 32]
    assert states(workspace) == ["waiting"]
    clock_of(workspace).hour = begun + timedelta(hours=2)
    workspace.store.dispose()  # space was made
    with workspace.registry() as connection:
        connection.exec_driver_sql("DROP TRIGGER grows")
    assert post(workspace, run="test") == Posted(sent=1)
    workspace.close()


def test_where_space_is_made_meanwhile_what_did_not_leave_leaves_at_once(tmp_path, sqlite_record_as, mail_server):
    workspace = a_workspace_with_mail(tmp_path, sqlite_record_as(empty=True), mail_server)
    for name in ("One", "Two", "Three"):
        a_notice(workspace, a_person(workspace, name))
    _leave_no_room_for(workspace, "attempt")
    with pytest.raises(StoreFull):
        post(workspace, run="test")
    assert len(mail_server.messages) == 1
    with workspace.registry() as connection:
        connection.exec_driver_sql("DROP TRIGGER grows")
    assert post(workspace, run="test") == Posted(sent=2)
    workspace.close()


def _leave_no_room_for(workspace, table):
    """Let the database's file grow no more, and each row of a table want more than is free in it."""

    def full(connection, _):
        [pages] = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")

    with workspace.registry() as connection:
        connection.exec_driver_sql("CREATE TABLE ballast (filled BLOB)")
        connection.exec_driver_sql(
            f"CREATE TRIGGER grows AFTER INSERT ON {table} BEGIN INSERT INTO ballast VALUES (zeroblob(100000)); END"
        )
    workspace.store.dispose()
    event.listen(workspace.store.engine, "connect", full)


def test_after_two_days_in_vain_it_is_dead(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(workspace, a_person(workspace, "Champion"))
    for pause in PAUSES:
        assert post(workspace, run="test").again == 1
        clock_of(workspace).hour += pause
    assert post(workspace, run="test").dead == 1


def test_without_a_mail_server_letters_are_held_and_the_lack_is_on_the_list_once(make):
    workspace = make(smtp_host=None)
    for name in ("One", "Two"):
        a_notice(workspace, a_person(workspace, name))
    assert post(workspace, run="test") == Posted(held=2)
    assert len(the_list(workspace, "no_mail_server:")) == 1


def test_after_a_letter_was_sent_the_next_rung_has_patience(workspace):
    a_follow_up(workspace, "k")
    a_notice(workspace, a_person(workspace, "Champion"), follow_up_key="k", rung=1)
    post(workspace, run="test")
    assert next_rung(workspace) == TODAY + timedelta(days=14)


def test_a_letter_that_is_held_passes_the_rung_on_at_once(workspace):
    a_follow_up(workspace, "k")
    a_notice(workspace, a_person(workspace, "Champion", mail=False), follow_up_key="k", rung=1)
    post(workspace, run="test")
    assert next_rung(workspace) == TODAY
