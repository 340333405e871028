"""The noon watch: the desk finds out that nothing was swept, and its letter leaves, though nothing else runs."""

import logging
from threading import Event
from threading import enumerate as threads

import pytest
from click.testing import CliRunner

from casework.letters.letter_link import follow
from casework.operations.sweep import sweep
from desk.server import app, noon_watch
from desk.server.noon_watch import look, watching
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Role
from tests.builders import clock_of
from tests.casework.letters.at_the_post import a_person, a_workspace_with_mail
from tests.casework.operations.test_noon import MINUTE, NOON
from tests.mailserver import Answer


@pytest.fixture
def office(tmp_path, sqlite_record_as, mail_server):
    """Give a record at noon, somebody of the Secretariat, and a mail server."""
    made = a_workspace_with_mail(tmp_path, sqlite_record_as(), mail_server)
    a_person(made, "Ann", role="secretariat")
    clock_of(made).hour = NOON
    yield made
    made.close()


def test_the_letter_leaves_from_the_desk_names_no_state_and_leads_to_what_is_to_be_done(office, mail_server):
    look(office)
    [letter] = mail_server.messages
    assert letter.recipients == ("ann@x.test",)
    assert letter.message["Subject"] == "Accede: no sweep has completed today"
    assert "By noon no sweep had completed today (Arms Trade Treaty)" in letter.text
    [link] = [line for line in letter.text.splitlines() if "/l/" in line]
    ann = Reader.of("person:1", {Role.SECRETARIAT: frozenset()}, of_states=frozenset())
    assert follow(office, link.rpartition("/")[2], reader=ann) == "/follow-ups/1"


def test_a_letter_that_the_server_refused_for_now_leaves_with_a_later_look(office, mail_server):
    mail_server.answers["ann@x.test"] = Answer.LATER
    look(office)
    assert mail_server.messages == []
    mail_server.answers.clear()
    clock_of(office).hour = NOON + 90 * MINUTE
    look(office)
    assert len(mail_server.messages) == 1


def test_once_the_day_is_swept_the_desk_carries_nothing(office, mail_server):
    sweep(office, "att", run="late")
    look(office)
    assert mail_server.messages == []


def test_a_record_that_does_not_answer_is_said_in_the_log_and_in_no_words_of_its_own(office, monkeypatch, caplog):
    def broken(_):
        raise RuntimeError("Ruritania wavers")

    monkeypatch.setattr(noon_watch, "alert_at_noon", broken)
    with caplog.at_level(logging.ERROR):
        look(office)
    assert caplog.messages == ["The desk could not look whether the day was swept: RuntimeError"]


def test_it_looks_again_and_again_until_the_desk_ends(office, monkeypatch):
    looked, seen = Event(), []

    def looks(workspace):
        seen.append(workspace)
        if len(seen) > 2:
            looked.set()

    monkeypatch.setattr(noon_watch, "look", looks)
    with watching(office, every=0.001):
        assert looked.wait(30)
    assert seen[0] is office
    assert not watches()


def test_a_desk_that_serves_watches(office, monkeypatch):
    served = []
    monkeypatch.setattr(app.uvicorn, "run", lambda *_, **__: served.append(watches()))
    monkeypatch.setattr(app, "open_workspace", lambda _: office)
    monkeypatch.setattr(app, "OnceAMinute", lambda: lambda _: True)
    for other in ("write_log", "look_rarely", "make_ready"):
        monkeypatch.setattr(app, other, lambda *_: None)
    assert CliRunner().invoke(app.main, []).exit_code == 0
    assert served == [["noon watch"]]
    assert not watches()


def watches():
    return [thread.name for thread in threads() if thread.name == "noon watch"]
