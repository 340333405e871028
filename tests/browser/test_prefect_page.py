"""Prefect's page in a real browser: opened from the desk with its password, it calls nobody else."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page

from tests.running_prefect import RunningPrefect, running_prefect

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PAGES = ("/", "/runs", "/flows", "/deployments", "/work-pools", "/events", "/artifacts", "/settings", "/v2/dashboard")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningPrefect]:
    """Give a running server."""
    with running_prefect(tmp_path_factory.mktemp("prefect")) as found:
        yield found


@pytest.fixture
def page(chromium: Browser, running: RunningPrefect) -> Iterator[Page]:
    """Give a page on which nothing may be asked of anybody else, nor complained of by the browser."""
    context, faults = chromium.new_context(), list[str]()
    own = (f"{running.prefect.url}/", "data:", "blob:")
    context.on("request", lambda asked: None if asked.url.startswith(own) else faults.append(asked.url))
    context.on("console", lambda said: faults.append(said.text) if "Content Security" in said.text else None)
    yield context.new_page()
    context.close()
    assert faults == []


@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_it_loads_anything_from_elsewhere(running, page, path):
    page.goto(running.server.way_in(path))
    page.get_by_text("Dashboard").first.wait_for()
    page.wait_for_load_state("networkidle")
    assert page.url.startswith(running.prefect.url)
    assert "/login" not in page.url
    assert running.prefect.auth not in page.url


def test_who_has_no_password_is_asked_for_one(running, page):
    page.goto(running.prefect.url)
    page.get_by_role("button", name="Login").wait_for()


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/api/docs"])
def test_what_would_load_scripts_from_elsewhere_is_not_served(running, path):
    assert "jsdelivr" not in httpx.get(running.prefect.url + path).text


def test_there_is_one_version_of_its_page(running):
    assert httpx.get(f"{running.prefect.url}/ui-settings").json()["available_uis"] == ["v1"]
