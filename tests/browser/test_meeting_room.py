"""An hour's tour de table, taken down by keyboard while the line is cut: nothing is lost, nothing stands twice."""

import os
import re
import signal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from casework.meetings.room import room
from pathways.grammar.clearance import OPERATOR
from tests.running_desk import running_desk

pytestmark = [pytest.mark.browser, pytest.mark.slow]
MEETING = "workshop-2022-05-10"
KEPT = f"**/meetings/{MEETING}/kept"
_STATES = ("com", "the gambia", "GMB", "South Korea", "Malawi", "جزر القمر", "jpn")
_WHO = (*_STATES, "civil society", "EU", "* Control Arms")
_LETTERS = ("l", "o", "r", "g", "b", "e", "f", "v", "?")
#: What the browser itself says of a line that is cut, and htmx of a reading that did not come.
_OF_THE_CUT = re.compile("net::ERR_|htmx:(send|after)|TypeError: Failed to fetch")


def said(number):
    """Return what is typed as the line of a number, and its words, which no other line has."""
    who = _WHO[number % len(_WHO)]
    letter = "p" if who in _STATES and number % 4 == 0 else _LETTERS[number % len(_LETTERS)]
    return f"{who} {letter} no. {number}", f"no. {number}"


def typed(page, line):
    page.keyboard.type(line)
    page.keyboard.press("Enter")


def words_on_file(desk, before=0):
    """Return the words of what was taken down since, in the order of the record."""
    lines = room(desk.workspace, MEETING, treaty="att", reader=OPERATOR).lines
    return [line.words for line in reversed(lines)][before:]


def waits(browser):
    return browser.page.locator("#kept-lines li")


def in_the_room(browser):
    browser.page.on("dialog", lambda asked: asked.accept())
    browser.go(f"/meetings/{MEETING}#f-line")
    expect(browser.page.locator("#f-line")).to_be_focused()
    return browser.page


def test_sixty_lines_are_each_on_file_once_and_in_order_though_the_line_was_cut_twice(desk, open_browser):
    browser = open_browser(desk, "chair")
    page, before = in_the_room(browser), len(words_on_file(desk))
    for number in range(20):
        typed(page, said(number)[0])
    browser.context.set_offline(True)
    for number in range(20, 30):
        typed(page, said(number)[0])
    expect(page.locator("#kept-lines [role=status]")).to_contain_text("The line is cut")
    expect(waits(browser).last).to_contain_text("no. 29")
    browser.picture("meeting-room-cut")
    page.set_viewport_size({"width": 390, "height": 844})
    browser.picture("meeting-room-cut-390")
    browser.context.set_offline(False)
    expect(waits(browser)).to_have_count(0, timeout=20_000)

    page.route(KEPT, lambda asked: _answered_to_nobody(asked, desk), times=1)
    for number in range(30, 40):
        typed(page, said(number)[0])
    expect(page.locator("#kept-lines [role=status]")).to_contain_text("The line is cut")
    assert words_on_file(desk, before)[-1] == said(30)[1]  # the desk has it, and the browser does not know
    with running_desk(desk.home, at=urlsplit(desk.url).port):
        for number in range(40, 60):
            typed(page, said(number)[0])
        expect(waits(browser)).to_have_count(0, timeout=20_000)
        expect(page.locator("#kept-lines [role=status]")).to_be_empty()
        expect(page.locator(".talk > li")).to_have_count(before + 60)
        assert words_on_file(desk, before) == [said(number)[1] for number in range(60)]
    browser.faults[:] = [fault for fault in browser.faults if not _OF_THE_CUT.search(fault)]


def _answered_to_nobody(asked, desk):
    """Let the desk take a line down, and end it before its answer has left."""
    asked.fetch()
    os.kill(desk.pid, signal.SIGKILL)
    asked.abort("connectionreset")


def test_what_waits_outlives_a_reload_and_what_was_refused_is_mended(desk, open_browser):
    browser = open_browser(desk, "chair")
    page, before = in_the_room(browser), len(words_on_file(desk))
    page.route(KEPT, lambda asked: asked.abort())
    typed(page, "com l first")
    typed(page, "Gondwana l second")
    expect(waits(browser)).to_have_count(2)
    assert browser.faults_of_access() == []
    page.reload()
    expect(waits(browser)).to_have_count(2)
    page.unroute(KEPT)
    expect(page.locator("#kept-lines .fault")).to_contain_text("“Gondwana” is the name of no State in the record")
    browser.picture("meeting-room-refused")
    page.set_viewport_size({"width": 390, "height": 844})
    browser.picture("meeting-room-refused-390")
    assert browser.faults_of_access() == []
    assert words_on_file(desk, before) == ["first"]

    mended = page.get_by_label("The line, to be mended")
    mended.fill("Gambia l second")
    page.reload()
    expect(mended).to_have_value("Gambia l second")
    mended.press("Enter")
    expect(waits(browser)).to_have_count(0)
    expect(page.locator("#f-line")).to_be_focused()
    assert words_on_file(desk, before) == ["first", "second"]
    browser.faults[:] = [fault for fault in browser.faults if not _OF_THE_CUT.search(fault)]


def test_two_who_take_down_the_same_words_at_once_take_down_two_lines(desk, open_browser):
    pages = [in_the_room(open_browser(desk, part)) for part in ("chair", "secretariat")]
    before = len(words_on_file(desk))
    for page in pages:
        typed(page, "com l the bill is tabled")
    for page in pages:
        expect(page.locator("#kept-lines li")).to_have_count(0)
        expect(page.locator(".talk > li")).not_to_have_count(before)
    assert words_on_file(desk, before) == ["the bill is tabled"] * 2


def test_whoever_signs_out_leaves_no_words_in_any_tab(desk, open_browser):
    browser = open_browser(desk, "chair")
    page = in_the_room(browser)
    other = browser.context.new_page()
    other.on("dialog", lambda asked: asked.accept())
    for tab in (page, other):
        tab.route(KEPT, lambda asked: asked.abort())
        tab.goto(f"{desk.url}/meetings/{MEETING}")
        tab.locator("#f-line").fill("com l told in confidence")
        tab.locator("#f-line").press("Enter")
        expect(tab.locator("#kept-lines li")).to_have_count(1)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("status")).to_contain_text("You are signed out")
    expect(other.locator("#kept-lines li")).to_have_count(0)
    assert [tab.evaluate("sessionStorage.length + localStorage.length") for tab in (page, other)] == [0, 0]
    browser.faults[:] = [fault for fault in browser.faults if not _OF_THE_CUT.search(fault)]


def test_a_line_waits_for_its_own_author_where_another_has_signed_in_meanwhile(desk, open_browser):
    browser = open_browser(desk, "chair")
    page, before = in_the_room(browser), len(words_on_file(desk))
    browser.sign_in_as("secretariat")
    typed(page, "com l of the chair")
    expect(page.locator("#kept-lines [role=status]")).to_contain_text("Somebody else has signed in")
    browser.sign_out()
    expect(page.locator("#kept-lines [role=status]")).to_contain_text("You are signed out", timeout=20_000)
    assert words_on_file(desk, before) == []
    browser.sign_in_as("chair")
    expect(waits(browser)).to_have_count(0, timeout=20_000)
    assert words_on_file(desk, before) == ["of the chair"]
