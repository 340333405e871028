"""One line of the meeting room is read as it was meant, or says why it cannot be."""

import pytest

from casework.meetings.line import LETTERS, read_line
from casework.meetings.said import NotTakenDown
from casework.meetings.speakers import Speakers
from pathways.grammar.terms import About
from sources.states import load_register
from tests.builders import a_day

TODAY = a_day("2023-02-15")


def read(text):
    line = read_line(text, Speakers(register=load_register(), known=["Control Arms", "Instituto e Lei"]), today=TODAY)
    return line.speaker, str(line.about), line.words, line.condition, str(line.by or "")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("com p will ratify if conditions are met", ("com", "promise", "will ratify", "conditions are met", "")),
        ("com p will ratify by 2023-12", ("com", "promise", "will ratify", "", "2023-12")),
        (
            "com p will ratify by December 2023 if conditions are met",
            ("com", "promise", "will ratify", "conditions are met", "2023-12"),
        ),
        (
            "com p will ratify if conditions are met by 31 December 2023.",
            ("com", "promise", "will ratify", "conditions are met", "2023-12-31"),
        ),
        ("Republic of Korea o translates", ("Republic of Korea", "outreach", "translates", "", "")),
        ("Instituto e Lei o held a seminar", ("Instituto e Lei", "outreach", "held a seminar", "", "")),
        ("several delegations v ask if there are resources", (
            "several delegations", "position", "ask if there are resources", "", "")),
        ("GMB L identifies gaps, helped by Saferworld", (
            "GMB", "law_progress", "identifies gaps, helped by Saferworld", "", "")),
        ("gmb r supported by 3 ministries", ("gmb", "assistance_received", "supported by 3 ministries", "", "")),
        ("* New Body v supports it", ("* New Body", "position", "supports it", "", "")),
        ("control arms o p is for parliament", ("control arms", "outreach", "p is for parliament", "", "")),
        ("جزر القمر p ستصدّق", ("جزر القمر", "promise", "ستصدّق", "", "")),
        ("gmb ? to be seen", ("gmb", "other", "to be seen", "", "")),
    ],
)  # fmt: skip
def test_a_line_is_read(typed, parts):
    assert read(typed) == parts


def test_there_is_a_letter_for_every_kind():
    assert sorted(LETTERS.values()) == sorted(About)


@pytest.mark.parametrize("typed", ["", "com", "com will ratify", "p will ratify", "p"])
def test_a_line_without_its_letter_says_which_there_are(typed):
    with pytest.raises(NotTakenDown, match="line_has_no_letter"):
        read(typed)


def test_a_day_in_numbers_alone_is_not_guessed_at():
    with pytest.raises(NotTakenDown, match="date_in_numbers_alone"):
        read("com p will ratify by 03/04/2023")


def test_who_is_nobody_is_read_up_to_the_first_letter_and_named_by_the_refusal():
    assert read("Gondwana p will come")[0] == "Gondwana"
