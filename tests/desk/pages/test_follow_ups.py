"""The follow-ups on the desk: who sees which, and what is said when something cannot be done."""

import re
from html import unescape

import pytest

from casework.follow_ups.actions import close, take
from casework.follow_ups.listing import follow_up_view
from casework.letters.administration import list_letters
from casework.letters.posting import post
from casework.letters.undelivered import enter_dead
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, eyes, silent_states
from tests.builders import days_pass
from tests.casework.letters.at_the_post import a_notice
from tests.forms import led_to, words

TODAY = "2022-10-03"


def links(answer):
    return {int(found) for found in re.findall(r'href="/follow-ups/(\d+)"', answer.text)}


def sent_from(answer):
    """Return what the forms of a page do to a follow-up."""
    return set(re.findall(r'action="/follow-ups/\d+/([\w-]+)"', answer.text))


def test_a_champion_sees_the_own_region_only(desk, silent):
    shown = links(desk.as_("champion").get("/follow-ups"))
    assert silent["AGO"] in shown
    assert silent["KHM"] not in shown
    assert silent["KHM"] in links(desk.as_("champion elsewhere").get("/follow-ups"))
    assert {silent["AGO"], silent["KHM"]} <= links(desk.as_("secretariat").get("/follow-ups?region=Africa")) | links(
        desk.as_("secretariat").get("/follow-ups?region=Asia")
    )


@pytest.mark.parametrize("who", ["president", "chair", "contact elsewhere", "contact of a party", "contact"])
def test_who_follows_nothing_up_finds_an_empty_inbox_and_no_follow_up(desk, silent, who):
    browser = desk.as_(who)
    answer = browser.get("/follow-ups")
    assert (answer.status_code, links(answer)) == (200, set())
    assert browser.get(f"/follow-ups/{silent['AGO']}").status_code == 404


@pytest.mark.parametrize("path", ["", "/take", "/hand-over", "/snooze", "/close"])
def test_anothers_region_looks_like_what_does_not_exist(desk, silent, path):
    browser = desk.as_("champion elsewhere")
    answers = []
    for number in (silent["AGO"], 99999, "abc", "9" * 40):
        at = f"/follow-ups/{number}{path}"
        answer = browser.post(at, data={"text": "x", "outcome": "done"}) if path else browser.get(at)
        answers.append((answer.status_code, answer.text.replace(f"/follow-ups/{number}", "")))
    assert {status for status, _ in answers} == {404}
    assert len(set(answers)) == 1
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).closed_on is None


def test_the_link_of_anothers_letter_says_whose_it_may_be_as_does_one_of_no_letter(desk):
    a_notice(desk.workspace, desk.people["champion"])
    [letter] = list_letters(desk.workspace, reader=OPERATOR)
    anothers, nobodys = (desk.as_("coordinator").get(f"/l/{id_}") for id_ in (letter.letter, "0" * 32))
    assert anothers.status_code == nobodys.status_code == 404
    assert anothers.text == nobodys.text.replace("0" * 32, letter.letter)
    assert "opens only for the person to whom the letter was written" in words(anothers)


def test_a_dead_letter_is_named_by_its_reader_in_the_secretariats_inbox(desk):
    a_notice(desk.workspace, desk.people["champion"])
    [letter] = list_letters(desk.workspace, reader=OPERATOR)
    with desk.workspace.registry() as connection:
        enter_dead(desk.workspace, connection, letter.letter, "att", desk.workspace.today())
    said = f"The letter to {letter.name} could not be delivered"
    assert said in words(desk.as_("secretariat").get("/follow-ups"))
    assert letter.name not in words(desk.as_("coordinator").get("/follow-ups"))


def test_a_stranger_is_sent_to_the_door_and_comes_back(desk, silent):
    answer = desk.stranger().get(f"/follow-ups/{silent['AGO']}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/sign-in?next=")


