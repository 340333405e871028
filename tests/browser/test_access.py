"""WCAG 2.2 AA on every page: no fault for axe at three widths, nothing lost at 320 px or at 200 %, stillness."""

import pytest

from tests.browser.watched import WIDTHS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

#: 1280 px at 400 %, which is also a small phone; 1280 px at 200 %.
NARROW = (320, 640)
TOO_WIDE = """() => {
  const wide = document.documentElement.clientWidth;
  const past = [...document.querySelectorAll('body *')].filter(e => {
    const box = e.getBoundingClientRect();
    if (box.width === 0 || (box.right <= wide + 1 && box.left >= -1)) return false;
    for (let p = e; p && p !== document.body; p = p.parentElement) {
      const style = getComputedStyle(p);
      if (p !== e && ['auto', 'scroll', 'hidden', 'clip'].includes(style.overflowX)) return false;
      if (style.position === 'absolute' && p.getBoundingClientRect().width <= 1) return false;
    }
    return true;
  });
  const scrolls = document.documentElement.scrollWidth > wide + 1;
  if (!scrolls) return [];
  return [`${document.documentElement.scrollWidth} px`, ...past.slice(0, 5).map(e => e.outerHTML.slice(0, 120))];
}"""
MOVING = """() => [...document.querySelectorAll('*')].filter(e => {
  const style = getComputedStyle(e);
  const longest = (of) => Math.max(...of.split(',').map(parseFloat));
  const moves = style.animationName !== 'none' && longest(style.animationDuration) > 0.01;
  return moves || longest(style.transitionDuration) > 0.01 || style.scrollBehavior === 'smooth';
}).slice(0, 5).map(e => e.outerHTML.slice(0, 120))"""


def test_a_page_has_no_fault_of_access_at_any_width(looked):
    found = {}
    for width in WIDTHS:
        looked.page.set_viewport_size({"width": width, "height": 900})
        if faults := looked.faults_of_access():
            found[width] = faults
    assert found == {}


def test_nothing_is_lost_to_the_side_on_a_small_screen_or_at_twice_the_size(looked):
    for width in NARROW:
        looked.page.set_viewport_size({"width": width, "height": 512})
        assert looked.page.evaluate(TOO_WIDE) == [], width


def test_nothing_moves_for_who_asked_for_stillness(looked):
    looked.page.emulate_media(reduced_motion="reduce")
    assert looked.page.evaluate(MOVING) == []
    looked.page.emulate_media(reduced_motion="no-preference")
    assert looked.page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches") is False
