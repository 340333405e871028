"""A form without its mark is a stale one: what it says is shown again, and nothing is done."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.dossiers.proposal_list import proposal_list
from pathways.grammar.clearance import OPERATOR
from tests.builders import file
from tests.forms import form_for

FACT = {
    "kind": "contact_named",
    "effective": "2022-03-03",
    "source": "note_verbale",
    "reference": "NV 77",
    "x_ministry": "Defence",
}
PROPOSAL = {"kind": "signal", "effective": "2022-06-01", "source": "note_verbale", "reference": "NV 77"}
STEP, SETTLE = {"on": "2022-06-01", "reason": "All agreed at NV 77."}, {"fact": "1", "reason": "NV 77 says so."}
MARKS: dict[str, dict[str, str]] = {"missing": {}, "empty": {"mark": ""}, "blank": {"mark": " "}, "odd": {"mark": "0-"}}
WITHOUT = pytest.mark.parametrize("mark", MARKS.values(), ids=MARKS)


@WITHOUT
@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        ("coordinator", "/states/MWI/facts", FACT),
        ("coordinator", "/states/MWI/steps/start_drafting", STEP),
        ("secretariat", "/states/MWI/settle", SETTLE),
        ("contact elsewhere", "/states/KHM/proposals", PROPOSAL),
    ],
    ids=["fact", "step", "settlement", "proposal"],
)
def test_without_a_mark_nothing_is_written(desk, who, path, said, mark):
    state = path.split("/")[2]
    before = dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).facts
    answer = desk.as_(who).post(path, data={**said, **mark})
    assert answer.status_code == 409
    assert path.endswith("settle") or "NV 77" in answer.text
    assert dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).facts == before
    assert proposal_list(desk.workspace, treaty="att", reader=OPERATOR) == ()


@WITHOUT
def test_without_a_mark_nothing_is_released(desk, mark):
    fact = file(desk.workspace, "KHM", "signal", "2022-06-01", "statement").fact.id
    said = {"audience": f"person:{desk.people['champion elsewhere']}", "consent": "NV 77"}
    answer = desk.as_("secretariat").post(f"/states/KHM/facts/{fact}/release", data={**said, **mark})
    assert (answer.status_code, "NV 77" in answer.text) == (409, True)
    assert not [
        f for f in dossier_view(desk.workspace, "KHM", treaty="att", reader=OPERATOR).facts if f.kind == "release"
    ]


def test_the_form_that_is_shown_again_can_be_sent(desk):
    browser = desk.as_("coordinator")
    again = form_for(browser.post("/states/MWI/facts", data=FACT).text, "/states/MWI/facts").data()
    assert browser.post("/states/MWI/facts", data=again).status_code == 303


def test_ten_at_once_without_a_mark_file_nothing(desk):
    browser = desk.as_("coordinator")
    with ThreadPoolExecutor(10) as crowd:
        answers = list(crowd.map(lambda _: browser.post("/states/MWI/facts", data=FACT).status_code, range(10)))
    assert answers == [409] * 10
    assert not [
        f for f in dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts if f.kind == "contact_named"
    ]
