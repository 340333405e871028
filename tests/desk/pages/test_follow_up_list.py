"""The list of follow-ups: narrowed by its address, counted in the menu, and answered several at once."""

import re
from datetime import date, timedelta
from html import unescape

from babel.dates import format_date

from casework.follow_ups.actions import close, take
from casework.follow_ups.inbox import PAGE
from casework.follow_ups.listing import follow_up_view
from casework.follow_ups.own import Intention, open_own
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes
from tests.builders import days_pass
from tests.desk.pages.test_follow_ups import links
from tests.forms import form_for, led_to, words


def test_the_inbox_is_narrowed_by_its_address_which_keeps_region_and_person(desk, silent):
    browser = desk.as_("champion")
    sent = {"until": "2022-10-17", "reason": "elections in May"}
    browser.post(f"/follow-ups/{silent['AGO']}/snooze", data=sent)
    [chip] = re.findall(r'href="(/follow-ups\?[^"]*show=resting[^"]*)"', browser.get("/follow-ups?region=Africa").text)
    answer = browser.get(unescape(chip))
    assert links(answer) == {silent["AGO"]}
    assert "region=Africa" in chip
    assert re.search(r'show=resting[^"]*" aria-current="true">Resting <span class="num">1</span>', answer.text)
    assert '<input type="hidden" name="show" value="resting">' in answer.text
    assert silent["AGO"] not in links(browser.get("/follow-ups?show=mine"))
    assert "Nothing of yours is late here." in words(browser.get("/follow-ups?show=late"))
    assert links(browser.get("/follow-ups?show=nonsense")) == links(browser.get("/follow-ups"))


def test_the_menu_counts_what_is_the_visitors_to_do_on_every_page(desk, silent):
    browser = desk.as_("champion")
    [number] = re.findall(r'show=mine[^>]*>Mine <span class="num">(\d+)</span>', browser.get("/follow-ups").text)
    counted = f"Follow-ups {number} waiting for you"
    assert all(counted in words(browser.get(page)) for page in ("/", "/states", "/states/AGO", "/people", "/account"))
    browser.post(f"/follow-ups/{silent['AGO']}/close", data={"outcome": "done", "text": "Spoke with the mission."})
    assert f"Follow-ups {int(number) - 1} waiting for you" in words(browser.get("/"))
    assert "waiting for you" not in words(desk.as_("president").get("/"))


def test_what_was_passed_on_says_by_when_or_since_when_it_is_late_there(desk, silent):
    browser = desk.as_("champion")
    take(desk.workspace, silent["AGO"], desk.people["secretariat"], reader=OPERATOR, treaty="att")
    view = follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR)
    name, due = view.owner_name, view.due_on
    by = format_date(due, "d MMMM y", "en")
    pages = ("/follow-ups", f"/follow-ups/{view.id}")
    days_pass(desk.workspace, str(due))
    assert all(f"Passed on to {name}, who has it until {by}." in words(browser.get(page)) for page in pages)
    days_pass(desk.workspace, str(due + timedelta(days=1)))
    assert all(f"Passed on to {name}, with whom it is late since {by}." in words(browser.get(page)) for page in pages)


def test_what_waits_for_its_day_says_beside_its_tick_that_it_cannot_rest(desk, silent):
    browser, reader = desk.as_("champion"), eyes(desk.workspace, desk.people["champion"])
    own = [
        open_own(desk.workspace, Intention(words=said, on=day, state="AGO"), reader=reader, treaty="att").follow_up.id
        for said, day in (("Call", date(2022, 10, 20)), ("Write", date(2022, 10, 20)), ("Today", date(2022, 10, 3)))
    ]
    page = browser.get("/follow-ups").text
    labels = {int(id_): said for id_, said in re.findall(r'<label for="ticked-(\d+)">([^<]*)', page)}
    cannot = "Close with others; before its day it cannot be put to rest"
    assert {id_ for id_, said in labels.items() if said == cannot} == set(own[:2])
    assert labels[own[2]] == labels[silent["AGO"]] == "Answer with others"
    assert "Or let them rest" in page
    for follow_up in set(labels) - set(own[:2]):
        close(desk.workspace, follow_up, "done", reader=OPERATOR, treaty="att")
    page = browser.get("/follow-ups").text
    assert "Close them with this" in page
    assert "Or let them rest" not in page


def test_several_alike_reminders_have_one_answer(desk, silent):
    browser = desk.as_("champion")
    page = browser.get("/follow-ups?region=Africa").text
    form = form_for(page, "/follow-ups/together")
    assert "Each may rest only as long as its own page says" in page
    ticked = [str(silent[state]) for state in ("AGO", "BDI", "COM")]
    assert set(ticked) <= {control.value for control in form.controls if control.name == "ticked"}
    assert not any(control.is_on for control in form.controls if control.type == "checkbox")
    close(desk.workspace, silent["BDI"], "done: I called", reader=OPERATOR, treaty="att")
    sent = {"ticked": ticked, "act": "close", "outcome": "done", "text": "Spoke with each."}
    answer = browser.post(form.action, data=sent)
    assert answer.status_code == 409
    assert "1 was left as it was" in words(answer)
    assert f"Burundi : The Secretariat closed follow-up {silent['BDI']} on 3 October 2022" in words(answer)
    assert "The other 2 are done." in words(answer)
    assert "Done: Spoke with each." in words(browser.get(f"/follow-ups/{silent['COM']}"))
    assert led_to(browser.post(form.action, data={**sent, "ticked": [str(silent["ZWE"])]})) == (
        "/follow-ups?region=Africa says follow-ups-closed"
    )


