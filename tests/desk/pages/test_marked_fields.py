"""What is refused leads to the field it is about, and the field says so itself, whichever page it stands on."""

import re

import pytest

from casework.letters import administration
from pathways.grammar.clearance import OPERATOR
from tests.casework.letters.at_the_post import a_notice
from tests.desk.pages.test_people import MANDATE, mandate_of

OUTCOMES = {
    "no outcome": ({"outcome": "", "text": "They wrote."}, {"outcome"}),
    "no sentence": ({"outcome": "done", "text": ""}, {"text"}),
    "a sentence of two lines": ({"outcome": "done", "text": "One\vtwo"}, {"text"}),
}
RESTS = {
    "until today": ({"until": "2022-06-20", "reason": "Elections."}, {"until"}),
    "until too late": ({"until": "2022-12-01", "reason": "Elections."}, {"until"}),
    "for no reason": ({"until": "2022-10-10", "reason": ""}, {"reason"}),
    "until no day and for no reason": ({"until": "2022-06-20", "reason": ""}, {"until", "reason"}),
}


@pytest.fixture
def silent(silent):
    """Return a follow-up of a State that has been silent for a hundred days."""
    return silent["AGO"]


def linked(page):
    """Return the fields that the list of what was wrong leads to."""
    return set(re.findall(r'<li><a href="#f-([\w-]+)"', page.text))


def marked(page):
    """Return the fields that are marked as wrong."""
    inputs = re.findall(r'id="f-([\w-]+)"[^>]* aria-invalid="true"', page.text)
    return {*inputs, *re.findall(r'<fieldset class="field wrong" id="f-([\w-]+)"', page.text)}


@pytest.mark.parametrize(("sent", "fields"), OUTCOMES.values(), ids=OUTCOMES)
def test_a_follow_up_is_not_closed_and_what_is_wanting_is_marked(desk, silent, sent, fields):
    page = desk.as_("secretariat").post(f"/follow-ups/{silent}/close", data=sent)
    assert (page.status_code, linked(page), marked(page)) == (422, fields, fields)


@pytest.mark.parametrize(("sent", "fields"), RESTS.values(), ids=RESTS)
def test_a_follow_up_does_not_rest_and_each_field_that_is_wrong_is_marked(desk, silent, sent, fields):
    page = desk.as_("secretariat").post(f"/follow-ups/{silent}/snooze", data=sent)
    assert (page.status_code, linked(page), marked(page)) == (422, fields, fields)


def test_fields_of_people_and_mandates_are_marked(desk):
    browser = desk.as_("secretariat")
    page = browser.post("/people/mandates", data=MANDATE | {"until": "2021-01-01", "region": "Nowhere"})
    assert marked(page) == linked(page) == {"until", "region"}
    page = browser.post("/people", data={"name": "", "email": "no address"})
    assert marked(page) == linked(page) >= {"email"}
    mandate = mandate_of(desk, "champion")
    page = browser.post(f"/people/mandates/{mandate}/holds", data={"person": "", "from": "2022-06-20"})
    assert marked(page) == linked(page) == {"person"}


def test_what_a_person_says_of_a_letter_is_marked_at_that_letter(desk):
    browser = desk.as_("secretariat")
    a_notice(desk.workspace, desk.people["champion"], role="champion")
    browser.post("/runs/post/start")  # it is held: there is no mail server
    letters = administration.list_letters(desk.workspace, reader=OPERATOR)
    letter = next(one.letter for one in letters if one.person == desk.people["champion"])
    page = browser.post(f"/letters/{letter}/give-up", data={"reason": "x" * 600})
    assert marked(page) == linked(page) == {f"give-up-{letter}"}


def test_nothing_is_marked_before_anything_is_sent(desk, silent):
    browser = desk.as_("secretariat")
    for path in ("/people", f"/follow-ups/{silent}", "/runs", "/account"):
        assert marked(browser.get(path)) == set()
