"""Three stories of a State's pathway, in a real browser with scripts and without: a step taken, refused, undone."""

import re

import pytest
from playwright.sync_api import expect

from casework.dossiers.dossier_view import dossier_view
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Stage
from tests.refusals import said
from tests.spring import READY

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])


def stage_of(desk, state):
    desk.workspace.forget()
    return dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).stage


def here_on_the_path(browser):
    """Return the stage on the path that the page marks as the State's own."""
    return browser.page.locator('.path li[aria-current="step"]')


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
def test_a_state_goes_backwards_after_a_ruling(desk, open_browser, scripts):
    browser = open_browser(desk, "coordinator", java_script_enabled=scripts)
    assert stage_of(desk, READY) is Stage.DEPOSIT
    browser.go(f"/states/{READY}")
    expect(here_on_the_path(browser)).to_contain_text("Deposit")
    browser.picture("5-ruling-1-ready")
    _file_the_ruling(browser)
    _take_the_step_back(browser)

    expect(here_on_the_path(browser)).to_contain_text("Legislation")
    expect(browser.page.locator(".path li", has_text="Deposit")).to_contain_text("set back on 21 June 2022")
    expect(browser.main()).to_contain_text("From Deposit to Legislation")
    browser.picture("5-ruling-4-after")
    assert stage_of(desk, READY) is Stage.LEGISLATION
    missing = dossier_view(desk.workspace, READY, treaty="att", reader=OPERATOR).missing["prepare_instrument"]
    assert said(missing) == ("Not on file: parliamentary approval (parliamentary_approval).",)


def _file_the_ruling(browser):
    browser.go(f"/states/{READY}?file=ruling#file")
    form = browser.page.locator("form.filing")
    fill(form, {"ruling number": "CCZ 8/22", "When it took effect": "2022-06-20"})
    form.get_by_label("Where it is known from").select_option("court")
    form.get_by_label("Reference of the source").fill("CCZ 8/22")
    expect(form.get_by_label(re.compile("^Signature"))).to_have_count(0)  # no court undoes it
    form.get_by_label(re.compile("Parliamentary approval")).check()
    browser.picture("5-ruling-2-form")
    form.get_by_role("button", name="File it").click()
    expect(browser.page.get_by_role("status")).to_be_visible()


def _take_the_step_back(browser):
    step = browser.page.locator(".step", has=browser.page.get_by_role("heading", name=re.compile("Struck down")))
    step.get_by_label("Why, in a sentence").fill("The Constitutional Court found the vote void.")
    browser.picture("5-ruling-3-step-back")
    step.get_by_role("button", name="Take the step").click()
    expect(browser.page.get_by_role("status")).to_be_visible()
