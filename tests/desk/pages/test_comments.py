"""What is said beside a follow-up on the desk, and a close that is taken back there."""

import re

import pytest

from casework.follow_ups.listing import follow_up_view
from pathways.grammar.clearance import OPERATOR
from tests.builders import days_pass
from tests.forms import led_to, words

SAID = {"comment": "They <b>stall</b>", "sensitivity": "coordination"}


@pytest.fixture
def at(silent):
    """Give the address of a follow-up of a State that has fallen silent."""
    return f"/follow-ups/{silent['AGO']}"


def test_a_comment_stands_on_the_page_with_who_said_it_and_when(desk, at):
    answer = desk.as_("champion").post(f"{at}/comments", data=SAID)
    assert led_to(answer) == f"{at} says comment-kept"
    page = desk.as_("coordinator").get(at)
    assert re.search(r"They <b>stall</b> Champion of Africa ?, 3 Oct 2022, \d+:\d+", words(page))
    assert "<b>stall" not in page.text


@pytest.mark.parametrize(
    ("part", "held", "knows"),
    [("coordinator", "confidential", False), ("secretariat", "confidential", True), ("champion", "confidential", True)],
)
def test_one_told_in_confidence_is_met_by_the_secretariat_and_its_author(desk, at, part, held, knows):
    desk.as_("champion").post(f"{at}/comments", data=SAID | {"sensitivity": held})
    browser = desk.as_(part)
    met = [path for path in (at, "/follow-ups", "/states/AGO", "/") if "stall" in browser.get(path).text]
    assert met == ([at] if knows else [])


@pytest.mark.parametrize("said", [{"comment": " "}, {"sensitivity": "public"}, {"sensitivity": "none"}])
def test_what_cannot_be_kept_is_refused_at_its_field(desk, at, said):
    answer = desk.as_("champion").post(f"{at}/comments", data=SAID | said)
    assert answer.status_code == 422
    assert f'href="#f-{next(iter(said))}"' in answer.text
    assert "stall" not in desk.as_("champion").get(at).text


def test_the_secretariat_deletes_the_words_and_nobody_else_is_offered_it(desk, at):
    desk.as_("champion").post(f"{at}/comments", data=SAID)
    assert f"{at}/comments/1/delete" not in desk.as_("champion").get(at).text
    browser = desk.as_("secretariat")
    assert f"{at}/comments/1/delete" in browser.get(at).text
    assert browser.post(f"{at}/comments/1/delete").status_code == 303
    assert "These words were deleted. Champion of Africa" in words(browser.get(at))


def test_a_close_is_taken_back_by_a_button_while_that_can_be_done(desk, silent, at):
    browser = desk.as_("champion")
    browser.post(f"{at}/close", data={"outcome": "done", "text": "Spoke with the mission."})
    assert f'action="{at}/reopen"' in browser.get(at).text
    assert led_to(browser.post(f"{at}/reopen")) == f"{at} says follow-up-reopened"
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).closed_on is None
    assert "done: Spoke with the mission. Champion of Africa" in words(browser.get(at))
    assert browser.post(f"{at}/reopen").status_code == 409
    browser.post(f"{at}/close", data={"outcome": "done", "text": "Spoke with the mission."})
    days_pass(desk.workspace, "2022-10-05")
    browser = desk.as_("champion")
    assert "/reopen" not in browser.get(at).text
    answer = browser.post(f"{at}/reopen")
    assert answer.status_code == 422
    assert "could be taken back until 4 October 2022" in words(answer)
