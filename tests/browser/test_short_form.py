"""The form behind a letter's link, on a telephone: saved, come back to and sent, with and without scripts."""

import pytest
from playwright.sync_api import expect

from casework.enquiries.rounds import open_enquiry
from pathways.grammar.clearance import OPERATOR
from tests.browser.watched import WIDTHS
from tests.builders import a_day
from tests.casework.enquiries.asked import led_by

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TOKEN = "a-token-that-nobody-guesses"
PHONE = {"width": WIDTHS[-1], "height": 844}
WORDS = "The bill is with the ministry. مشروع القانون لدى الوزارة 🙂"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_a_mission_answers_on_its_telephone_from_the_keyboard(desk, open_browser, has_scripts):
    open_enquiry(desk.workspace, until=a_day("2022-12-31"), treaty="att", reader=OPERATOR)
    led_by(desk.workspace, TOKEN, "MWI")
    phone = open_browser(desk, None, viewport=PHONE, java_script_enabled=has_scripts)
    page = phone.page
    assert phone.go(f"/r/{TOKEN}") == 200
    page.get_by_label("law or decision being drafted").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.get_by_label("Too few people, means or expertise for the law").press("Space")
    page.get_by_role("button", name="Save, go on later").press("Enter")
    expect(page.get_by_text("It is saved, and not sent yet.")).to_be_visible()
    phone.picture("enquiry, the form on a telephone, saved")
    phone.go(f"/r/{TOKEN}")
    expect(page.get_by_label("In your own words")).to_have_value(WORDS)
    expect(page.get_by_label("law or decision being drafted")).to_be_checked()
    page.get_by_role("button", name="Send").press("Enter")
    expect(page.get_by_text("Your answer is with the Secretariat. Thank you.")).to_be_visible()
    expect(page.get_by_label("In your own words")).to_have_value("")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
