"""Two stories of people, in a real browser with scripts and without: a reminder answered, a mandate handed over."""

import re

import pytest
from playwright.sync_api import expect

from casework.follow_ups.listing import follow_up_list
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.browser.served import serving
from tests.cast import STATE_ELSEWHERE, address_of
from tests.mailserver import HOST

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


@SCRIPTS
def test_a_champion_comes_from_a_reminder_signs_in_and_answers(
    home_with_cast, tmp_path, mail_server, open_browser, scripts
):
    with serving(home_with_cast, tmp_path / "home", **_mail(mail_server)) as desk:
        post(desk.workspace, run="letters of the day")
        link = _link_in(mail_server, "champion", "/l/")
        browser = open_browser(desk, java_script_enabled=scripts)
        browser.go(link.removeprefix(desk.url))
        expect(browser.page.get_by_role("heading", level=1)).to_have_text("Sign in")
        browser.picture("3-champion-1-door")
        browser.page.get_by_label("Your e-mail address").first.fill(address_of("champion"))
        browser.page.get_by_role("button", name="Send me a link").click()
        expect(browser.page.get_by_role("status")).to_be_visible()
        browser.go(_link_in(mail_server, "champion", "/sign-in/").removeprefix(desk.url))
        browser.page.get_by_role("button", name="Sign in").click()

        expect(browser.page.locator("header").get_by_text("Champion of Africa")).to_be_visible()
        browser.picture("3-champion-2-where-the-link-leads")
        _sees_the_own_region_only(browser, desk)
        browser.go("/follow-ups")
        browser.main().get_by_role("link", name=re.compile("Malawi")).first.click()
        _answer(browser, "The mission says that the bill is with cabinet.")
        expect(browser.page.get_by_role("status")).to_be_visible()
        expect(browser.main()).to_contain_text("The mission says that the bill is with cabinet.")
        browser.picture("3-champion-6-answered")
        assert not [
            f
            for f in follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
            if (f.state, f.kind) == ("MWI", "silence")
        ]


def _sees_the_own_region_only(browser, desk):
    browser.go("/")
    expect(browser.main()).to_contain_text("Malawi: Interest")
    expect(browser.main()).to_contain_text("Cambodia")  # a dot on the map, as every State: without its stage
    expect(browser.main()).not_to_contain_text("Cambodia: ")
    browser.picture("3-champion-3-own-region")
    browser.go(f"/states/{STATE_ELSEWHERE}")
    expect(browser.page.get_by_role("heading", level=1)).to_have_text("Cambodia")
    expect(browser.page.locator(".path")).to_have_count(0)
    browser.picture("3-champion-4-elsewhere")
    elsewhere = [
        f
        for f in follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
        if f.state == STATE_ELSEWHERE
    ]
    assert elsewhere
    assert [browser.go(f"/follow-ups/{one}") for one in (999999, elsewhere[0].id)] == [404, 404]
    browser.picture("3-champion-5-another-region-s-follow-up")


def _answer(browser, sentence):
    browser.page.get_by_role("radio", name="Done").check()
    browser.page.get_by_label("In one sentence").fill(sentence)
    browser.page.get_by_role("button", name="Close it with this").click()


def _mail(mail_server):
    return {"smtp_host": HOST, "smtp_port": mail_server.port, "smtp_security": "none"}


def _link_in(mail_server, part, beginning):
    """Wait for a letter with a link, and return the link of the last one."""
    from tests.desk.running_processes import comes_about

    def found():
        texts = [letter.text for letter in mail_server.to(address_of(part))]
        return [link for text in texts for link in re.findall(r"http://\S+", text) if beginning in link]

    assert comes_about(lambda: bool(found())), [letter.text for letter in mail_server.to(address_of(part))]
    return found()[-1]


@SCRIPTS
def test_the_secretariat_hands_over_a_mandate_and_nothing_is_left_alone(desk, open_browser, scripts):
    browser = open_browser(desk, "secretariat", java_script_enabled=scripts)
    browser.go("/people")
    browser.picture("4-mandate-1-people")
    browser.go(f"/people/mandates/{desk.cast.mandates['champion']}")
    browser.page.get_by_role("link", name=re.compile("End or hand over.*Champion of Africa")).click()
    before = _open_of_africa(desk)
    assert before
    browser.page.get_by_label("Over from").fill("2022-06-21")
    browser.page.get_by_role("button", name="End it and hand over").click()
    expect(browser.page.get_by_role("alert")).to_be_visible()
    browser.picture("4-mandate-2-refused-orphans")

    browser.page.get_by_label("Who takes up the mandate").select_option(label="Administrator of the Secretariat")
    browser.page.get_by_label("All for which nobody is named below").select_option(index=1)
    browser.page.get_by_role("button", name="End it and hand over").click()
    expect(browser.page.get_by_role("status")).to_be_visible()
    browser.picture("4-mandate-3-handed-over")
    assert _open_of_africa(desk) == before, "every follow-up is still open"
    out = open_browser(desk, "champion", java_script_enabled=scripts)
    out.go("/")
    expect(out.page.get_by_role("heading", level=1)).to_have_text("Sign in")


def _open_of_africa(desk):
    listed = follow_up_list(desk.workspace, open_only=True, treaty="att", reader=OPERATOR)
    return {f.id for f in listed if f.region == "Africa" and f.kind == "silence"}
