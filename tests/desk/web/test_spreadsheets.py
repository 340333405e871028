"""Spreadsheets: what people typed stays a text, whatever it begins with; dates are dates."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from desk.web.spreadsheets import Sheet, as_csv, as_xlsx

DANGEROUS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x.example","y")', "\uff1d1+1")


def a_sheet(*rows, **said):
    return Sheet(title="States", headings=("State", "In hand"), rows=rows, **said)


def read_back(sheet):
    """Return the rows of the written workbook, head left out, as cells."""
    page = load_workbook(BytesIO(as_xlsx(sheet))).active
    return [list(row) for row in page.iter_rows(min_row=2)]


@pytest.mark.parametrize("text", DANGEROUS)
def test_what_begins_like_a_formula_stays_a_text(text):
    sheet = a_sheet(("PHL", text))
    cell = read_back(sheet)[0][1]
    assert cell.data_type == "s"
    assert cell.value.strip("\r\n\t") == text.strip("\r\n\t")
    written = as_csv(sheet).decode("utf-8-sig")
    assert list(csv.reader(StringIO(written, newline="")))[1][1] == f"'{text}"


@pytest.mark.parametrize("text", ["Côte d'Ivoire", "نامبيا", "中国", 'a "quoted" name, with a comma', "two\nlines"])
def test_any_other_text_is_written_as_it_is(text):
    sheet = a_sheet((text, None))
    assert read_back(sheet)[0][0].value == text
    written = as_csv(sheet)
    assert written.startswith(b"\xef\xbb\xbf")  # else Excel reads no accents
    assert list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))[1] == [text, ""]


def test_days_are_dates_and_numbers_numbers():
    day, number = read_back(a_sheet((date(2014, 12, 24), 3)))[0]
    assert (day.is_date, day.value.date(), number.value) == (True, date(2014, 12, 24), 3)
    assert b"2014-12-24,3" in as_csv(a_sheet((date(2014, 12, 24), 3)))


def test_what_no_sheet_can_hold_is_left_out():
    assert read_back(a_sheet(("a\x00b\x1fc", None)))[0][0].value == "abc"
    assert b"abc" in as_csv(a_sheet(("a\x00b\x1fc", None)))


def test_an_empty_table_has_its_headings_and_a_sheet_of_arabic_runs_from_the_right():
    page = load_workbook(BytesIO(as_xlsx(a_sheet(right_to_left=True)))).active
    assert [cell.value for cell in page[1]] == ["State", "In hand"]
    assert page.sheet_view.rightToLeft