def test_a_champion_answers_a_reminder_in_a_sentence(desk, silent):
    browser, at = desk.as_("champion"), f"/follow-ups/{silent['AGO']}"
    assert "an exchange with the State of today goes on file" in words(browser.get(at))
    answer = browser.post(f"{at}/close", data={"outcome": "done", "text": "Spoke with the mission."})
    assert led_to(answer) == f"{at} says follow-up-closed"
    after = browser.get(answer.headers["location"])
    assert "Done: Spoke with the mission." in words(after)
    assert "Closed by Champion of Africa on 3 October 2022." in words(after)
    assert "أُنجزت: Spoke with the mission." in words(desk.as_("champion").get(f"{at}?lang=ar"))
    assert silent["AGO"] in links(browser.get("/follow-ups"))


@pytest.mark.parametrize(
    ("outcome", "text"),
    [("done", ""), ("done", "   "), ("done", "\u3164"), ("", "spoke"), ("ratified", "spoke"), ("not needed", "")],
)
def test_a_follow_up_is_not_closed_without_an_outcome_and_the_text_is_kept(desk, silent, outcome, text):
    at = f"/follow-ups/{silent['AGO']}"
    answer = desk.as_("champion").post(f"{at}/close", data={"outcome": outcome, "text": text})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "closed with its outcome" in words(answer)
    assert f'name="text" id="f-text" value="{text}"' in answer.text
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).closed_on is None


def test_the_second_of_two_who_close_is_told_who_did_what_and_keeps_the_own_text(desk, silent):
    browser, at = desk.as_("champion"), f"/follow-ups/{silent['AGO']}"
    close(
        desk.workspace,
        silent["AGO"],
        "done: I called",
        reader=eyes(desk.workspace, desk.people["secretariat"]),
        treaty=None,
    )
    answer = browser.post(f"{at}/close", data={"outcome": "done", "text": "My own words"})
    assert answer.status_code == 409
    assert f"The Secretariat closed follow-up {silent['AGO']} on 3 October 2022" in words(answer)
    assert "My own words" in words(answer)
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).outcome == "done: I called"


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2022-10-03", "a day after 3 October 2022"),
        ("2020-01-01", "a day after 3 October 2022"),
        ("2022-10-18", "until 17 October 2022 at the latest, not until 18 October 2022"),
        ("2023-06-31", "is not a date of the calendar"),
        ("", "until which day"),
        ("soon", "is not a day; write 3 October 2022"),
    ],
)
def test_it_does_not_rest_until_the_past_or_a_day_that_is_none(desk, silent, until, said):
    at = f"/follow-ups/{silent['AGO']}"
    answer = desk.as_("champion").post(f"{at}/snooze", data={"until": until, "reason": "elections in May"})
    assert answer.status_code == 422
    assert said in words(answer)
    assert 'value="elections in May"' in answer.text
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).snoozed_until is None


def test_the_forms_say_beside_the_reason_of_a_rest_who_reads_it(desk, silent):
    for page in (f"/follow-ups/{silent['AGO']}", "/follow-ups"):
        hint = re.search(r'id="f-reason-hint"[^>]*>([^<]*)<', desk.as_("champion").get(page).text)[1]
        assert re.search(r"Everybody who may know of (this|these) follow-ups? can read it", hint), page


def test_it_rests_until_a_day_for_a_reason(desk, silent):
    browser, at = desk.as_("champion"), f"/follow-ups/{silent['AGO']}"
    assert "Until 17 October 2022 at the latest." in words(browser.get(at))
    assert browser.post(f"{at}/snooze", data={"until": "2022-10-17", "reason": ""}).status_code == 422
    assert browser.post(f"{at}/snooze", data={"until": "2022-10-17", "reason": "elections"}).status_code == 303
    assert "17 October 2022 elections" in words(browser.get(at))
    assert "Rests until 17 October 2022" in words(browser.get("/follow-ups"))


