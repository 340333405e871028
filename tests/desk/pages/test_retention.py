"""What was kept long enough is erased on a page by an administrator; what is kept about a person is theirs to read."""

from __future__ import annotations

import json

import pytest

from casework.follow_ups.listing import follow_up_list
from casework.people.persons import add_person
from casework.retention.proposals import proposed
from casework.retention.weekly import KEPT_LONG_ENOUGH, look_through
from pathways.grammar.clearance import OPERATOR
from tests.forms import led_to

NAME = "Ruritania Jones"


def without_patience(settings):
    return settings.model_copy(update={"retention_years_unused": 0})


@pytest.fixture
def key(desk, monkeypatch):
    """Put somebody on file who does not serve, where that is kept for no time."""
    person = add_person(desk.workspace, NAME, email="jones@x.test", reader=OPERATOR)
    monkeypatch.setattr(desk.workspace, "settings", without_patience(desk.workspace.settings))
    look_through(desk.workspace)
    return f"person:{person}"


def asked_on(desk):
    """Return the page of the follow-up that asks the Secretariat to look."""
    listed = follow_up_list(desk.workspace, treaty="att", open_only=True, reader=OPERATOR)
    return next(f"/follow-ups/{one.id}" for one in listed if one.kind == KEPT_LONG_ENOUGH)


def waiting(desk):
    return [one.key for one in proposed(desk.workspace, reader=OPERATOR)]


def test_an_administrator_is_led_from_the_follow_up_to_what_is_proposed_and_erases_it(desk, key):
    client = desk.as_("administrator")
    assert 'href="/retention"' in client.get(asked_on(desk)).text
    page = client.get("/retention")
    assert NAME in page.text
    assert "and never served" in page.text
    answer = client.post("/retention", data={"key": key, "meant": "yes"})
    assert led_to(answer) == "/retention says erased"
    assert NAME not in client.get("/retention").text
    assert waiting(desk) == []


def test_what_is_not_said_to_be_meant_stays(desk, key):
    refused = desk.as_("administrator").post("/retention", data={"key": key})
    assert refused.status_code == 422
    assert "Nothing is erased before you tick" in refused.text
    assert waiting(desk) == [key]


def test_what_somebody_else_has_erased_meanwhile_is_said(desk, key):
    client = desk.as_("administrator")
    client.post("/retention", data={"key": key, "meant": "yes"})
    refused = client.post("/retention", data={"key": key, "meant": "yes"})
    assert refused.status_code == 422
    assert "is not among what is proposed" in refused.text


def test_an_officer_knows_that_there_is_something_and_is_shown_nothing(desk, key):
    officer = desk.as_("secretariat")
    shown = officer.get(asked_on(desk)).text
    assert "An administrator of the Secretariat looks at what is proposed." in shown
    assert 'href="/retention"' not in shown
    assert NAME not in officer.get("/retention").text


def test_what_is_kept_about_oneself_is_a_download_on_the_account(desk):
    champion = desk.people["champion"]
    client = desk.as_("champion")
    address = f"/people/{champion}/kept"
    assert f'href="{address}"' in client.get("/account").text
    answer = client.get(address)
    assert answer.headers["content-disposition"].startswith("attachment")
    told = json.loads(answer.text)
    assert told["person"] == champion
    assert [one["name"] for one in told["kept"]["person"]] == ["Champion of Africa"]
