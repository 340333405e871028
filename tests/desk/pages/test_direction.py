"""On a page in Arabic a path, an address, a command and a file's name each run from the left, as they are typed."""

import re

import pytest

from casework.follow_ups.failures import NOT_TAKEN_IN, note_failure
from casework.letters.undelivered import enter_dead
from pathways.grammar.refusals import refusal
from tests.builders import days_pass
from tests.casework.letters.at_the_post import a_notice

#: What would be turned round: it begins or ends with a sign that has no direction of its own.
SIGNED = re.compile(r"(?:(?<=[\s>(])|^)(?:--?[a-z]|[/.`~][a-zA-Z]|[\w.-]+\(\d+\)\.|[a-z]+://)[\x21-\x7e]*")
APART = re.compile(r"<(bdi|code)\b[^>]*>.*?</\1>", re.DOTALL)
MAIN = re.compile(r"<main.*</main>", re.DOTALL)


def shown(page):
    """Return what of a page's text stands in no element of its own direction."""
    main = MAIN.search(page)[0]
    return re.sub(r"<[^>]*>", " ", APART.sub(" ", main))


@pytest.fixture
def troubled(desk):
    """Give a desk over a record in which much went wrong: its check-up names paths, commands and files."""
    workspace = desk.workspace
    days_pass(workspace, "2022-10-03")
    a_notice(workspace, desk.people["champion"])
    desk.as_("secretariat").post("/runs/post/start")
    with workspace.registry() as connection:
        letter = connection.exec_driver_sql("SELECT id FROM letter").scalars().first()
        enter_dead(workspace, connection, letter, "att", workspace.today())
        note_failure(
            workspace, connection, NOT_TAKEN_IN, treaty="att", mark="m", about="table (2).xml",
            reasons=[refusal("see_to_the_inbox", folder="/srv/accede/inbox/")],
        )  # fmt: skip
    (workspace.settings.home / "inbox").mkdir()
    return desk


def test_what_is_typed_runs_from_the_left_on_the_page_of_runs_and_in_the_follow_ups(troubled):
    browser = troubled.as_("secretariat")
    runs = browser.get("/runs?lang=ar").text
    assert SIGNED.findall(shown(runs)) == []
    assert "<bdi>/srv/accede/inbox/</bdi>" in runs
    assert '<code dir="ltr">accede ' in runs
    assert f"<bdi>{troubled.workspace.settings.home}" in runs
    assert "<bdi>table (2).xml</bdi>" in runs
    assert SIGNED.findall(shown(browser.get("/follow-ups").text)) == []


def test_a_page_in_english_says_it_in_one_piece(troubled):
    runs = troubled.as_("secretariat").get("/runs").text
    assert "/srv/accede/inbox/, or take it away" in runs
    assert "<code" not in runs.partition('id="doctor"')[2]


def test_what_somebody_typed_is_no_markup_there(desk):
    page = desk.as_("secretariat").post(
        "/states/MWI/facts?lang=ar", data={"kind": "exchange", "effective": "<b>x</b>/", "source": "assessment"}
    )
    assert "<b>x" not in page.text
    assert "<bdi>&lt;b&gt;x&lt;/b&gt;/</bdi>" in page.text