def test_it_is_taken_and_handed_over_to_who_may_be_reached(desk, silent):
    second, _ = a_champion(desk.workspace, "GHA", "Africa", "Second champion")
    browser, at = desk.as_("champion"), f"/follow-ups/{silent['AGO']}"
    assert browser.post(f"{at}/take").status_code == 303
    shown = browser.get(at)
    offered = {int(found) for found in re.findall(r'<option value="(\d+)"', shown.text)}
    assert second in offered
    assert not offered & {desk.people[who] for who in ("champion", "champion elsewhere", "coordinator", "president")}
    assert browser.post(f"{at}/hand-over", data={"person": str(second)}).status_code == 303
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).owner == second
    answer = desk.as_("champion").post(f"{at}/take")
    assert answer.status_code == 422
    assert "Second champion has follow-up" in words(answer)


@pytest.mark.parametrize("who", ["coordinator", "champion elsewhere", "president"])
def test_it_is_not_handed_to_who_may_not_own_it(desk, silent, who):
    at = f"/follow-ups/{silent['AGO']}"
    answer = desk.as_("secretariat").post(f"{at}/hand-over", data={"person": str(desk.people[who])})
    assert answer.status_code == 422
    assert follow_up_view(desk.workspace, silent["AGO"], treaty="att", reader=OPERATOR).owner is None


def test_a_coordinator_is_informed_of_a_silence_and_asked_for_nothing(desk, silent):
    """E3.7: no letter reaches the champion, so the silence passes on to the coordinator, who may take it."""
    post(desk.workspace, run="test")
    days_pass(desk.workspace, "2022-10-04")
    silent_states(desk.workspace)
    browser, at = desk.as_("coordinator"), f"/follow-ups/{silent['AGO']}"
    overview = browser.get("/").text.partition('<h2 id="todo-h">')[2].partition("For your information")
    assert overview[1]
    assert at not in overview[0]
    assert "Nothing is asked of you." in overview[2]
    inbox = browser.get("/follow-ups").text
    informs = inbox.partition("part-for_information")[2].partition("</section>")[0]
    assert at in informs
    assert '<span class="tag' not in informs
    page, state = browser.get(at).text, browser.get("/states/AGO").text
    assert "Nothing is asked of you" in page
    assert sent_from(browser.get(at)) == {"take", "comments"}
    for verb, sent in (("close", {"outcome": "done", "text": "spoke"}), ("snooze", {"until": "2022-10-10"})):
        answer = browser.post(f"{at}/{verb}", data=sent)
        assert answer.status_code == 422
        assert "take it first" in words(answer)
    ahead = state.partition('id="ahead"')[2].partition("</section>")[0]
    assert "nothing is asked of you" in ahead
    assert "Answer it" not in ahead
    browser.post(f"{at}/take")
    assert f'action="{at}/close"' in browser.get(at).text
    assert at in browser.get("/").text.partition("For your information")[0]


def test_what_somebody_else_has_is_answered_by_no_form_and_commented(desk, silent):
    second, _ = a_champion(desk.workspace, "GHA", "Africa", "Second champion")
    at = f"/follow-ups/{silent['AGO']}"
    take(desk.workspace, silent["AGO"], reader=eyes(desk.workspace, second), treaty="att")
    browser = desk.as_("champion")
    page = browser.get(at)
    assert sent_from(page) == {"comments"}
    assert "Second champion has it" in words(page)
    state = browser.get("/states/AGO").text
    assert "Answer it" not in state.partition('id="ahead"')[2].partition("</section>")[0]
    answer = browser.post(f"{at}/close", data={"outcome": "done", "text": "My own words"})
    assert answer.status_code == 422
    assert "Second champion has follow-up" in words(answer)
    assert "My own words" in words(answer)
    assert sent_from(desk.as_("secretariat").get(at)) >= {"close", "snooze", "hand-over", "take", "comments"}


