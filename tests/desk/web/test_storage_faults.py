"""A full disk, a record or a folder that may not be written: the desk names the cause and keeps what was typed."""

import errno
import logging
from pathlib import Path

import pytest
from sqlalchemy import event

from casework.dossiers.dossier_view import dossier_view
from casework.files.attachments import NotKept
from casework.follow_ups.listing import follow_up_view
from desk.web import storage_faults
from desk.web.throttled_log import ThrottledLog
from pathways.grammar.clearance import OPERATOR
from tests.forms import form_for, words
from tests.papers import PDF

STATE = "PHL"
FORM, FACTS = f"/states/{STATE}/file/exchange", f"/states/{STATE}/facts"
WORDS = "Said on the stairs. " * 450  # more than fits into what is left of a page
SAID = {"effective": "2022-06-15", "source": "note_verbale", "reference": "NV 9/2022", "note": WORDS}
FULL, SHUT = "The disk of the server is full", "The server may not write where the record"
LET_ALONE = "What you sent was not saved, not even in part. Go back in your browser"


@pytest.fixture(autouse=True)
def nothing_was_written_within_the_minute(monkeypatch):
    """Let the log speak: another test of this process may have met the same fault just now."""
    monkeypatch.setattr(storage_faults, "_throttled", ThrottledLog(logging.getLogger("accede.desk")))


def grows_no_more(connection, _record):
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")


def takes_no_writing(connection, _record):
    connection.execute("PRAGMA query_only=ON")


def connections_are(desk, made_so):
    """Let every connection from now on be made so."""
    desk.workspace.store.dispose()
    event.listen(desk.workspace.store.engine, "connect", made_so)


def has_little_room(connection, _record):
    """Leave room for a few answers to follow-ups, and not for many."""
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages + 4}")


def facts_of(desk):
    return len(dossier_view(desk.workspace, STATE, treaty="att", reader=OPERATOR).facts)


@pytest.mark.parametrize(("made_so", "cause"), [(grows_no_more, FULL), (takes_no_writing, SHUT)])
def test_a_fact_that_cannot_be_written_is_shown_again_with_the_cause(desk, caplog, made_so, cause):
    client, before = desk.as_("secretariat"), facts_of(desk)
    form = form_for(client.get(FORM).text, FACTS).data(**SAID)
    connections_are(desk, made_so)
    answer = client.post(FACTS, data=form)
    assert answer.status_code == 503
    assert cause in answer.text
    assert form_for(answer.text, FACTS).data()["note"].strip() == WORDS.strip()
    assert facts_of(desk) == before
    assert client.get("/states").status_code == 200, "what is there can be read"
    [line] = caplog.messages
    assert "/states/{state}/facts" in line
    assert "stairs" not in line


@pytest.mark.parametrize(("made_so", "cause"), [(grows_no_more, FULL), (takes_no_writing, SHUT)])
def test_any_other_form_is_answered_with_the_cause_and_the_way_back(desk, made_so, cause):
    client = desk.as_("secretariat")
    connections_are(desk, made_so)
    answers = [
        client.post("/people", data={"name": f"Somebody {n} {'x' * 90}", "email": f"s{n}@mission.example"})
        for n in range(60 if made_so is grows_no_more else 1)  # until no page has any room left
    ]
    assert answers[-1].status_code == 503
    assert cause in answers[-1].text
    assert LET_ALONE in answers[-1].text


@pytest.fixture
def many(desk, silent):
    """Give the numbers of the champion's follow-ups, and a form that answers all of them."""
    ids = sorted(silent[state] for state in silent if state not in ("KHM", "HTI", "BHS", "TUR", "UKR", "ISR"))
    return ids, {"ticked": [str(id_) for id_ in ids], "act": "close", "outcome": "done", "text": "S" * 450}


def closed(desk, ids):
    return [id_ for id_ in ids if follow_up_view(desk.workspace, id_, treaty="att", reader=OPERATOR).closed_on]


def test_of_several_answers_those_that_found_room_stand_and_every_other_one_is_named(desk, many):
    ids, form = many
    client = desk.as_("secretariat")
    connections_are(desk, has_little_room)
    answer = client.post("/follow-ups/together", data=form)
    done = closed(desk, ids)
    assert 0 < len(done) < len(ids)
    assert answer.status_code == 503
    assert "not even in part" not in answer.text
    for id_ in ids:
        assert (f"What you said of follow-up {id_} was not saved" in words(answer)) is (id_ not in done)
    assert "done" in words(answer).partition("The other ")[2].partition(".")[0]
    assert form_for(answer.text, "/follow-ups/together").data()["text"] == form["text"]


def test_where_none_of_several_answers_found_room_nothing_is_said_to_be_saved(desk, many):
    ids, form = many
    client = desk.as_("secretariat")
    connections_are(desk, takes_no_writing)
    answer = client.post("/follow-ups/together", data=form)
    assert (closed(desk, ids), answer.status_code, LET_ALONE in answer.text) == ([], 503, True)


def test_a_record_that_is_gone_after_a_part_was_saved_says_so(desk, many):
    _, form = many
    client = desk.as_("secretariat")
    answered = []

    def is_gone_after_two(connection):
        answered.append(connection)
        if len(answered) == 2:
            desk.workspace.store.dispose()
            event.listen(desk.workspace.store.engine, "connect", lambda connection, _: connection.execute("gone"))

    event.listen(desk.workspace.store.engine, "commit", is_gone_after_two)
    answer = client.post("/follow-ups/together", data=form)
    assert answer.status_code == 503
    assert LET_ALONE not in answer.text
    assert "Of what you sent, a part was saved before that." in answer.text


def test_a_file_that_cannot_be_put_down_loses_no_word(desk, caplog):
    client, before = desk.as_("secretariat"), facts_of(desk)
    form = form_for(client.get(FORM).text, FACTS).data(**SAID)
    (desk.workspace.settings.home / "attachments").write_text("Somebody put a file in the folder's place.")
    answer = client.post(FACTS, data=form, files={"attachment": ("law.pdf", PDF, "application/pdf")})
    assert answer.status_code == 503
    assert SHUT in answer.text
    assert form_for(answer.text, FACTS).data()["note"].strip() == WORDS.strip()
    assert facts_of(desk) == before
    [line] = caplog.messages
    assert "NotKept" in line


@pytest.mark.parametrize(
    ("number", "is_full"), [("ENOSPC", True), ("EDQUOT", True), ("EROFS", False), ("EACCES", False)]
)
def test_a_full_disk_is_told_from_a_folder_that_may_not_be_written(number, is_full):
    assert NotKept(OSError(getattr(errno, number), "")).is_full is is_full


def test_who_only_looks_is_not_told_of_something_sent(desk):
    client = desk.as_("secretariat")
    desk.workspace.store.dispose()
    Path(desk.workspace.store.where).write_bytes(b"not a database at all" * 1000)
    looked, sent = client.get("/states"), client.post("/people", data={"name": "Somebody"})
    assert (looked.status_code, sent.status_code) == (503, 503)
    assert "What you sent" not in looked.text
    assert LET_ALONE in sent.text
