"""Who may know what is filed: one plain question on the form, which follows the source, and what is said afterwards."""

import pytest

from casework.dossiers.dossier_view import dossier_view
from pathways.grammar.clearance import OPERATOR
from tests.forms import form_for, read_page, words

MALAWI = "/states/MWI"
ALL_ANSWERS = {"usual", "public", "coordination", "confidential", "personal"}
TOLD = {"usual", "confidential", "personal"}


def answers_on(html):
    form = (
        form_for(f'<form action="/">{html}</form>', "/") if "<form" not in html else form_for(html, f"{MALAWI}/facts")
    )
    return {one.value for one in form.controls if one.name == "sensitivity"}


def open_form(browser, kind):
    return browser.get(f"{MALAWI}?file={kind}").text


def send(browser, kind, **given):
    data = form_for(open_form(browser, kind), f"{MALAWI}/facts").data(effective="2022-06-01", **given)
    return browser.post(f"{MALAWI}/facts", data=data)


def held(desk, kind):
    facts = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
    return [fact.sensitivity for fact in facts if fact.kind == kind]


def test_the_form_asks_one_plain_question_and_leaves_it_at_what_is_usual(desk):
    page = open_form(desk.as_("champion"), "signal")
    assert "Who may know it?" in page
    assert answers_on(page) == ALL_ANSWERS
    assert form_for(page, f"{MALAWI}/facts").data()["sensitivity"] == "usual"
    said = read_page(page).text
    assert "Who accompanies the State: official gazette, parliament, court, press, assessment" in said
    assert "The Secretariat alone, told in confidence: note verbale, government, statement" in said


@pytest.mark.parametrize(
    ("who", "kind", "source", "answers", "usual"),
    [
        ("champion", "signal", "gazette", ALL_ANSWERS, "Who accompanies the State"),
        ("champion", "signal", "note_verbale", TOLD, "The Secretariat alone, told in confidence"),
        ("champion", "obstacle", "press", ALL_ANSWERS - {"public"}, "Who accompanies the State"),
        ("champion", "exchange", "assessment", ALL_ANSWERS - {"public"}, "Who accompanies the State"),
        (
            "secretariat",
            "exchange",
            "assessment",
            ALL_ANSWERS - {"public"},
            "The Secretariat alone, told in confidence",
        ),
    ],
)
def test_the_answers_follow_the_source_that_is_chosen(desk, who, kind, source, answers, usual):
    part = desk.as_(who).get(f"{MALAWI}/file/{kind}/who-may-know?source={source}&sensitivity=personal").text
    assert answers_on(part) == answers
    assert f"As is usual for this source {usual}" in read_page(part).text
    assert form_for(f'<form action="/">{part}</form>', "/").data()["sensitivity"] == "personal", "what was chosen stays"


@pytest.mark.parametrize(
    ("kind", "source", "answer", "level", "says"),
    [
        ("signal", "gazette", "usual", "coordination", "Who accompanies the State may know it"),
        ("signal", "gazette", "public", "public", "Everybody may know it"),
        ("signal", "note_verbale", "usual", "confidential", "told in confidence"),
        ("signal", "statement", "public", "public", "Everybody may know it"),
        ("exchange", "assessment", "usual", "coordination", "Who accompanies the State may know it"),
    ],
)
def test_it_is_held_as_was_answered_and_that_is_said(desk, kind, source, answer, level, says):
    browser = desk.as_("champion")
    sent = send(browser, kind, source=source, sensitivity=answer)
    assert sent.status_code == 303, read_page(sent.text).text
    assert says in read_page(browser.get(sent.headers["location"]).text).text
    assert held(desk, kind)[-1:] == [level]


@pytest.mark.parametrize(
    ("kind", "given", "says"),
    [
        ("signal", {"source": "note_verbale"}, "what the State told is held as confidential"),
        ("obstacle", {"source": "press", "x_reason": "elections"}, "is held as coordination at least"),
    ],
)
def test_an_answer_that_there_is_not_is_refused_in_words_and_not_offered_again(desk, kind, given, says):
    before = held(desk, kind)
    refused = send(desk.as_("champion"), kind, sensitivity="public", **given)
    assert refused.status_code == 422
    assert says in read_page(refused.text).text
    assert "public" not in answers_on(refused.text)
    assert held(desk, kind) == before


def test_champions_and_coordinators_of_a_region_see_each_others_work(desk):
    champion, coordinator = desk.as_("champion"), desk.as_("coordinator")
    send(champion, "exchange", source="assessment", reference="our call of June")
    send(champion, "signal", source="note_verbale", reference="a note in confidence")
    seen = coordinator.get(MALAWI).text
    assert "our call of June" in seen
    assert "a note in confidence" not in seen
    assert "our call of June" not in desk.as_("contact").get(MALAWI).text


def test_what_a_contact_proposes_is_told_in_confidence_whoever_said_it_at_home(desk):
    contact, secretariat = desk.as_("contact"), desk.as_("secretariat")
    form = form_for(contact.get(f"{MALAWI}?file=signal").text, f"{MALAWI}/proposals")
    assert "sensitivity" not in form.names()
    contact.post(form.action, data=form.data(effective="2022-06-01", source="government", reference="letter 5"))
    assert "States 1 waiting for you" in words(secretariat.get("/"))
    assert "Proposals 1 waiting for you" in words(secretariat.get("/states"))
    assert "waiting for you" not in words(contact.get("/proposals"))
    [accept] = [f for f in read_page(secretariat.get("/proposals").text).forms if f.action.endswith("/accept")]
    assert secretariat.post(accept.action, data=accept.data()).status_code == 303
    assert "Proposals 1" not in words(secretariat.get("/"))
    assert held(desk, "signal")[-1] == "confidential"
