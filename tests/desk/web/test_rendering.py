"""What is the same on every page: its language, its direction, its dates, and who is looking."""

import re
from datetime import UTC, date, datetime

import pytest

from desk.web.cookies import COOKIE
from desk.web.rendering import environment

NOWHERE = "/no-such-page"
ZONE = "Europe/Zurich"


def written(value, filter_name, language="en"):
    return environment(language, ZONE, "att").filters[filter_name](value)


@pytest.mark.parametrize(
    ("known", "words"),
    [
        ("2024", "2024"),
        ("2024-06", "June 2024"),
        ("2024-06-05", "5 June 2024"),
        (date(2014, 12, 24), "24 December 2014"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(known, words):
    assert written(known, "day") == words


def test_no_date_is_written_as_nothing():
    assert written(None, "day") == ""


def test_an_hour_is_written_in_the_zone_of_the_office():
    assert written(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "hour") == "2 Jul 2026, 00:30 CEST"


def test_a_language_once_chosen_stays(desk):
    browser = desk.as_("champion")
    assert '<html lang="ar" dir="rtl">' in browser.get(f"{NOWHERE}?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in browser.get(NOWHERE).text
    assert '<html lang="en" dir="ltr">' in browser.get(f"{NOWHERE}?lang=en").text


@pytest.mark.parametrize("asked", ["xx", "../../etc/passwd", "", "ar'"])
def test_a_language_that_the_desk_does_not_have_changes_nothing(desk, asked):
    answer = desk.as_("champion").get(NOWHERE, params={"lang": asked})
    assert '<html lang="en" dir="ltr">' in answer.text
    assert "lang=" not in answer.headers.get("set-cookie", "")


def test_a_page_says_that_the_record_is_for_training(desk):
    assert "Training record, 20 June 2022" in desk.as_("champion").get(NOWHERE).text


@pytest.mark.parametrize("code", ["run-done", "evil", "<b>evil</b>"])
def test_an_address_says_nothing_of_what_was_done(desk, code):
    shown = desk.as_("champion").get("/account", params={"said": code}).text
    assert 'class="said"' not in shown
    assert "It has run" not in shown


def test_what_was_done_is_said_once_on_the_next_page_and_by_no_part_of_one(desk):
    browser = desk.as_("champion")
    answer = browser.post("/account/language", data={"language": "en"})
    assert re.search(r"-said=.*; HttpOnly; .*SameSite=lax", answer.headers["set-cookie"])
    there = answer.headers["location"]
    assert there == "/account"
    asked_by_htmx = {"hx-request": "true"}
    assert "This is your language" not in browser.get("/states/MWI", headers=asked_by_htmx).text
    assert "This is your language from now on" in browser.get(there).text
    assert "This is your language" not in browser.get(there).text, "a page that is loaded again says it no more"


def test_only_what_is_one_of_ours_is_said(desk):
    browser = desk.as_("champion")
    browser.cookies.set(f"{COOKIE}-said", "evil")
    assert 'class="said"' not in browser.get("/account").text


def test_only_a_page_with_the_map_says_what_its_dots_are(desk):
    client = desk.as_("secretariat")
    assert "The dots mark States, not boundaries" in client.get("/").text
    for other in ("/?view=table", "/states", "/account"):
        assert "The dots mark States" not in client.get(other).text


def test_a_page_on_paper_says_when_it_was_printed_and_by_whom(desk):
    page = desk.as_("champion").get("/states/MWI").text
    assert '<p class="on-paper">Printed on 20 June 2022 by ' in page
    assert '<p class="on-paper">' not in desk.stranger().get("/sign-in").text