def test_a_contradiction_is_not_a_champions_to_answer_and_a_ready_step_not_to_put_to_rest(desk, silent):
    with desk.workspace.registry() as connection:
        connection.exec_driver_sql("UPDATE notice SET withdrawn = true")  # none of it has asked a champion
        for occasion, about, number in (("contradiction", "deposit", "AGO"), ("ready", "start_drafting", "BDI")):
            connection.exec_driver_sql(
                f"UPDATE follow_up SET occasion = '{occasion}', about = '{about}', rungs = 'secretariat',"
                f" is_public = true WHERE id = {silent[number]}"
            )
    for state, hears in (("AGO", "The Secretariat compares the two"), ("BDI", "The coordinator or the Secretariat")):
        page = desk.as_("champion").get(f"/follow-ups/{silent[state]}")
        assert sent_from(page) == {"comments", "hand-over"}
        assert (hears in words(page), "lets this rest" in words(page)) == (True, False)


def test_nobody_named_is_a_sentence(desk, silent):
    answer = desk.as_("secretariat").post(f"/follow-ups/{silent['AGO']}/hand-over", data={})
    assert answer.status_code == 422
    assert 'href="#f-person"' in answer.text
    assert "Say who takes it over." in words(answer)


@pytest.mark.parametrize("text", ["two\nlines", "x" * 501, "a\u2028b"])
def test_what_is_no_line_is_refused_and_kept(desk, silent, text):
    answer = desk.as_("champion").post(f"/follow-ups/{silent['AGO']}/close", data={"outcome": "done", "text": text})
    assert answer.status_code == 422
    assert "Write one line of at most 500 characters." in words(answer)
    assert text.split("\n")[0] in unescape(answer.text)


def test_a_script_or_a_formula_is_shown_as_the_text_it_is(desk, silent):
    browser = desk.as_("champion")
    for state, text in (("AGO", '"><script>alert(1)</script>'), ("COM", "=1+1{{ 7*7 }}")):
        at = f"/follow-ups/{silent[state]}"
        browser.post(f"{at}/snooze", data={"until": "2022-10-10", "reason": text})
        browser.post(f"{at}/close", data={"outcome": "done", "text": text})
        for page in (browser.get(at), browser.get("/follow-ups")):
            assert "<script>alert" not in page.text
            assert f"Done: {text}" in words(page) or text in unescape(page.text)


def test_the_secretariat_sees_the_whole_chain_and_others_that_somebody_was_reminded(desk, silent):
    a_champion(desk.workspace, "GHA", "Africa", "Second champion")
    post(desk.workspace, run="test")
    at = f"/follow-ups/{silent['AGO']}"
    assert re.search(r"Champion of Africa [\w ]{,20}Held", words(desk.as_("secretariat").get(at)))
    assert "There is no way to send it." in words(desk.as_("champion").get(at))
    other = words(desk.as_("coordinator").get(at)).partition("Where it stands")[0]
    assert "Champion of Africa" not in other
    assert "No letter about this was written to you." in other


def test_no_page_says_that_a_letter_was_received(desk, silent):
    page = words(desk.as_("secretariat").get(f"/follow-ups/{silent['AGO']}"))
    assert "Waiting" in page
    assert "received" not in page.lower()


@pytest.mark.parametrize("query", ["region=Atlantis", "person=0", "person=abc", "page=-3", "closed=x&page=99999999999"])
def test_a_filter_that_fits_nothing_shows_nothing_and_breaks_nothing(desk, silent, query):
    assert desk.as_("secretariat").get(f"/follow-ups?{query}").status_code == 200


def test_nothing_is_chosen_before_somebody_chooses(desk, silent):
    page = desk.as_("champion").get(f"/follow-ups/{silent['AGO']}")
    choices = re.findall(r'<input type="radio" name="outcome"[^>]*>', page.text)
    assert len(choices) == 4
    assert all(" required" in choice and " checked" not in choice for choice in choices)
    assert "does not take the step" not in words(page)
