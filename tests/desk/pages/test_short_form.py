"""The short form: a State's mission answers from the letter, without signing in, with no scripts, in its own words."""

import re

import pytest
from sqlalchemy import text

from casework.access.sessions import hash_of
from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.rounds import close_enquiry, open_enquiry
from models.enquiries import links
from models.enquiries.links import Link
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_day
from tests.forms import led_to

TOKEN = "a-token-that-nobody-guesses"
WORDS = "The bill is with the ministry."
ANSWER = {"stands": "drafted", "words": WORDS, "obstacles": ["few_resources"], "held": "public"}


@pytest.fixture
def client(desk):
    """Give a stranger's browser, and a letter with a link to Malawi's contact."""
    workspace = desk.workspace
    opened = open_enquiry(workspace, until=a_day("2022-12-31"), treaty="att", reader=OPERATOR)
    assert opened.sent >= 1
    with workspace.registry() as connection:
        letter = connection.execute(text("SELECT letter_id FROM notice WHERE occasion = 'enquiry'")).scalars().first()
        made = Link(enquiry_id=opened.enquiry, state="MWI", letter_id=letter)
        links.add(connection, hash_of(TOKEN), made, now=workspace.clock.now())
    return desk.stranger()


def test_it_is_saved_found_again_and_sent(client, desk):
    page = client.get(f"/r/{TOKEN}").text
    assert "For Malawi" in page
    assert "checked" not in re.sub(r'value="confidential" checked', "", page)
    assert led_to(client.post(f"/r/{TOKEN}", data={**ANSWER, "do": "save"})) == f"/r/{TOKEN} says answer-saved"
    page = client.get(f"/r/{TOKEN}").text
    assert WORDS in page
    assert re.search(r'value="few_resources" checked', page)
    assert re.search(r'value="public" checked', page)
    assert led_to(client.post(f"/r/{TOKEN}", data={**ANSWER, "do": "send"})) == f"/r/{TOKEN} says answer-sent"
    page = client.get(f"/r/{TOKEN}").text
    assert WORDS not in page
    assert "Your answer was sent on" in page
    listed = proposal_list(desk.workspace, treaty="att", reader=OPERATOR)
    [found] = [one for one in listed if one.kind == "enquiry_answer"]
    assert (found.state, found.sensitivity) == ("MWI", "public")
    decided = desk.as_("secretariat").get("/proposals").text
    assert "answered by the link of a letter" in decided
    assert "as the State says: Public" in decided


def test_what_was_typed_is_kept_when_something_is_missing(client):
    answer = client.post(f"/r/{TOKEN}", data={"words": "Some words.", "do": "send"})
    assert answer.status_code == 422
    assert "Some words." in answer.text
    assert "Choose where the national process stands" in answer.text


def test_it_shows_nothing_that_is_on_file(client, desk):
    page = client.get(f"/r/{TOKEN}").text
    for secret in ("no law on brokering", "minister", "Nyasaland", "NV 11/2022", "Legislation"):
        assert secret not in page, secret


def test_a_closed_round_and_a_wrong_link_look_alike(client, desk):
    close_enquiry(desk.workspace, treaty="att", reader=OPERATOR)
    over, wrong = client.get(f"/r/{TOKEN}"), client.get("/r/another")
    assert (over.status_code, wrong.status_code) == (410, 410)
    assert over.text.replace(TOKEN, "another") == wrong.text
    assert "mailto:" in over.text
    assert client.post(f"/r/{TOKEN}", data=ANSWER).status_code == 410


def test_it_reads_from_right_to_left_in_arabic(client):
    page = client.get(f"/r/{TOKEN}?lang=ar").text
    assert 'dir="rtl"' in page
    assert "أربعة أسئلة إلى حكومتكم" in page


def test_the_secretariat_opens_sees_and_closes_a_round(desk):
    office = desk.as_("secretariat")
    assert "No enquiry has been made yet." in office.get("/enquiry").text
    assert office.post("/enquiry", data={"until": "yesterday week"}).status_code == 422
    assert office.post("/enquiry", data={"until": ""}).status_code == 422
    assert led_to(office.post("/enquiry", data={"until": "2022-12-31"})) == "/enquiry says enquiry-opened"
    page = office.get("/enquiry").text
    for shown in ("Answered, by region", "Nobody to write to", "Close the enquiry", "31 December 2022"):
        assert shown in page, shown
    assert "Close the enquiry" not in desk.as_("champion").get("/enquiry").text
    assert desk.as_("contact").get("/enquiry").status_code == 404
    assert led_to(office.post("/enquiry/close")) == "/enquiry says enquiry-closed"
    assert office.post("/enquiry/close").status_code == 422
