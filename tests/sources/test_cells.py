"""What a cell of the depositary's table says."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pathways.grammar.dates import NotADate
from sources.cells import DatedCell, plain, read_date

ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
FRENCH = ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"]


def as_the_depositary_writes(cell: DatedCell, months: list[str], point: str = "") -> str:
    """Write a cell: the day padded, a TAB after the month, a space where no code follows."""
    text = f"{cell.day.day:2} {months[cell.day.month - 1]}{point}\t {cell.day.year:04} {cell.code}"
    return f"[{text}]" if cell.in_brackets else text


cells = st.builds(
    DatedCell,
    st.dates(date(1000, 1, 1), date(2999, 12, 31)),
    st.sampled_from(["", "a", "A", "AA", "d", "n", "s", "P"]),
    st.booleans(),
)


@given(cells, st.sampled_from([ENGLISH, FRENCH]), st.sampled_from(["", "."]))
def test_a_date_reads_back_as_it_was_written(cell, months, point):
    assert read_date(plain(as_the_depositary_writes(cell, months, point))) == cell


@given(st.text(max_size=40))
def test_any_text_is_a_date_or_none_or_refused(text):
    try:
        read = read_date(plain(text))
    except NotADate:
        return
    assert read is None or isinstance(read, DatedCell)


@pytest.mark.parametrize("empty", ["", " ", "\t\n", "\u00a0"])
def test_an_empty_cell_says_nothing(empty):
    assert read_date(plain(empty)) is None


@pytest.mark.parametrize(
    "written",
    [
        "31 Jun\t 2013 ",
        "29 Feb\t 2019 ",
        " 0 Jun\t 2013 ",
        " 3 Jum\t 2013 ",
        "Jun 2013",
        "2013-06-03",
        "3 Jun 13",
        "3 Jun 0000",
        "[3 Jun 2013",
        "[3 Jun 2013 a",
        "3 Jun 2013]",
        "3 Jun 2013 4 Jul 2014",
        "3 Jun 2013 a A",
        "٣ Jun 2013",
        "-",
    ],
)
def test_what_is_no_date_is_refused(written):
    with pytest.raises(NotADate):
        read_date(plain(written))


def test_the_first_of_a_month_may_be_written_as_in_french():
    assert read_date("1er janv. 2014") == DatedCell(date(2014, 1, 1))


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("China<superscript>3</superscript>", "China"),
        ("Germany<superscript>6,7</superscript>", "Germany"),
        ("United States of America<superscript>3</superscript>, <SUP>4</SUP>", "United States of America,"),
        ("<i>Chad</i> ", "Chad"),
        ('<a href="#EndDec" target="_blank">Chad</a>', "Chad"),
        ("Lao People&#39;s Democratic Republic", "Lao People's Democratic Republic"),
        ("C\u00f4te d\u0092Ivoire", "Côte d\u2019Ivoire"),  # Windows, in a file that says ISO-8859-1
        ("Costa\u00a0Rica", "Costa Rica"),
    ],
)
def test_note_marks_and_markup_are_no_part_of_a_name(cell, name):
    assert plain(cell) == name
