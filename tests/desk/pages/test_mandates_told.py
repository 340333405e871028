"""What is said to whoever gives or ends a mandate: at once, where the eye is, and no more than is so."""

import re

import pytest

from tests.desk.pages.test_people import MANDATE, hold_of, mandate_of
from tests.forms import led_to, words


@pytest.mark.parametrize(
    ("at", "said", "form"),
    [
        ("/people", {"name": "", "email": "a@mission.example"}, "add-person"),
        ("/people/mandates", {**MANDATE, "state": ""}, "add-mandate"),
        ("/people/mandates", {**MANDATE, "from": ""}, "add-mandate"),
    ],
)
def test_what_is_missing_is_said_first_on_the_page_with_the_way_to_the_form(desk, at, said, form):
    page = desk.as_("secretariat").post(at, data=said)
    assert page.status_code == 422
    [alert] = re.findall(r'<div class="alert[^>]*>', page.text)
    assert 'tabindex="-1" autofocus' in alert
    assert page.text.index(alert) < page.text.index("<h1")
    assert f'href="#{form}"' in page.text
    assert f'id="{form}"' in page.text


@pytest.mark.parametrize("role", ["coordinator", "champion", "contact"])
def test_a_mandate_of_no_state_asks_for_one(desk, role):
    page = words(desk.as_("secretariat").post("/people/mandates", data={**MANDATE, "role": role, "state": ""}))
    assert "Choose a State." in page
    assert "“”" not in page


def test_who_cannot_be_written_to_is_named_when_given_a_mandate(desk):
    browser = desk.as_("secretariat")
    said = {"name": "Mission of Ghana", "email": "gh@mission.example"}
    person = browser.post("/people", data=said).headers["location"].partition("?")[0].rpartition("/")[2]
    mandate = mandate_of(desk, "champion")
    at = f"/people/mandates/{mandate}"
    assert "No address in use" not in words(browser.get(at))
    answer = browser.post(f"{at}/holds", data={"person": person, "from": "2022-06-20"})
    page = browser.get(answer.headers["location"])
    assert "No address in use: nothing can be sent there yet." in words(page)
    assert "Nothing can be sent to this person yet." in words(browser.get(at))
    assert f'href="/people/{person}#channels"' in browser.get(at).text
    assert "No address in use" not in words(desk.as_("president").get(at))


def test_who_can_be_written_to_is_given_a_mandate_without_a_warning(desk):
    browser, at = desk.as_("secretariat"), f"/people/mandates/{mandate_of(desk, 'champion')}"
    answer = browser.post(f"{at}/holds", data={"person": str(desk.people["chair"]), "from": "2022-06-20"})
    assert led_to(answer) == f"{at} says hold-given"
    assert "No address in use" not in words(browser.get(at))


def test_an_end_on_which_nothing_depends_hands_nothing_over(desk):
    browser, at = desk.as_("secretariat"), f"/people/holds/{hold_of(desk, 'president')}/end"
    page = words(browser.get(at))
    assert "A mandate of The President ends" in page
    assert "No open follow-up depends on it" in page
    answer = browser.post(at, data={"on": "2022-06-20"})
    said = words(browser.get(answer.headers["location"]))
    assert "No open follow-up depended on it." in said
    assert "has somebody" not in said


def test_a_mandate_on_which_nothing_depends_is_ended(desk):
    at = f"/people/mandates/{mandate_of(desk, 'president')}/end"
    browser = desk.as_("secretariat")
    assert re.search(r">End it<", browser.get(at).text)
    assert led_to(browser.post(at, data={"on": "2022-06-20"})).endswith("says mandate-ended-alone")
