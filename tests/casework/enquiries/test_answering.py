"""A State answers by its letter's link: saved, sent once, held as it says, and no fact until it is accepted."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.access.rate_limit import MOST, TooManyTries
from casework.dossiers.deciding import accept
from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.answering import NotAnswered, save, send
from casework.enquiries.form import EnquiryOver, Given, short_form
from casework.enquiries.letters import answer_link
from casework.enquiries.rounds import close_enquiry
from models.enquiries import links
from models.ledger import dossiers
from models.letters import outbox
from pathways.grammar.clearance import OPERATOR, Sensitivity
from tests.builders import clock_of
from tests.casework.enquiries.asked import a_contact, later, opened, stands, written

CALLER = "192.0.2.1"
SECRET = "The minister is against it."
ANSWER = Given(
    stands="drafted", words=SECRET, obstacles=("few_resources", "domestic_politics"), needs=("legal", "model_law")
)


@pytest.fixture
def workspace(record):
    a_contact(record, "AGO")
    a_contact(record, "KHM")
    opened(record)
    return record


def link(workspace, state="AGO"):
    """Carry the letter to a State as the post does, and return the token of its link."""
    query = text(
        "SELECT l.id FROM letter l JOIN notice n ON n.letter_id = l.id JOIN dossier d ON d.id = n.dossier_id"
        " WHERE d.state = :state AND n.occasion LIKE 'enquiry%' ORDER BY n.id DESC"
    )
    with workspace.reading() as connection:
        letter = connection.execute(query, {"state": state}).scalars().first()
        notices = outbox.notices_of(connection, [letter])
    return answer_link(workspace, letter, notices).rpartition("/")[2]


def minute_later(workspace):
    clock_of(workspace).hour += timedelta(minutes=2)


def facts(workspace, state="AGO"):
    with workspace.reading() as connection:
        record = dossiers.record_of(connection, "att", state)
        found = dossiers.facts_of(connection, [record])[record.id]
    return [one for one in found if one.kind in ("enquiry_answer", "needs_recorded")]


def waiting(workspace):
    return [one for one in proposal_list(workspace, treaty="att", reader=OPERATOR) if one.is_waiting]


def form(workspace, token):
    return short_form(workspace, token)


def test_a_link_shows_the_questions_and_nothing_that_is_on_file(workspace):
    shown = form(workspace, link(workspace))
    assert (shown.state, str(shown.until), shown.given, shown.sent_at) == ("AGO", "2026-12-21", Given(), None)
    assert "drafted" in shown.stands
    assert "few_resources" in shown.obstacles
    assert "model_law" in shown.needs


def test_what_is_saved_is_there_again_by_any_letter_to_that_state_and_by_no_other(workspace):
    token = link(workspace)
    save(workspace, token, ANSWER, caller=CALLER)
    later(workspace, 21)
    assert form(workspace, token).given == ANSWER
    assert form(workspace, link(workspace)).given == ANSWER
    assert form(workspace, link(workspace, "KHM")).given == Given()
    assert stands(workspace).answered == 0
    assert waiting(workspace) == []


def test_an_answer_is_a_proposal_and_is_not_shown_again(workspace):
    token = link(workspace)
    save(workspace, token, ANSWER, caller=CALLER)
    assert not send(workspace, token, ANSWER, caller=CALLER).repeated
    shown = form(workspace, token)
    assert (shown.given, shown.saved_at) == (Given(), None)
    assert shown.sent_at is not None
    assert facts(workspace) == []
    needs, answer = waiting(workspace)
    assert (answer.kind, answer.state, answer.note, answer.fields["stands"]) == (
        "enquiry_answer", "AGO", SECRET, "drafted",
    )  # fmt: skip
    assert (needs.kind, needs.fields["categories"]) == ("needs_recorded", ["legal", "model_law"])
    found = stands(workspace)
    assert (found.answered, found.silent) == (1, 1)
    with workspace.reading() as connection:
        kept = connection.execute(text("SELECT words, stands, obstacles FROM enquiry_answer")).all()
    assert [tuple(row) for row in kept] == [(None, "", "")]


@pytest.mark.parametrize("held", [Sensitivity.CONFIDENTIAL, Sensitivity.COORDINATION, Sensitivity.PUBLIC])
def test_who_may_know_it_is_what_the_state_says_once_it_is_accepted(workspace, held):
    send(workspace, link(workspace), replace(ANSWER, sensitivity=held), caller=CALLER)
    for one in waiting(workspace):
        accept(workspace, one.id, treaty="att", reader=OPERATOR)
    assert {(one.kind, one.sensitivity) for one in facts(workspace)} == {
        ("enquiry_answer", held),
        ("needs_recorded", held),
    }
    assert waiting(workspace) == []


@pytest.mark.parametrize("words", ["مشروع القانون لدى الوزارة.\nليس بعد", "The bill 🙂👩🏽‍⚖️ déjà vu", "x" * 10_000])
def test_words_in_any_script_stand_as_they_were_typed(workspace, words):
    token = link(workspace)
    save(workspace, token, replace(ANSWER, words=words), caller=CALLER)
    assert form(workspace, token).given.words == words
    send(workspace, token, replace(ANSWER, words=words), caller=CALLER)
    answer = waiting(workspace)[1]
    assert answer.note == words
    accept(workspace, answer.id, treaty="att", reader=OPERATOR)
    seen = dossier_view(workspace, "AGO", treaty="att", reader=OPERATOR).facts
    assert [one.note for one in seen if one.kind == "enquiry_answer"] == [words]


def test_the_same_answer_sent_twice_is_one_and_another_stands_beside_it(workspace):
    token = link(workspace)
    send(workspace, token, ANSWER, caller=CALLER)
    assert send(workspace, token, ANSWER, caller=CALLER).repeated
    assert len(waiting(workspace)) == 2
    send(workspace, token, replace(ANSWER, stands="before_parliament", needs=()), caller=CALLER)
    newest = waiting(workspace)[0]
    assert (newest.fields["stands"], newest.replaces) == ("before_parliament", waiting(workspace)[2].id)
    assert [one.replaces for one in waiting(workspace)[1:]] == [None, None]
    assert stands(workspace).answered == 1


def test_whoever_has_answered_gets_no_reminder(workspace):
    send(workspace, link(workspace), ANSWER, caller=CALLER)
    later(workspace, 22)
    assert [state for state, *_ in written(workspace, "enquiry_again")] == ["KHM"]


def test_a_closed_round_a_wrong_link_and_none_look_alike(workspace):
    token = link(workspace)
    save(workspace, token, ANSWER, caller=CALLER)
    close_enquiry(workspace, treaty="att", reader=OPERATOR)
    for one in (token, "wrong", ""):
        minute_later(workspace)
        for do in (
            lambda one=one: form(workspace, one),
            lambda one=one: save(workspace, one, ANSWER, caller=CALLER),
            lambda one=one: send(workspace, one, ANSWER, caller=CALLER),
        ):
            with pytest.raises(EnquiryOver):
                do()
    with workspace.reading() as connection:
        assert connection.execute(text("SELECT COUNT(*) FROM enquiry_answer")).scalar_one() == 0


def test_after_its_last_day_a_round_takes_nothing_though_nobody_has_closed_it(workspace):
    token = link(workspace)
    clock_of(workspace).stand_on("2026-12-21")
    assert form(workspace, token).until == workspace.today()
    clock_of(workspace).stand_on("2026-12-22", clock_of(workspace).hour.time().replace(hour=12))
    with pytest.raises(EnquiryOver):
        form(workspace, token)


def test_whoever_sends_without_end_is_held_up_for_a_minute(workspace):
    token = link(workspace)
    for number in range(MOST):
        save(workspace, token, replace(ANSWER, words=f"{number}"), caller=CALLER)
    with pytest.raises(TooManyTries):
        send(workspace, token, ANSWER, caller=CALLER)
    minute_later(workspace)
    assert not send(workspace, token, ANSWER, caller=CALLER).repeated


@pytest.mark.parametrize(
    "given",
    [
        Given(),
        Given(stands="conquered"),
        Given(stands="drafted", obstacles=("weather",)),
        Given(stands="drafted", needs=("tanks",)),
        Given(stands="drafted", words="x" * 20_000),
        Given(stands="drafted", words="\0"),
        Given(stands="drafted", sensitivity=Sensitivity.PERSONAL),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_written(workspace, given):
    with pytest.raises(NotAnswered):
        send(workspace, link(workspace), given, caller=CALLER)
    assert waiting(workspace) == []
    assert stands(workspace).answered == 0


def test_of_a_token_only_its_hash_is_kept(workspace):
    token = link(workspace)
    with workspace.reading() as connection:
        assert links.one(connection, token) is None
        assert token not in str(connection.execute(text("SELECT * FROM enquiry_link")).all())
