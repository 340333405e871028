"""Scripts, formulas and line feeds in every field of every form: refused in words or kept as text, never obeyed."""

import csv
import io
import re

import pytest
from openpyxl import load_workbook

from tests.cast import STATE
from tests.desk.pages.every_form import every_form, every_page

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]  # every form is put in place first

SCRIPT = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
FORMULA = '=HYPERLINK("http://evil.example","click")'
FEEDS = "one\r\nX-Evil: yes\r\n\r\n<b>two</b>"
LONG = "long " * 2_500
ODD = "nul\x00 bell\x07 \u202eleft \U0001f30d"
TEXTS = {"script": SCRIPT, "formula": FORMULA, "feeds": FEEDS, "long": LONG, "odd": ODD}
#: Refused or done, in words; anything else is a fault of ours.
ANSWERS = {200, 303, 400, 403, 404, 409, 413, 422, 429}
_RAW = re.compile(r"<script>alert|<img src=x|<b>two</b>")
_BROKEN = re.compile(r"Traceback|Internal Server Error|sqlalchemy|sqlite3")


@pytest.fixture(scope="module")
def found(everybody):
    """Find the forms once; they are the same until somebody changes the record."""
    return every_form(everybody)


@pytest.mark.parametrize("name", TEXTS)
def test_no_text_in_any_field_of_any_form_is_obeyed(everybody, found, name):
    assert len([form for form in found if form.form.method == "post"]) >= 10
    for each in found:
        for field in {control.name for control in each.form.controls if control.is_text or control.type == "hidden"}:
            answer = _send(everybody, each, {field: TEXTS[name]})
            assert answer.status_code in ANSWERS, (str(each), field, answer.status_code)
            assert not _RAW.search(answer.text), (str(each), field)
            assert not _BROKEN.search(answer.text), (str(each), field)
            assert "x-evil" not in answer.headers, (str(each), field)
    if _RAW.search(TEXTS[name]):
        _assert_pages_hold_text_only(everybody)
    everybody.put_back()


def test_a_formula_on_file_is_text_in_every_export(everybody, found):
    filing = {"kind": "exchange"}
    form = next(f for f in found if f.form.action.endswith("/facts"))
    _send(everybody, form, {**filing, "reference": FORMULA})
    table = everybody.ask("secretariat", "GET", "/states.csv").text
    assert not [cell for row in csv.reader(io.StringIO(table)) for cell in row if re.match(r"[=+\-@\t\r]", cell)]
    book = load_workbook(io.BytesIO(everybody.ask("secretariat", "GET", "/states.xlsx").content))
    assert not [cell for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    everybody.put_back()


def _send(everybody, each, given):
    data = each.form.data() | given
    if each.form.method == "get":
        return everybody.ask(each.part, "GET", each.form.action, params=data)
    if each.form.has_file:
        return everybody.ask(each.part, "POST", each.form.action, data=data, files={"unused": ("", b"")})
    return everybody.ask(each.part, "POST", each.form.action, data=data)


def _assert_pages_hold_text_only(everybody):
    for path, html in every_page(everybody, "administrator"):
        assert not _RAW.search(html), path
    for state in (STATE, "PHL"):
        assert not _RAW.search(everybody.ask("administrator", "GET", f"/states/{state}").text), state
