"""The newcomer's path of the README, click by click: a State goes forward, and a champion's letter arrives."""

import html
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from desk.demo.mailbox_folder import Box
from desk.processes.ports import free_from
from tests.desk.running_processes import comes_about
from tests.forms import led_to

ELSEWHERE = Path(__file__).with_name("demo_elsewhere.py")
README = Path(__file__).parents[3] / "README.md"
CHAMPION = "champion.nam@africa.example"
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]


@dataclass(frozen=True, kw_only=True)
class Demo:
    """A demonstration that has been played."""

    said: str
    box: Box

    def browser(self, line: str) -> httpx.Client:
        """Give a browser in which the link of a printed line was opened, and its button pressed."""
        [link] = re.findall(rf"^{re.escape(line)}: (\S+)$", self.said, re.MULTILINE)
        browser = httpx.Client(base_url=link.partition("/sign-in/")[0], headers={"sec-fetch-site": "same-origin"})
        assert ">Sign in<" in browser.get(link).text
        assert browser.post(link).status_code == 303
        return browser

    def letters_to_the_champion(self) -> list[str]:
        """Return what the champion's letters say, the newest first."""
        return [letter.text for letter in self.box.newest(99) if CHAMPION in letter.to]


@pytest.fixture
def demo(tmp_path) -> Iterator[Demo]:
    """Play a demonstration without Prefect, in which “Start now” does the work at once."""
    said = tmp_path / "said"
    command = [sys.executable, ELSEWHERE, tmp_path / "demo", "up", "--demo", "--no-prefect"]
    with said.open("w") as out:
        process = subprocess.Popen([*command, "--port", str(free_from(0))], stdout=out, stderr=subprocess.STDOUT)
    try:
        assert comes_about(lambda: "Ctrl-C ends it" in said.read_text() or process.poll() is not None, 200)
        yield Demo(said=said.read_text(), box=Box(tmp_path / "demo" / "mailbox"))
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0, said.read_text()


def mark_on(page: str) -> str:
    """Return what the State's forms carry to notice that somebody else was there."""
    return html.unescape(re.findall(r'name="mark" value="([^"]*)"', page)[0])


def test_malawi_goes_forward_and_the_champion_is_told_without_a_word_of_it(demo):
    desk = demo.browser("sign-in")
    state = desk.get("/states", params={"q": "malawi"}, follow_redirects=True)
    assert state.url.path == "/states/MWI"
    assert "Contact named" in state.text
    filed = {"kind": "contact_named", "x_ministry": "Foreign Affairs", "effective": "2022-06-22"}
    filed |= {"source": "note_verbale", "sensitivity": "confidential", "mark": mark_on(state.text)}
    answer = desk.post("/states/MWI/facts", data=filed)
    assert answer.status_code == 303, answer.text
    page = desk.get("/states/MWI").text
    assert "Take the step" in page
    answer = desk.post("/states/MWI/steps/start_drafting", data={"on": "2022-06-22", "mark": mark_on(page)})
    assert answer.status_code == 303, answer.text
    before = len(demo.letters_to_the_champion())
    assert led_to(desk.post("/runs/post/start")) == "/runs says run-done"
    newest, *others = demo.letters_to_the_champion()
    assert len(others) == before
    assert not re.search("malawi|legislation|drafting", newest, re.IGNORECASE)

    champion = demo.browser("sign-in as Regional champion, Africa, for NAM (sample)")
    [link] = re.findall(r"http://\S+/l/\w+", newest)
    seen = champion.get(link, follow_redirects=True)
    assert seen.url.path == "/states/MWI"
    assert "Drafting begun" in seen.text
    assert "Foreign Affairs" not in seen.text
    assert "Take the step" not in seen.text


@pytest.mark.parametrize("word", ["malawi", "Foreign Affairs", "2022-06-22", CHAMPION, "Take the step", "Start now"])
def test_the_readme_leads_along_this_path(word):
    assert word in README.read_text()
