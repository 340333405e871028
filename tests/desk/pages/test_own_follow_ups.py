"""A follow-up of one's own on the desk: opened from a State's page or the list, and seen by who may know it."""

import re

import pytest

from casework.follow_ups.listing import follow_up_list
from casework.people.holds import hold
from pathways.grammar.clearance import OPERATOR
from tests.appointments import FROM, a_mandate
from tests.forms import led_to, words

SAID = {"state": "AGO", "on": "2022-10-20", "about": "Call the <third> secretary", "sensitivity": "coordination"}
NEW = "/follow-ups/new"


def own_ones(desk):
    return [f for f in follow_up_list(desk.workspace, treaty="att", reader=OPERATOR) if f.kind == "own"]


def test_a_champion_opens_one_from_a_states_page_and_finds_it_there_and_in_the_list(desk, silent):
    browser = desk.as_("champion")
    assert f'href="{NEW}?state=AGO"' in browser.get("/states/AGO").text
    assert '<option value="AGO" selected' in browser.get(f"{NEW}?state=AGO").text
    answer = browser.post(NEW, data=SAID | {"on": "2022-10-04"})
    [opened] = own_ones(desk)
    assert led_to(answer) == f"/follow-ups/{opened.id} says follow-up-opened"
    page = words(browser.get(f"/follow-ups/{opened.id}"))
    assert "Call the <third> secretary" in page
    assert "Opened 3 October 2022 Champion of Africa" in page
    assert "Let it rest" not in page
    for path in ("/follow-ups", "/states/AGO", "/"):
        assert "Call the <third> secretary" in words(browser.get(path)), path


@pytest.mark.parametrize(
    ("part", "held", "knows"),
    [
        ("coordinator", "coordination", True),
        ("coordinator", "confidential", False),
        ("secretariat", "confidential", True),
        ("champion elsewhere", "coordination", False),
        ("president", "coordination", False),
        ("contact", "coordination", False),
    ],
)
def test_others_meet_it_as_it_is_held(desk, silent, part, held, knows):
    desk.as_("champion").post(NEW, data=SAID | {"sensitivity": held})
    [opened] = own_ones(desk)
    browser = desk.as_(part)
    met = [p for p in ("/", "/follow-ups", "/states/AGO", "/states") if "third" in browser.get(p).text]
    assert (browser.get(f"/follow-ups/{opened.id}").status_code == 200) is knows
    assert bool(met) is knows


def test_an_officer_who_is_the_states_contact_as_well_meets_it_on_no_page_and_in_no_export(desk, silent):
    officer = desk.people["secretariat"]
    hold(desk.workspace, officer, a_mandate(desk.workspace, "contact", "AGO"), from_=FROM, reader=OPERATOR, treaty=None)
    desk.as_("champion").post(NEW, data=SAID)
    [opened] = own_ones(desk)
    paths = ("/", "/?view=table", "/follow-ups", "/states/AGO", "/states", "/states.csv", f"/follow-ups/{opened.id}")
    for part, knows in (("administrator", True), ("secretariat", False)):
        browser = desk.as_(part)
        met = [p for p in paths if "third" in browser.get(p).text]
        assert bool(met) is knows, (part, met)
        assert (browser.get(f"/follow-ups/{opened.id}").status_code == 200) is knows


@pytest.mark.parametrize(
    ("said", "field", "sentence"),
    [
        ({"about": ""}, "about", "Say in one line what is to be done"),
        ({"on": ""}, "on", "Say on which day"),
        ({"on": "2022-10-02"}, "on", "Name a day from 3 October 2022 on, not 2 October 2022."),
        ({"state": ""}, "state", "Say which State it is about"),
        ({"sensitivity": "public"}, "sensitivity", "Say who may know it"),
        ({"sensitivity": "none"}, "sensitivity", "none"),
    ],
)
def test_what_is_wanting_is_said_at_its_field_and_nothing_typed_is_lost(desk, silent, said, field, sentence):
    answer = desk.as_("champion").post(NEW, data=SAID | said)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert sentence in words(answer)
    if "about" not in said:
        assert "Call the &lt;third&gt; secretary" in answer.text
    assert own_ones(desk) == []


def test_the_secretariat_gives_one_to_somebody_who_may_do_it(desk, silent):
    browser, champion = desk.as_("secretariat"), str(desk.people["champion"])
    assert f'<option value="{champion}"' in browser.get(NEW).text
    assert browser.post(NEW, data=SAID | {"owner": champion}).status_code == 303
    assert [f.owner_name for f in own_ones(desk)] == ["Champion of Africa"]
    answer = browser.post(NEW, data=SAID | {"owner": str(desk.people["champion elsewhere"])})
    assert (answer.status_code, len(own_ones(desk))) == (422, 1)
    assert "holds no mandate today that reaches this follow-up" in words(answer)


def test_whoever_follows_nothing_up_is_offered_no_form(desk, silent):
    for part in ("president", "contact"):
        browser = desk.as_(part)
        assert NEW not in browser.get("/states/AGO").text + browser.get("/follow-ups").text
        assert browser.get(NEW).status_code == browser.post(NEW, data=SAID).status_code == 404


def test_its_words_are_isolated_in_another_direction_of_writing(desk, silent):
    browser = desk.as_("champion")
    browser.post(NEW, data=SAID)
    page = browser.get(f"/follow-ups/{own_ones(desk)[0].id}?lang=ar").text
    assert re.search(r"<bdi>Call the &lt;third&gt; secretary</bdi>", page)
