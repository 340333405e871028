"""In a training record each hour is one of its own day, or is said to be by the real clock."""

import re

import pytest

from casework.follow_ups.actions import close
from casework.letters.administration import list_letters
from casework.letters.posting import post
from casework.operations.checkup import check_up
from casework.record.audit import audit
from casework.record.audit_result import result_of
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from tests.appointments import eyes
from tests.forms import words

HOUR = re.compile(r"\d{1,2} \w{3} (\d{4}), \d\d:\d\d \S+( by the real clock)?")
OF_THE_RECORD = "2022"


@pytest.fixture
def told(desk, silent, mail_server):
    """Give the follow-up of Angola, whose champion was told by letter, opened it and answered."""
    workspace = desk.workspace
    mail = {"smtp_host": "127.0.0.1", "smtp_port": mail_server.port, "smtp_security": "none"}
    workspace.settings = workspace.settings.model_copy(update=mail)
    post(workspace, run="test")
    for letter in list_letters(workspace, reader=OPERATOR):
        if letter.person == desk.people["champion"]:
            assert desk.as_("champion").get(f"/l/{letter.letter}").status_code == 303
    close(workspace, silent["AGO"], "done: they answer", reader=eyes(workspace, desk.people["champion"]), treaty="att")
    return silent["AGO"]


def hours(page):
    return [(year, bool(said)) for year, said in HOUR.findall(words(page))]


def test_every_hour_of_the_machines_clock_is_said_to_be_one(desk, told):
    browser = desk.as_("secretariat")
    browser.post("/runs/sweep/start")
    audit(desk.workspace, run="test")
    pages = {path: hours(browser.get(path)) for path in ("/runs", f"/follow-ups/{told}", "/states/AGO")}
    for path, found in pages.items():
        assert found, path
        assert all(said is (year != OF_THE_RECORD) for year, said in found), (path, found)
    assert {said for found in pages.values() for _, said in found} == {True, False}


def test_so_it_is_in_what_the_check_up_and_the_audit_say(desk, silent):
    found = {one.name: sentence(one.says) for one in check_up(desk.workspace).findings}
    assert found["letters to carry"].endswith("by the real clock.")
    assert "by the real clock" in sentence(result_of(audit(desk.workspace, run="test")))
