"""What is new since the last visit stands on the overview, on a State's page and in the list of follow-ups."""

from datetime import timedelta

from tests.appointments import silent_states
from tests.builders import clock_of, days_pass, file
from tests.forms import led_to, words

SINCE = "Since your last visit (20 Jun 2022"


def test_the_overview_says_what_is_new_until_it_is_marked_as_seen(desk):
    browser = desk.as_("champion")
    assert "Since your last visit" not in words(browser.get("/")), "nothing is new to who was never here"
    days_pass(desk.workspace, "2022-10-03")
    silent = silent_states(desk.workspace)
    file(desk.workspace, "AGO", "signal", "2022-10-01", "press")
    file(desk.workspace, "BDI", "signal", "2022-10-01", "note_verbale")  # in confidence
    for _ in range(2):
        page = browser.get("/")
        assert SINCE in words(page)
        assert "On file: Signal of interest, 1 October 2022" in words(page)
        assert f'href="/follow-ups/{silent["AGO"]}"' in page.text
    assert words(page).count("On file:") == 1
    assert "New" in words(browser.get("/states/AGO")).split()
    assert "New" in words(browser.get("/follow-ups")).split()
    clock_of(desk.workspace).hour += timedelta(minutes=1)
    assert led_to(browser.post("/seen")) == "/ says all-seen"
    assert "Since your last visit" not in words(browser.get("/"))
    assert "New" not in words(browser.get("/states/AGO")).split()
    assert "New" not in words(browser.get("/follow-ups")).split()
    assert SINCE not in words(desk.as_("coordinator").get("/")), "a mark is one person's own"
