"""The short form: a State's mission answers from the letter, without signing in, with no scripts, in its own words."""

import re

import pytest
from sqlalchemy import text

from casework.dossiers.proposal_list import proposal_list
from casework.enquiries.rounds import close_enquiry, open_enquiry
from desk.i18n.catalogues import translations
from notifications.languages import OF_EITHER
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_day
from tests.casework.enquiries.asked import led_by
from tests.forms import led_to

TOKEN = "a-token-that-nobody-guesses"
WORDS = "The bill is with the ministry."
ANSWER = {"stands": "drafted", "words": WORDS, "obstacles": ["few_resources"], "held": "public"}


@pytest.fixture
def client(desk):
    """Give a stranger's browser, and a letter with a link to Malawi's contact."""
    opened = open_enquiry(desk.workspace, until=a_day("2022-12-31"), treaty="att", reader=OPERATOR)
    assert opened.sent >= 1
    led_by(desk.workspace, TOKEN, "MWI")
    return desk.stranger()


def reads(desk, language):
    """Let whoever got the letter read a language."""
    with desk.workspace.registry() as connection:
        connection.execute(
            text(
                "UPDATE person SET language = :language WHERE id IN"
                " (SELECT person_id FROM letter JOIN enquiry_link ON letter_id = letter.id)"
            ),
            {"language": language},
        )


class Missing:
    """What was asked of a catalogue and is not in it."""

    def __init__(self):
        self.asked = set()

    def gettext(self, says):
        self.asked.add(says)
        return says


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


def test_what_is_too_long_is_said_and_kept_to_be_shortened(client):
    answer = client.post(f"/r/{TOKEN}", data={**ANSWER, "words": "x" * 20_000, "do": "send"})
    assert answer.status_code == 422
    assert "Your own words have at most 10000 characters; send what is longer by note verbale." in answer.text
    assert "x" * 20_000 in answer.text


def test_whoever_has_it_of_another_mission_reads_whose_it_is(client):
    assert "This link is for Malawi alone." in client.get(f"/r/{TOKEN}").text


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


@pytest.mark.parametrize("code", [code for code in OF_EITHER if code != "en"])
def test_it_is_whole_in_each_language_of_letters_whatever_becomes_of_it(client, desk, monkeypatch, code):
    reads(desk, code)
    missing = Missing()
    monkeypatch.setattr(translations(code), "_fallback", missing)
    for data in (
        None,
        {"words": "x" * 20_000, "do": "send"},
        {"words": "\0", "do": "send"},
        {"held": "personal", "do": "send"},
        {**ANSWER, "do": "save"},
        {**ANSWER, "do": "send"},
        {**ANSWER, "do": "send"},
        {**ANSWER, "do": "save"},  # one too many within a minute
    ):
        page = client.post(f"/r/{TOKEN}", data=data) if data else client.get(f"/r/{TOKEN}")
        assert f'<html lang="{code}"' in (page.text if page.status_code != 303 else client.get(f"/r/{TOKEN}").text)
    close_enquiry(desk.workspace, treaty="att", reader=OPERATOR)
    client.get(f"/r/{TOKEN}?lang={code}")
    assert missing.asked == set()


def test_it_is_in_the_language_of_the_letter_until_another_is_chosen(client, desk):
    reads(desk, "fr")
    page = client.get(f"/r/{TOKEN}").text
    assert "Quatre questions à votre Gouvernement" in page
    assert "31 décembre 2022" in page
    assert "Cuatro preguntas a su Gobierno" in client.get(f"/r/{TOKEN}?lang=es").text
    assert "Cuatro preguntas a su Gobierno" in client.get(f"/r/{TOKEN}").text


@pytest.mark.parametrize(
    ("code", "said"), [("ru", "Этой формы пока нет"), ("pt", "not yet available in your language")]
)
def test_it_is_in_english_and_says_so_where_the_language_of_the_letter_has_no_texts(client, desk, code, said):
    assert "[" not in client.get(f"/r/{TOKEN}").text.partition("<form")[0].partition("short stack")[2]
    reads(desk, code)
    page = client.get(f"/r/{TOKEN}").text
    assert said in page
    assert f'lang="{code}"' in page
    assert "Four questions to your Government" in page
    assert said not in client.get(f"/r/{TOKEN}?lang=fr").text


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


def test_an_answer_that_waits_is_accepted_where_the_round_is_looked_at(client, desk):
    office = desk.as_("secretariat")
    assert "Answers waiting for you" not in office.get("/enquiry").text
    client.post(f"/r/{TOKEN}", data={**ANSWER, "needs": ["legal"], "do": "send"})
    page = office.get("/enquiry").text
    assert WORDS in page
    [needs, number] = re.findall(r'action="/proposals/(\d+)/accept"', page)
    assert WORDS not in desk.as_("president").get("/enquiry").text
    assert led_to(office.post(f"/proposals/{number}/accept", data={"back": "enquiry"})) == (
        "/enquiry says proposal-accepted"
    )
    office.post(f"/proposals/{needs}/accept", data={"back": "enquiry"})
    assert "Answers waiting for you" not in office.get("/enquiry").text


def test_the_table_is_taken_along_as_a_file_of_what_its_reader_may_know(client, desk):
    client.post(f"/r/{TOKEN}", data={**ANSWER, "do": "send"})
    lines = desk.as_("secretariat").get("/enquiry.csv").content.decode("utf-8-sig").splitlines()
    assert lines[0] == "Opened,Region,Asked,Written to,Answered,Silent,Never answered"
    assert re.fullmatch(r"2022-06-20,All regions,86,\d+,1,\d+,\d+", lines[1])
    assert {line.split(",")[1] for line in lines[2:]} == {"Africa", "Americas", "Asia", "Europe", "Oceania"}
    of_africa = desk.as_("champion").get("/enquiry.csv").text
    assert "Africa" in of_africa
    assert "Asia" not in of_africa
    book = desk.as_("secretariat").get("/enquiry.xlsx?lang=ar")
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
