"""Correspondence: what a person may decide on a letter, and what comes of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from casework.core.rights import NotOnFile, NotYours
from casework.follow_ups.actions import close
from casework.follow_ups.listing import follow_up_list
from casework.follow_ups.page import follow_up_page
from casework.letters import administration
from casework.letters.administration import NotPossible
from casework.letters.posting import Posted, post
from models.letters import outbox
from notifications.outbox import PAUSES
from pathways.grammar.clearance import ANYONE, OPERATOR
from pathways.grammar.refusals import remark
from tests.builders import clock_of
from tests.casework.letters.at_the_post import TODAY, a_notice, a_person, a_workspace_with_mail, the_list
from tests.mailserver import Answer


@pytest.fixture
def workspace(tmp_path, record_as, mail_server):
    workspace = a_workspace_with_mail(tmp_path, record_as(empty=True), mail_server)
    yield workspace
    workspace.close()


def test_a_letter_that_came_back_silences_its_address_until_it_is_good_again(workspace, mail_server):
    person = a_person(workspace, "Champion")
    a_notice(workspace, person)
    post(workspace, run="test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    administration.returned(workspace, letter.letter, reason="mailbox full", reader=OPERATOR)
    assert the_list(workspace, "letter_dead:") == [f"letter_dead:{letter.letter}"]
    clock_of(workspace).hour += timedelta(days=1)
    a_notice(workspace, person, "another")
    assert post(workspace, run="test") == Posted(held=1)
    assert administration.list_letters(workspace, reader=OPERATOR)[0].reason == remark("letters_there_came_back")
    assert len(mail_server.messages) == 1


def test_a_dead_letter_tried_again_leaves_the_list_and_returns_to_it_when_it_dies_again(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Champion"))
    post(workspace, run="test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    administration.retry(workspace, letter.letter, reader=OPERATOR)
    assert the_list(workspace, "letter_dead:") == []
    clock_of(workspace).hour += timedelta(days=1)
    assert post(workspace, run="test") == Posted(dead=1)
    assert len(the_list(workspace, "letter_dead:")) == 1
    administration.give_up(workspace, letter.letter, reason="the mission has closed", reader=OPERATOR)
    assert the_list(workspace, "letter_dead:") == []
    assert administration.list_letters(workspace, reader=OPERATOR)[0].reason == "the mission has closed"


def test_on_the_list_a_dead_letter_is_named_by_its_reader_and_says_why(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Champion"))
    post(workspace, run="test")
    [task] = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "letter_dead"]
    assert task.letter_to == "Champion"
    shown = follow_up_page(workspace, task.id, treaty="att", reader=OPERATOR)
    assert (shown.follow_up.letter_to, shown.reasons) == ("Champion", ("550 no such mailbox here",))


def test_a_dead_letter_that_somebody_closed_is_on_the_list_anew_when_it_dies_again(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Champion"))
    post(workspace, run="test")
    [task] = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "letter_dead"]
    close(workspace, task.id, "done: told by telephone", reader=OPERATOR, treaty="att")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    administration.retry(workspace, letter.letter, reader=OPERATOR)
    assert post(workspace, run="test") == Posted(dead=1)
    assert len(the_list(workspace, "letter_dead:")) == 1


def test_a_letter_that_dies_three_times_in_a_day_is_on_the_list_each_time(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.REFUSE
    a_notice(workspace, a_person(workspace, "Champion"))
    post(workspace, run="test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    for _ in range(2):
        administration.retry(workspace, letter.letter, reader=OPERATOR)
        assert post(workspace, run="test") == Posted(dead=1)
        assert len(the_list(workspace, "letter_dead:")) == 1


def test_a_letter_that_is_held_a_second_time_is_on_the_list_again(workspace, mail_server):
    mail_server.answers["champion@x.test"] = Answer.LATER
    a_notice(workspace, a_person(workspace, "Champion"))
    for server in (None, "127.0.0.1", None):
        workspace.settings = workspace.settings.model_copy(update={"smtp_host": server})
        clock_of(workspace).hour += timedelta(hours=1)
        post(workspace, run="test")
        assert len(the_list(workspace, "no_mail_server:")) == (server is None)


def test_what_cannot_be_done_to_a_letter_is_refused(workspace):
    a_notice(workspace, a_person(workspace, "Champion"))
    post(workspace, run="test")
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    for refused in (administration.retry, administration.give_up):
        with pytest.raises(NotPossible, match="letter_was_sent"):
            refused(workspace, letter.letter, reader=OPERATOR)
    with pytest.raises(NotPossible, match="say_why_it_came_back"):
        administration.returned(workspace, letter.letter, reason=" ", reader=OPERATOR)
    for reason in ("x" * 501, "half a character \udcff"):
        with pytest.raises(NotPossible, match="no_line"):
            administration.returned(workspace, letter.letter, reason=reason, reader=OPERATOR)
    with pytest.raises(NotOnFile, match="no_such_letter"):
        administration.retry(workspace, "nothing", reader=OPERATOR)
    with pytest.raises(NotYours):
        administration.list_letters(workspace, reader=ANYONE)


def test_a_letter_in_hand_is_left_alone(workspace):
    a_notice(workspace, a_person(workspace, "Champion"))
    [letter] = administration.list_letters(workspace, reader=OPERATOR)
    with workspace.registry() as connection:
        now = workspace.clock.now()
        outbox.claim(connection, now=now, today=TODAY, worker="another", until=now + timedelta(minutes=1), limit=1)
    with pytest.raises(NotPossible, match="letter_in_hand"):
        administration.give_up(workspace, letter.letter, reader=OPERATOR)
    assert post(workspace, run="test") == Posted()
    clock_of(workspace).hour += PAUSES[0]
    assert post(workspace, run="test") == Posted(sent=1)
