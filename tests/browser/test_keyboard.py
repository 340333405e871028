"""The desk by keyboard alone: every control is reached in turn, shows that it is, stands in sight and lets go again."""

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: What a person can use: everything that can be focused and is seen, a group of radio buttons counting once.
COUNT = """() => {
  const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const all = [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
    .filter(e => !e.disabled && e.tabIndex >= 0 && seen(e));
  const groups = new Set();
  return all.filter(e => {
    if (e.type !== 'radio') return true;
    const group = (e.form ? [...document.forms].indexOf(e.form) : '') + e.name;
    return groups.has(group) ? false : groups.add(group);
  }).map(e => e.outerHTML.slice(0, 100));
}"""
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  window.walked = window.walked || [];
  if (e === window.walked.at(-1)) return {within: true};  // day, month and year of one date
  const been = window.walked.includes(e);
  window.walked.push(e);
  const style = getComputedStyle(e);
  const labels = e.labels ? [...e.labels] : [];
  const shown = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'
    || getComputedStyle(e.parentElement).outlineStyle !== 'none'  // the frame around a search field
    || labels.some(l => getComputedStyle(l).outlineStyle !== 'none' || getComputedStyle(l).boxShadow !== 'none');
  const box = e.getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 20), 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const covered = top && !e.contains(top) && !top.contains(e) && !labels.some(l => l.contains(top));
  return {within: false, been, shown, inside, covered: !!covered, what: e.outerHTML.slice(0, 100),
          closed: e.tagName === 'SUMMARY' && !e.parentElement.open};
}"""
_MOST = 900  # a table of all States has some four hundred


def test_every_control_is_reached_and_shown_by_the_tab_key_alone(looked):
    met = _walk(looked.page)
    lacking = [step["what"] for step in met if not step["shown"]]
    unseen = [step["what"] for step in met if not step["inside"] or step["covered"]]
    assert (lacking, unseen) == ([], [])
    assert len(met) == len(looked.page.evaluate(COUNT))


def _walk(page):
    """Press the tab key until the page is left; open on the way what is folded."""
    met = []
    while len(met) < _MOST:
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is not None and here["within"]:
            continue
        if here is None or here["been"]:
            return met
        met.append(here)
        if here["closed"]:
            page.keyboard.press("Enter")
    raise AssertionError(f"the tab key does not come to an end: {met[-1]['what']}")


def test_the_first_key_leads_past_the_menu(shared_desk, open_browser):
    browser = open_browser(shared_desk, "coordinator")
    browser.go("/")
    browser.page.keyboard.press("Tab")
    assert browser.page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    browser.page.keyboard.press("Enter")
    assert browser.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("has_scripts", [True, False])
def test_one_line_after_the_other_is_taken_down_without_leaving_the_keys(desk, open_browser, has_scripts):
    browser = open_browser(desk, "chair", java_script_enabled=has_scripts)
    browser.go("/meetings/workshop-2022-05-10#f-line")
    said = ("com p will ratify if conditions are met", "gmb l identifies gaps", "civil society o workshops")
    for number, line in enumerate(said, start=4):
        expect(browser.page.locator("#f-line")).to_be_focused()
        browser.page.keyboard.type(line)
        browser.page.keyboard.press("Enter")
        expect(browser.page.locator(".talk > li")).to_have_count(number)
    expect(browser.page.locator("#f-line")).to_have_value("")
