"""An outcome says what became of a follow-up, in one line, and never nothing."""

import pytest

from casework.follow_ups.outcomes import Outcome, faults_of, parted, was_done, worded
from pathways.grammar.agenda import Occasion

SILENCE = Occasion.SILENCE
BLANK = ["\u3164", "\u2800\u3164", "\u00ad", "\u0301", "\ufe0f"]  # what takes room, or none, and shows nothing


@pytest.mark.parametrize("outcome", Outcome)
def test_an_outcome_is_kept_with_the_sentence_that_says_so(outcome):
    kept = worded(outcome, "  the mission wrote  ")
    assert kept == f"{outcome}: the mission wrote"
    assert faults_of(kept, SILENCE) == []
    assert was_done(kept) is (outcome is Outcome.DONE)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("done", "  "), ("not needed", ""), ("", "spoke"), ("ratified", "spoke"), *(("done", blank) for blank in BLANK)],
)
def test_an_outcome_without_a_sentence_or_a_word_for_it_is_none(outcome, said):
    assert worded(outcome, said) == ""
    assert faults_of("", SILENCE)[0].code == "outcome_wanted"


@pytest.mark.parametrize("blank", BLANK)
def test_that_it_is_not_needed_says_why_in_words_that_are_seen(blank):
    assert [fault.code for fault in faults_of(f"not needed: {blank}", SILENCE)] == ["say_why_not_needed"]
    assert [fault.code for fault in faults_of(blank, SILENCE)] == ["outcome_wanted"]


def test_what_was_done_is_done_whatever_the_sentence_begins_with():
    assert was_done(worded("done", "not needed any more, they told us when we called"))


@pytest.mark.parametrize("said", ["two\nlines", "two\r\nlines", "a\u2028b", "bell\x07", "x" * 501])
def test_an_outcome_is_one_line(said):
    assert faults_of(worded("done", said), SILENCE)[0].code == "no_line"


def test_no_outcome_ends_what_the_step_alone_ends():
    assert [f.code for f in faults_of("done: taken", Occasion.READY)] == ["ready_closes_by_its_step"]


def test_a_script_is_a_text_like_any_other():
    assert faults_of(worded("done", "<script>alert(1)</script> =1+1"), SILENCE) == []


@pytest.mark.parametrize(
    ("outcome", "parts"),
    [
        ("done: they wrote: soon", ("done", "they wrote: soon")),
        ("given up: by a person", ("given up", "by a person")),
        ("the letter is tried again", ("", "the letter is tried again")),
        ("Call them: tomorrow", ("", "Call them: tomorrow")),
        (None, ("", "")),
    ],
)
def test_an_outcome_parts_into_its_code_and_what_was_said(outcome, parts):
    assert parted(outcome) == parts
