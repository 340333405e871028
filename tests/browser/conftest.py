"""A real Chromium before the real desk. Every page is watched; what it does wrong fails the test that opened it."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.pages import LOOKS, visit
from tests.browser.served import Served, serving
from tests.browser.watched import SCREEN, Watched

#: Debian's own Chromium, without anything that would call home.
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-default-apps", "--disable-domain-reliability", "--disable-sync",
    "--no-default-browser-check", "--metrics-recording-only", "--disable-client-side-phishing-detection",
    "--disable-dev-shm-usage",
)  # fmt: skip
_NONE = "no Chromium on this machine (Debian: apt-get install chromium), so no page was looked at in a browser"

Open = Callable[..., Watched]


@pytest.fixture(scope="module")  # what drives it keeps a loop running, in which Prefect could start none
def chromium() -> Iterator[Browser]:
    """Give the tests of one file a browser."""
    program = next(filter(None, map(shutil.which, _NAMES)), None)
    if program is None:
        pytest.skip(_NONE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def shared_desk(home_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Give a running desk that the tests of one file only read."""
    with serving(home_with_cast, tmp_path_factory.mktemp("desk") / "home") as desk:
        yield desk


@pytest.fixture
def desk(home_with_cast: Path, tmp_path: Path) -> Iterator[Served]:
    """Give a running desk of the test's own."""
    with serving(home_with_cast, tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="module", params=LOOKS, ids=str)
def looked(request: pytest.FixtureRequest, shared_browser: Watched) -> Iterator[Watched]:
    """Give each page in turn as it is seen by somebody; the tests of one file share it, and change no record."""
    visit(shared_browser, request.param)
    yield shared_browser
    assert shared_browser.faults == []


@pytest.fixture(scope="module")
def shared_browser(chromium: Browser, shared_desk: Served) -> Iterator[Watched]:
    """Give a browser before the shared desk that becomes now this person's, now that one's."""
    context = chromium.new_context(viewport=SCREEN, locale="en-GB")
    yield Watched.of(shared_desk, context, has_scripts=True)
    context.close()


@pytest.fixture
def open_browser(chromium: Browser) -> Iterator[Callable[..., Watched]]:
    """Open browsers before a desk, each a person's own; at the end none may have found a fault."""
    opened: list[Watched] = []
    with ExitStack() as stack:

        def opening(desk: Served, part: str | None = None, **how: Any) -> Watched:
            context = chromium.new_context(**{"viewport": SCREEN, "locale": "en-GB", **how})
            stack.callback(context.close)
            opened.append(Watched.of(desk, context, has_scripts=how.get("java_script_enabled", True)))
            if part is not None:
                opened[-1].sign_in_as(part)
            return opened[-1]

        yield opening
        faults = [fault for watched in opened for fault in watched.faults]
    assert faults == []
