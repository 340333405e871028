"""A page under watch: whatever it asks for elsewhere, complains of or fails to load is kept as a fault."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response, ViewportSize, expect

from casework.access.sessions import open_session
from tests.browser.served import Served

PICTURES = Path(__file__).resolve().parents[2] / "build" / "pictures"
WIDTHS = (1440, 1024, 390)
#: A diplomat's laptop; the phone in a corridor is the last of WIDTHS.
SCREEN: ViewportSize = {"width": 1440, "height": 900}
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_VIOLATIONS = """rules => axe.run(document, {runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']})
  .then(found => found.violations)"""
#: What Chromium says of every answer from 400 on; which answers are faults is decided by `_notice_answer`.
_A_STATUS = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d|503)")
_AT_WORK = ".htmx-request, .htmx-swapping, .htmx-settling"
_HARMLESS = ("data:", "blob:", "about:")
COOKIE = "accede"


@dataclass
class Watched:
    """One person's browser at a desk: who is signed in, the page, and what went wrong on it."""

    desk: Served
    context: BrowserContext
    page: Page
    has_scripts: bool = True
    faults: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, desk: Served, context: BrowserContext, *, has_scripts: bool) -> "Watched":
        """Open a page and watch it."""
        seen = cls(desk=desk, context=context, page=context.new_page(), has_scripts=has_scripts)
        context.on("request", seen._notice_request)
        context.on("response", seen._notice_answer)
        context.on("console", seen._notice_word)
        context.on("weberror", lambda error: seen.faults.append(f"script failed: {error.error}"))
        return seen

    def sign_in_as(self, part: str) -> None:
        """Be somebody of the cast from now on, by a session of theirs."""
        token = open_session(self.desk.workspace, self.desk.cast.people[part])
        self.context.add_cookies([{"name": COOKIE, "value": token, "url": self.desk.url}])

    def sign_out(self) -> None:
        """Be nobody from now on."""
        self.context.clear_cookies()

    def go(self, path: str) -> int:
        """Open a page of the desk and return the status of the answer."""
        answer = self.page.goto(self.desk.url + path)
        assert answer is not None
        return answer.status

    def picture(self, name: str) -> None:
        """Leave a picture of the whole page for people to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        # The picture hides the caret by a style on the fields; a part that is put in meanwhile would take it over.
        expect(self.page.locator(_AT_WORK)).to_have_count(0)
        self.page.screenshot(
            path=PICTURES / f"{name}{'' if self.has_scripts else ', without scripts'}.png", full_page=True
        )

    def main(self) -> Locator:
        """Return what the page is about."""
        return self.page.locator("main")

    def faults_of_access(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands, best practice included."""
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(Axe().axe_script)
        return list(_in_words(self.page.evaluate(_VIOLATIONS, _RULES)))

    def _notice_request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.desk.url}/", *_HARMLESS)):
            self.faults.append(f"asked for something elsewhere: {request.url}")

    def _notice_answer(self, answer: Response) -> None:
        is_page = answer.request.resource_type in ("document", "fetch", "xhr")
        if answer.status >= 500 and answer.status != 503:
            self.faults.append(f"broke: {answer.status} {answer.url}")
        if answer.status >= 400 and not is_page:
            self.faults.append(f"not served: {answer.status} {urlsplit(answer.url).path}")

    def _notice_word(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not _A_STATUS.match(message.text):
            self.faults.append(f"the browser complains: {message.text}")


def _in_words(violations: Sequence[Any]) -> Iterator[str]:
    for violation in violations:
        for node in violation["nodes"]:
            yield f"{violation['id']} ({violation['help']}): {node['html'][:160]}"
