"""The way back: who opens the address that a form is sent to comes to the page where the form stands."""

import pytest

from desk.server.way_back import page_of_form


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/states/MWI/facts", "/states/MWI"),
        ("/states/MWI/proposals", "/states/MWI"),
        ("/states/MWI/steps/start_drafting", "/states/MWI"),
        ("/states/MWI/settle", "/states/MWI"),
        ("/states/MWI/facts/abc/take-back", "/states/MWI"),
        ("/follow-ups/4/close", "/follow-ups/4"),
        ("/proposals/2/accept", "/proposals"),
        ("/people/3/invite", "/people/3"),
        ("/people/channels/3/returned", "/people"),
        ("/people/mandates", "/people"),
        ("/people/mandates/2/holds", "/people/mandates/2"),
        ("/runs/sweep/start", "/runs"),
        ("/letters/abc/retry", "/runs"),
        ("/account/password", "/account"),
        ("/sign-out", "/"),
        ("/sign-out/everywhere", "/"),
    ],
)
def test_a_form_stands_on_a_page(sent_to, page):
    assert page_of_form(sent_to) == page


@pytest.mark.parametrize("path", ["/", "/states/MWI", "/people/mandates/2/end", "/sign-in", "/nowhere/at/all"])
def test_what_has_a_page_of_its_own_or_is_nothing_leads_nowhere_else(path):
    assert page_of_form(path) is None


def test_a_refused_step_whose_address_is_opened_again_leads_back_to_its_state(desk):
    browser = desk.as_("coordinator")
    refused = browser.post("/states/MWI/steps/ask_for_help", data={"on": "2022-06-20"})
    assert refused.status_code == 409
    again = browser.get("/states/MWI/steps/ask_for_help")
    assert (again.status_code, again.headers["location"]) == (303, "/states/MWI")
    assert browser.get("/people/mandates").headers["location"] == "/people"


def test_what_is_not_there_stays_nothing_by_that_way_too(desk):
    assert desk.as_("coordinator").get("/states/XXX/settle", follow_redirects=True).status_code == 404


HIDDEN = ["/runs/sweep/start", "/letters/abc/retry", "/letters/abc/give-up", "/runs/intake/files/abc"]


@pytest.mark.parametrize("sent_to", [*HIDDEN, "/proposals/2/accept", "/proposals/2/decline"])
def test_whoever_is_not_let_in_to_the_page_is_led_nowhere(desk, sent_to):
    nothing = desk.as_("coordinator").get("/nowhere/at/all")
    answer = desk.as_("coordinator").get(sent_to)
    assert (answer.status_code, answer.headers.get("location")) == (404, None)
    assert answer.text.partition("<main")[2] == nothing.text.partition("<main")[2]
    assert desk.as_("secretariat").get(sent_to).status_code == 303


def test_a_contact_is_led_to_the_proposals_and_not_to_the_runs(desk):
    contact = desk.as_("contact")
    assert contact.get("/proposals/2/accept").headers["location"] == "/proposals"
    assert contact.get("/runs/sweep/start").status_code == 404
