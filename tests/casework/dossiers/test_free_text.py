"""What people write freely is kept as they wrote it, or refused in a sentence: never bent, never half kept."""

import pytest

from casework.core.text_rules import line_faults
from casework.dossiers.free_text import beside
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.refusals import refusal


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b", "\udcff"])
def test_what_is_no_text_is_not_kept(text):
    with pytest.raises(NotAdmitted, match="text_is_no_text"):
        beside(text, "A note")
    assert line_faults(text, refusal("say_why_it_rests", field="reason")) == [
        refusal("no_line", field="reason", most=500)
    ]


@pytest.mark.parametrize("text", ["one\n\ttwo\r\nthree", "page\x0cbreak", "ليبيا \u200f", "👩\u200d👧", "e\u0301"])
def test_a_text_is_kept_as_it_was_written(text):
    assert beside(text, "A note").note == text
