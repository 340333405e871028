"""Five stories, each walked in a real browser with scripts and without: what the desk is for, from click to record."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from casework.posting import post
from casework.views.dossier import dossier_view
from casework.views.follow_ups import follow_up_list
from pathways.grammar.stages import Stage
from tests.browser.served import serving
from tests.cast import address_of
from tests.mailserver import HOST
from tests.spring import DRAFTING

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def stage_of(desk, state):
    desk.office.forget()
    return dossier_view(desk.office, state).stage


def card(browser, title):
    """Return the part of the page under a heading."""
    return browser.page.locator("section", has=browser.page.get_by_role("heading", name=title, exact=True)).last


def fill(form, said):
    """Fill in fields by their labels."""
    for label, words in said.items():
        form.get_by_label(label).fill(words)


@SCRIPTS
def test_a_coordinator_files_the_proof_and_takes_the_step(desk, open_browser, scripts):
    browser = open_browser(desk, "coordinator", java_script_enabled=scripts)
    browser.go("/")
    expect(browser.page.get_by_role("heading", level=1)).to_be_visible()
    browser.picture("1-coordinator-1-overview")

    browser.page.get_by_role("searchbox", name="Find a State").first.fill("malawi")
    browser.page.keyboard.press("Enter")
    expect(browser.page.get_by_role("heading", level=1)).to_have_text("Malawi")
    browser.picture("1-coordinator-2-state")

    browser.page.get_by_role("link", name=re.compile("File it.*contact named", re.IGNORECASE)).first.click()
    form = browser.page.locator("form.filing")
    fill(form, {"ministry": "Ministry of Foreign Affairs", "When it took effect": "2022-06-20"})
    form.get_by_label("Where it is known from").select_option("note_verbale")
    form.get_by_label("Reference of the source").fill("NV 14/2022")
    browser.picture("1-coordinator-3-form")
    form.get_by_role("button", name="File it").click()
    expect(browser.page.get_by_role("status")).to_be_visible()

    step = browser.page.locator(".step", has=browser.page.get_by_role("heading", name=re.compile("Drafting begun")))
    expect(step).to_contain_text("1 of 1 on file")
    step.get_by_label("When it was taken").fill("2022-06-21")
    step.get_by_label("Why, in a sentence").fill("The Attorney General was asked for a draft.")
    step.get_by_role("button", name="Take the step").click()
    expect(browser.page.get_by_role("status")).to_be_visible()
    expect(browser.page.get_by_role("heading", name=re.compile("Instrument ready for deposit"))).to_be_visible()
    browser.picture("1-coordinator-4-taken")
    assert stage_of(desk, "MWI") is Stage.LEGISLATION


@SCRIPTS
def test_a_step_that_is_refused_names_what_is_missing(desk, open_browser, scripts):
    browser = open_browser(desk, "coordinator", java_script_enabled=scripts)
    browser.go("/states/MWI")
    step = browser.page.locator(
        ".step", has=browser.page.get_by_role("heading", name=re.compile("Assistance asked for"))
    )
    step.locator("summary").click()
    step.get_by_label("Why, in a sentence").fill("They asked on the telephone.")
    step.get_by_role("button", name="Take the step").click()

    alert = browser.page.get_by_role("alert")
    expect(alert).to_contain_text(re.compile("contact named", re.IGNORECASE))
    expect(alert).to_contain_text(re.compile("needs for assistance", re.IGNORECASE))
    expect(step.get_by_label("Why, in a sentence")).to_have_value("They asked on the telephone.")
    browser.picture("2-refused")
    assert stage_of(desk, "MWI") is Stage.INTEREST


@SCRIPTS
def test_a_champion_comes_from_a_reminder_signs_in_and_answers(
    home_with_cast, tmp_path, mail_server, open_browser, scripts
):
    with serving(home_with_cast, tmp_path / "home", **_mail(mail_server)) as desk:
        post(desk.office, run="letters of the day")
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
        browser.go("/follow-ups")
        expect(browser.main()).to_contain_text("Malawi")
        expect(browser.main()).not_to_contain_text("Cambodia")
        browser.picture("3-champion-3-own-region")
        browser.main().get_by_role("link", name=re.compile("Malawi")).first.click()
        _answer(browser, "The mission says that the bill is with cabinet.")
        expect(browser.page.get_by_role("status")).to_be_visible()
        expect(browser.main()).to_contain_text("The mission says that the bill is with cabinet.")
        browser.picture("3-champion-4-answered")
        assert not [f for f in follow_up_list(desk.office, open_only=True) if (f.state, f.kind) == ("MWI", "silence")]


def _answer(browser, sentence):
    browser.page.get_by_role("radio", name="Done").check()
    browser.page.get_by_label("In one sentence").fill(sentence)
    browser.page.get_by_role("button", name="Close it with this").click()


def _mail(mail_server):
    return {"smtp_host": HOST, "smtp_port": mail_server.port, "smtp_security": "none"}


def _link_in(mail_server, part, beginning):
    """Wait for a letter with a link, and return the link of the last one."""
    from tests.desk.processes import comes_about

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
    listed = follow_up_list(desk.office, open_only=True)
    return {f.id for f in listed if f.region == "Africa" and f.kind == "silence"}


@SCRIPTS
def test_a_state_goes_backwards_after_a_ruling(desk, open_browser, scripts):
    browser = open_browser(desk, "coordinator", java_script_enabled=scripts)
    browser.go(f"/states/{DRAFTING}?file=ruling#file")
    form = browser.page.locator("form.filing")
    fill(form, {"ruling number": "CCZ 8/22", "When it took effect": "2022-06-20"})
    form.get_by_label("Where it is known from").select_option("court")
    form.get_by_label("Reference of the source").fill("CCZ 8/22")
    form.get_by_label(re.compile("Parliamentary approval")).check()
    browser.picture("5-ruling-1-form")
    form.get_by_role("button", name="File it").click()
    expect(browser.page.get_by_role("status")).to_be_visible()

    back = browser.page.locator("details", has=browser.page.get_by_text("Step back", exact=True)).first
    if not back.locator(".step").first.is_visible():
        back.get_by_text("Step back", exact=True).click()
    step = back.locator(".step", has=browser.page.get_by_role("heading", name=re.compile("Struck down")))
    if not step.get_by_label("Why, in a sentence").is_visible():
        step.locator("summary").click()
    step.get_by_label("Why, in a sentence").fill("The Constitutional Court found the vote void.")
    browser.picture("5-ruling-2-step-back")
    step.get_by_role("button", name="Take the step").click()
    expect(browser.page.get_by_role("status")).to_be_visible()
    browser.picture("5-ruling-3-after")

    desk.office.forget()
    seen = dossier_view(desk.office, DRAFTING, on=date(2022, 6, 21))
    assert seen.stage is Stage.LEGISLATION
    assert any("parliamentary approval" in missing.lower() for missing in seen.missing["prepare_instrument"])
