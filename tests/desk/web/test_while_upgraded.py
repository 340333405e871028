"""While a record is brought up to a newer version, and after that, the desk says so in its reader's language."""

from contextlib import closing

import pytest
from sqlalchemy import text
from starlette.testclient import TestClient

from casework.dossiers.dossier_view import dossier_view
from desk.server.app import create_app
from models.store.engine import Store
from models.store.schema import StoreNewer, StoreUpgrading
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_workspace, file
from tests.forms import form_for, words

ADDRESS = "http://127.0.0.1:8300"
FORM, FACTS = "/states/PHL/file/exchange", "/states/PHL/facts"
SAID = {"effective": "2022-06-15", "source": "note_verbale", "reference": "NV 9/2022", "note": "Said on the stairs."}
UPGRADING = "It is being brought up to a newer version of Accede"
BEFORE = "this desk is of another"


def the_operators(desk):
    return Store(desk.workspace.store.url.render_as_string(hide_password=False))


def make_newer(store):
    with store.upgrading() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", UPGRADING), ("ar", "يجري الآن الارتقاء")],
)
def test_pages_say_in_the_readers_language_that_the_record_is_being_brought_up(desk, language, says):
    client, operators = desk.as_("secretariat"), the_operators(desk)
    with operators.upgrading():
        answers = [client.get(f"{page}?lang={language}") for page in ("/", "/states", "/states/PHL", "/runs")]
        assert client.get("/health").status_code == 503
    assert {answer.status_code for answer in answers} == {503}
    assert all(says in words(answer) for answer in answers)
    assert (client.get("/states").status_code, client.get("/health").status_code) == (200, 200)
    operators.dispose()


def test_what_is_sent_meanwhile_is_not_saved_and_said_not_to_be(desk):
    client, operators = desk.as_("secretariat"), the_operators(desk)
    form = form_for(client.get(FORM).text, FACTS).data(**SAID)
    before = dossier_view(desk.workspace, "PHL", treaty="att", reader=OPERATOR).facts
    with operators.upgrading():
        answer = client.post(FACTS, data=form)
    assert answer.status_code == 503
    assert UPGRADING in words(answer)
    assert "What you sent was not saved, not even in part." in words(answer)
    assert dossier_view(desk.workspace, "PHL", treaty="att", reader=OPERATOR).facts == before
    operators.dispose()


def test_a_desk_of_the_program_of_before_reads_and_writes_nothing_of_a_newer_record(desk):
    client, operators = desk.as_("secretariat"), the_operators(desk)
    form = form_for(client.get(FORM).text, FACTS).data(**SAID)
    make_newer(operators)
    answers = [client.get("/states"), client.post(FACTS, data=form), client.get("/?lang=ar")]
    assert [answer.status_code for answer in answers] == [503, 503, 503]
    assert BEFORE in words(answers[0])
    assert BEFORE in words(answers[1])
    assert "رُفع إلى إصدار أحدث" in words(answers[2])
    assert client.get("/health").status_code == 503
    operators.dispose()


def test_either_database_tells_who_comes_meanwhile_and_lets_in_who_comes_after(record_as, tmp_path):
    url = record_as()
    with closing(a_workspace(tmp_path, url, opened=False)) as workspace:
        watcher, operators = TestClient(create_app(workspace), base_url=ADDRESS), Store(url)
        with operators.upgrading():
            with pytest.raises(StoreUpgrading), workspace.reading():
                pass
            with pytest.raises(StoreUpgrading):
                file(workspace, "KHM", "exchange", "2026-07-20", "note_verbale:NV 7", channel="mission")
            assert watcher.get("/health").status_code == 503
        assert watcher.get("/health").status_code == 200
        make_newer(operators)
        with pytest.raises(StoreNewer), workspace.registry():
            pass
        operators.dispose()
