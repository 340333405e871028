"""What pages are dressed in is served from the desk itself, and kept by browsers for as long as it is the same."""

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from desk.web import assets
from tests.architecture.tree import ROOT

STATIC = ROOT / "desk/static"


@pytest.fixture(scope="module")
def browser():
    app = FastAPI()
    assets.mount(app)
    with TestClient(app) as browser:
        yield browser


def test_a_file_is_kept_for_a_year_under_an_address_of_its_own(browser):
    answer = browser.get(assets.asset_url("desk.css"))
    assert answer.status_code == 200
    assert "immutable" in answer.headers["cache-control"]


def test_a_file_asked_for_without_its_mark_is_asked_for_again(browser):
    assert browser.get("/static/desk.css").headers["cache-control"] == "no-cache"


def test_a_file_that_is_not_there_has_no_address(browser):
    assert assets.asset_url("vendor/never-fetched.js") == ""
    assert browser.get("/static/vendor/never-fetched.js").status_code == 404


@pytest.mark.parametrize("path", ["/static/../web.py", "/static/%2e%2e/web.py", "/static//etc/hostname"])
def test_nothing_else_of_the_machine_is_served(browser, path):
    assert browser.get(path).status_code == 404


def test_the_sheet_has_both_directions_in_one():
    sheet = (STATIC / "desk.css").read_text()
    sided = [word for word in ("-left", "-right", " left:", " right:", "float:") if word in sheet]
    assert sided == []


def test_nothing_that_is_served_asks_for_anything_elsewhere():
    for path in STATIC.glob("*.*"):
        text = path.read_text().replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text, path.name
