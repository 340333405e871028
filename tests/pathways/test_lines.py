"""A line on file is what people write on one: in any language, and with nothing in it that is not seen."""

import pytest

from pathways.grammar.lines import is_line


@pytest.mark.parametrize(
    "text", ["", "A/CONF.217/2013/L.3", "loi n°\u00a012-2026", "«\u202fnote\u202f»", "قانون", "法律第七号"]
)
def test_what_people_write_on_a_line_is_one(text):
    assert is_line(text, 40)


@pytest.mark.parametrize(
    "text", ["two\nlines", "a\ttab", "back\u202ewards", "half \udcff", "a\u2028break", "no\u200bthing"]
)
def test_what_breaks_a_line_or_is_not_seen_is_none(text):
    assert not is_line(text, 40)


def test_a_line_ends_somewhere():
    assert is_line("x" * 40, 40)
    assert not is_line("x" * 41, 40)
