"""One's own account, the link in a letter, and the address that is asked about."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import text

from casework.access.link_letters import write_link_letter
from casework.access.one_time_links import Purpose, make_link
from casework.access.sessions import open_session
from casework.letters.administration import list_letters
from casework.operations.sweep import sweep
from casework.people.addresses import add_channel
from models.people import addresses, people
from pathways.grammar.clearance import OPERATOR
from tests.forms import form_for, led_to

GOOD = "four lakes at dawn"


def choose(client, **said):
    """Choose a password on the page."""
    return client.post("/account/password", data={"new": GOOD, "again": GOOD, **said})


def letters_of(desk, who) -> list[str]:
    """Return the ids of somebody's letters."""
    written = list_letters(desk.workspace, reader=OPERATOR)
    return [letter.letter for letter in written if letter.person == desk.people[who]]


def opened(desk, letter: str):
    """Return when a letter was opened."""
    with desk.workspace.reading() as connection:
        return connection.execute(text("SELECT opened_at FROM letter WHERE id = :id"), {"id": letter}).scalar()


def test_the_account_shows_its_person_and_asks_for_no_current_password_at_first(desk):
    page = desk.as_("champion").get("/account")
    assert page.status_code == 200
    assert "Champion of Africa" in page.text
    assert "champion@mission.example" in page.text
    assert form_for(page.text, "/account/password").names() >= {"new", "again"}
    assert "Current password" not in page.text


def test_a_password_is_chosen_and_other_browsers_are_signed_out(desk):
    client, elsewhere = desk.as_("champion"), desk.as_("champion")
    answer = choose(client)
    assert led_to(answer) == "/account says password-set"
    assert "The password is set." in client.get(answer.headers["location"]).text
    assert elsewhere.get("/account").status_code == 303


def test_what_is_wrong_with_a_password_is_said_and_the_password_is_not_shown_again(desk):
    refused = choose(desk.as_("champion"), new="short", again="shorter")
    assert refused.status_code == 422
    assert "at least 12" in refused.text
    assert "not written the same way twice" in refused.text
    assert "shorter" not in refused.text


def test_no_other_language_stands_chosen_for_who_reads_none_of_those_offered(desk):
    with desk.workspace.registry() as connection:
        people.speaks(connection, desk.people["champion"], "ru")
    page = desk.as_("champion").get("/account").text
    offered = re.search(r'<select name="language".*?</select>', page, re.DOTALL)[0]
    assert "selected" not in offered
    assert offered.index('<option value="">') < offered.index('<option value="ar">')


def test_a_language_is_chosen_for_letters_and_pages(desk):
    client = desk.as_("champion")
    assert client.post("/account/language", data={"language": "ar"}).status_code == 303
    assert 'dir="rtl"' in client.get("/account").text
    refused = client.post("/account/language", data={"language": "tlh"})
    assert refused.status_code == 422


def test_a_letters_link_marks_it_opened_and_leads_to_what_it_is_about(desk):
    sweep(desk.workspace, run="sweep", treaty="att")
    [letter, *_] = letters_of(desk, "secretariat") + letters_of(desk, "coordinator") + letters_of(desk, "champion")
    who = next(who for who in ("secretariat", "coordinator", "champion") if letter in letters_of(desk, who))
    assert opened(desk, letter) is None
    led = desk.as_(who).get(f"/l/{letter}")
    assert led.status_code == 303
    assert re.fullmatch(r"/follow-ups(/\d+)?|/states/[A-Z]{3}", led.headers["location"])
    first = opened(desk, letter)
    assert first is not None
    desk.as_(who).get(f"/l/{letter}")
    assert opened(desk, letter) == first


def test_somebody_elses_letter_looks_like_none_and_stays_unopened(desk):
    with desk.workspace.registry() as connection:
        letter = write_link_letter(
            desk.workspace, connection, desk.people["president"], "password_changed", treaty="att"
        )
    client = desk.as_("champion")
    theirs, none = client.get(f"/l/{letter}"), client.get(f"/l/{'0' * 32}")
    assert theirs.status_code == none.status_code == 404
    assert theirs.text.replace(letter, "ID") == none.text.replace("0" * 32, "ID")
    assert opened(desk, letter) is None
    assert desk.as_("president").get(f"/l/{letter}").headers["location"] == "/account"


def test_a_stranger_cannot_tell_a_letter_from_none(desk):
    with desk.workspace.registry() as connection:
        letter = write_link_letter(
            desk.workspace, connection, desk.people["president"], "password_changed", treaty="att"
        )
    for id_ in (letter, "0" * 32):
        sent = desk.stranger().get(f"/l/{id_}")
        assert (sent.status_code, sent.headers["location"]) == (303, f"/sign-in?next=%2Fl%2F{id_}")


def test_an_address_is_asked_about_and_confirmed_by_a_button(desk):
    person = desk.people["champion"]
    channel = add_channel(desk.workspace, person, "new@mission.example", treaty="att", reader=OPERATOR)
    with desk.workspace.registry() as connection:
        link = make_link(desk.workspace, connection, person, Purpose.VERIFY, by="operator", channel=channel)
    path, client = link.removeprefix(desk.workspace.settings.base_url), desk.stranger()
    for _ in range(2):
        asked = client.get(path)
        assert asked.status_code == 200
        assert "new@mission.example" in asked.text
    assert "Thank you" in client.post(path).text
    with desk.workspace.reading() as connection:
        found = addresses.one(connection, channel)
    assert found is not None
    assert found.takes_letters
    for again in (client.post(path), client.get(path), client.get("/verify/nobody")):
        assert again.status_code == 410


@pytest.mark.parametrize("who", ["secretariat", "contact elsewhere", "president"])
def test_everybody_signed_in_has_an_account(desk, who):
    assert desk.as_(who).get("/account").status_code == 200


def test_a_session_of_the_record_is_not_shown_in_any_page(desk):
    client = desk.as_("champion")
    token = open_session(desk.workspace, desk.people["champion"])
    client.cookies.clear()
    client.cookies.set("accede", token, domain="127.0.0.1", path="/")
    assert token not in client.get("/account").text
