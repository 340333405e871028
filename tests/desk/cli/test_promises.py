"""What States have promised, from the command line: the keys that are promised, and what became of one."""

import pytest

from casework.meetings.checking import check_all
from casework.meetings.said import Said
from casework.meetings.taking_down import take_down
from pathways.grammar.clearance import OPERATOR

MEETING = "wgtu-2023-02-15"


@pytest.fixture
def promised(desk, workspace_of):
    said = Said(speaker="COM", about="promise", words="Will ratify.", condition="conditions are met")
    take_down(workspace_of(desk), MEETING, said, sent="1", treaty="att", reader=OPERATOR)
    check_all(workspace_of(desk), MEETING, treaty="att", reader=OPERATOR)
    [one] = desk.json("promises", "--on", "2024-02-15")
    return one


def test_a_promise_has_the_promised_keys(promised):
    assert promised == {
        "state": "COM",
        "words": "Will ratify.",
        "condition": "conditions are met",
        "made_on": "2023-02-15",
        "due_on": None,
        "age_days": 365,
        "standing": "open",
        "fact": promised["fact"],
    }


def test_it_is_listed_in_words_with_how_many_stand(desk, promised):
    listed = desk("promises", "--on", "2024-02-15", COLUMNS="240").out
    assert "conditions are met" in listed
    assert "365 days" in listed
    assert "Africa: 1 stand, 0 kept, 0 lapsed." in listed


def test_it_is_renewed_and_then_listed_with_its_day(desk, promised):
    told = ("--on", "2024-05-05", "--source", "note_verbale:NV 7/2024", "--by", "2024-12")
    assert "renewed its promise" in desk("promise", "comoros", promised["fact"][:8], "renewed", *told).out
    assert "on file already" in desk("promise", "comoros", promised["fact"][:8], "renewed", *told).out
    [one] = desk.json("promises")
    assert (one["standing"], one["due_on"], one["made_on"]) == ("renewed", "2024-12-31", "2023-02-15")


def test_what_cannot_be_is_refused_in_words(desk, promised):
    answer = desk("promise", "comoros", promised["fact"], "kept", "--on", "2022-05-05", "--source", "press:A paper")
    assert answer.code == 1
    assert "The promise was made on 2023-02-15; nothing can have become of it on 2022-05-05." in answer.err


def test_what_is_no_promise_is_not_found(desk, promised):
    answer = desk("promise", "cambodia", promised["fact"], "kept", "--on", "2024-05-05", "--source", "press:A paper")
    assert answer.code == 1
    assert promised["fact"] in answer.err
