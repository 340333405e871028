"""That a step is ready, on the desk: closed by the step, and asked of whoever has a button for it."""

from casework.dossiers.releasing import release
from casework.follow_ups.listing import follow_up_list
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from tests.builders import file, step
from tests.forms import words

TODAY = "2022-10-03"


def about_the_ready_step(desk):
    """Put everything on file that Cambodia's next step needs, and return the follow-up that says so."""
    file(desk.workspace, "KHM", "contact_named", "2022-06-03", "note_verbale:12", ministry="Defence")
    sweep(desk.workspace, run="all is there", treaty="att")
    return next(
        f.id
        for f in follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
        if (f.state, f.kind) == ("KHM", "ready")
    )


def test_what_asks_for_a_step_is_closed_by_the_step_and_offers_no_other_way(desk, silent):
    at = f"/follow-ups/{about_the_ready_step(desk)}"
    browser = desk.as_("secretariat")
    page = browser.get(at)
    assert "The step closes it, once it is taken." in words(page)
    assert 'href="/states/KHM#needs">Take it on the State' in page.text
    assert f'action="{at}/close"' not in page.text
    answer = browser.post(f"{at}/close", data={"outcome": "done", "text": "It was taken."})
    assert answer.status_code == 422
    assert "take the step, or let this rest with a reason" in words(answer)


def test_no_page_says_take_the_step_to_whom_it_gives_no_button(desk, silent):
    filed = file(desk.workspace, "IND", "signal", "2022-09-03", "statement")
    release(
        desk.workspace, "IND", filed.fact.id, audience=f"person:{desk.people['champion elsewhere']}", treaty="att",
        name="India", reader=OPERATOR, consent="Note verbale 7/2022",
    )  # fmt: skip
    sweep(desk.workspace, run="a signal", treaty="att")
    listed = follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
    at = f"/follow-ups/{next(f.id for f in listed if (f.state, f.kind) == ('IND', 'ready'))}"
    seen = set()
    for who in ("champion elsewhere", "secretariat"):
        browser = desk.as_(who)
        for page in (browser.get(at), browser.get("/states/IND")):
            says = "take the step" in words(page).casefold().replace("takes the step", "")
            has = "/states/IND/steps/voice_interest" in page.text or 'href="/states/IND#needs"' in page.text
            seen.add((who, says or "Take it on the State" in page.text, has))
    assert seen == {("champion elsewhere", False, False), ("secretariat", True, True)}
    page = words(desk.as_("champion elsewhere").get(at))
    assert "The coordinator or the Secretariat takes the step." in page


def test_what_asked_for_a_step_says_that_it_was_taken_and_leads_there_who_may_read_it(desk, silent):
    at = f"/follow-ups/{about_the_ready_step(desk)}"
    fact = step(desk.workspace, "KHM", "start_drafting", "2022-10-03").fact.id
    browser = desk.as_("secretariat")
    page, inbox, state = browser.get(at), browser.get("/follow-ups"), browser.get("/states/KHM?all=yes")
    assert f'href="/states/KHM?all=yes#fact-{fact}">The step was taken</a>' in page.text
    assert f'href="#fact-{fact}">The step was taken</a>' in state.text
    assert f'id="fact-{fact}"' in state.text
    assert "The step was taken" in words(inbox)
    assert fact not in words(page) + words(inbox)
    assert "اتُّخذت الخطوة" in words(desk.as_("secretariat").get(f"{at}?lang=ar"))
    late = browser.post(f"{at}/close", data={"outcome": "done", "text": "It was taken."})
    assert "on 3 October 2022: the step was taken." in words(late)


def test_another_step_and_another_fact_have_overtaken_what_they_have_not_done(desk, silent):
    at = f"/follow-ups/{about_the_ready_step(desk)}"
    fact = file(desk.workspace, "KHM", "paused", "2022-10-03", "statement", review_on="2023-05-01").fact.id
    page = desk.as_("secretariat").get(at)
    assert f'href="/states/KHM?all=yes#fact-{fact}">Overtaken by a fact</a>' in page.text
    assert "The step was taken" not in words(page)
    late = desk.as_("secretariat").post(f"{at}/close", data={"outcome": "done", "text": "It was taken."})
    assert "on 3 October 2022: overtaken by a fact." in words(late)