def boxes(form):
    return [control for control in form.controls if control.name == "ticked"]


def test_all_of_a_page_are_ticked_and_none_again_with_what_was_typed(desk, silent):
    browser = desk.as_("champion")
    form = form_for(browser.get("/follow-ups?region=Africa").text, "/follow-ups/together")
    assert [value for _, value in form.buttons] == ["close", "tick", "rest"]
    everybody = {box.value for box in boxes(form)}
    assert str(silent["AGO"]) in everybody
    answer = browser.post(form.action, data={"act": "tick", "text": "Spoke with each.", "outcome": "done"})
    form = form_for(answer.text, "/follow-ups/together")
    assert answer.status_code == 200
    assert {box.value for box in boxes(form) if box.is_on} == everybody
    assert (form.data()["text"], form.data()["outcome"]) == ("Spoke with each.", "done")
    answer = browser.post(form.action, data={"act": "untick", "ticked": [*everybody]})
    assert not any(box.is_on for box in boxes(form_for(answer.text, "/follow-ups/together")))
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).closed_on is None


def test_on_a_later_page_those_of_that_page_are_ticked_and_kept(desk):
    browser, reader = desk.as_("secretariat"), eyes(desk.workspace, desk.people["secretariat"])
    for number in range(PAGE + 2):
        meant = Intention(words=f"call {number}", on=desk.workspace.today())
        open_own(desk.workspace, meant, reader=reader, treaty="att")
    form = form_for(browser.get("/follow-ups?page=2").text, "/follow-ups/together")
    there = {box.value for box in boxes(form)}
    for sent in ({"act": "tick"}, {"act": "close", "ticked": [*there]}):
        answer = browser.post(form.action, data=sent)
        assert {box.value for box in boxes(form_for(answer.text, "/follow-ups/together")) if box.is_on} == there


def test_what_was_ticked_and_typed_is_kept_when_the_answer_wants_something(desk, silent):
    browser, ticked = desk.as_("champion"), [str(silent["AGO"])]
    answer = browser.post("/follow-ups/together", data={"ticked": ticked, "act": "rest", "reason": "a holiday"})
    form = form_for(answer.text, "/follow-ups/together")
    assert answer.status_code == 422
    assert "until which day" in words(answer)
    assert [control.value for control in form.controls if control.name == "ticked" and control.is_on] == ticked
    assert form.data()["reason"] == "a holiday"
    nothing = browser.post("/follow-ups/together", data={"act": "close", "outcome": "done", "text": "Spoke."})
    assert (nothing.status_code, "Tick those that you mean." in words(nothing)) == (422, True)
    sent = {"ticked": ticked, "act": "rest", "until": "2022-10-10", "reason": "a holiday"}
    assert led_to(browser.post("/follow-ups/together", data=sent)) == "/follow-ups says follow-ups-rest"
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).snooze_reason == "a holiday"


def test_a_follow_up_says_whom_it_goes_on_to_and_when_on_its_page_and_in_the_list(desk, silent):
    champion = desk.as_("champion")
    assert "Goes on to regional coordinator, 17 October 2022" in words(champion.get(f"/follow-ups/{silent['AGO']}"))
    says = "If it is still open on 17 October 2022, it goes on to the regional coordinator."
    assert says in words(champion.get("/follow-ups"))


def test_wherever_nothing_was_heard_of_a_state_it_says_since_when(desk, silent):
    says = "Nothing heard since 20 June 2022, at the stage interest"
    for page in ("/", "/follow-ups", f"/follow-ups/{silent['AGO']}", "/states/AGO"):
        assert says in words(desk.as_("champion").get(page)), page
    assert f"12 States {says}" in words(desk.as_("coordinator").get("/")), "of alike cards too"


def test_what_rests_is_asked_again_of_whoever_has_it_and_goes_on_to_nobody(desk, silent):
    browser, at = desk.as_("champion"), f"/follow-ups/{silent['AGO']}"
    assert "goes on to the regional coordinator" in words(browser.get("/follow-ups"))
    browser.post(f"{at}/snooze", data={"until": "2022-10-17", "reason": "elections"})
    listed, page = words(browser.get("/follow-ups")), words(browser.get(at))
    assert "On 17 October 2022, when its rest is over, the regional champion is asked again." in listed
    assert "Asked again regional champion, 17 October 2022" in page
    assert "goes on to the regional champion" not in listed + page
