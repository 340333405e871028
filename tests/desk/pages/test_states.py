"""The table of States as a page and as a file: what was asked stands in the address and in both."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from casework.overview.states_columns import COLUMNS
from tests.desk.pages.test_overview import ROLES


def rows_of(answer):
    """Return the rows of a CSV answer, the head first."""
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"), newline="")))


def a_workbook(answer):
    return [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active.iter_rows()]


@pytest.mark.parametrize("role", ROLES)
def test_everybody_has_the_table_and_the_same_as_files(desk, role):
    client = desk.as_(role)
    page, text, book = (client.get(f"/states{suffix}?region=Asia&sort=-deposit") for suffix in ("", ".csv", ".xlsx"))
    assert {page.status_code, text.status_code, book.status_code} == {200}
    names = [row[0] for row in rows_of(text)[1:]]
    assert names == [row[0] for row in a_workbook(book)[1:]]
    assert len(names) == page.text.count('<th scope="row">') == 48
    assert [row[2] for row in rows_of(text)] == [row[2] or "" for row in a_workbook(book)]  # the stage


def test_what_is_written_in_full_in_the_box_of_every_page_leads_to_the_state(desk):
    client = desk.as_("champion")
    assert client.get("/states?q=philippines").headers["location"] == "/states/PHL"
    assert client.get("/states?q=Filipinas&lang=en").headers["location"] == "/states/PHL"
    assert client.get("/states?q=phl").headers["location"] == "/states/PHL"
    assert client.get("/states?q=phil").status_code == 200
    assert client.get("/states?q=philippines&region=").status_code == 200  # the table's own box


@pytest.mark.parametrize("name", [name for name in COLUMNS if name != "state"])
def test_a_column_stands_under_its_own_heading_on_the_page_and_in_the_file(desk, name):
    client = desk.as_("secretariat")
    page, text = (client.get(f"/states{suffix}?region=Asia&columns={name}") for suffix in ("", ".csv"))
    [heading, *cells] = [row[1] for row in rows_of(text)]
    assert heading == COLUMNS[name].title
    assert page.text.count(">\u2013</td>") == cells.count("")  # nothing else stands where there is nothing
    if COLUMNS[name].said_as == "text":
        assert all(f">{cell}</td>" in page.text for cell in cells if cell)


@pytest.mark.parametrize("name", ["q", "region", "stage", "status", "standing", "tier", "sort", "columns"])
def test_ten_thousand_characters_are_answered_with_nothing_found(desk, name):
    client = desk.as_("secretariat")
    answer = client.get("/states", params={name: "é" * 10_000})
    assert answer.status_code == 200
    assert ("No State fits" in answer.text) == (name not in ("sort", "columns"))
    assert len(answer.text) < 200_000


def test_what_was_typed_is_shown_as_typed_and_stays_in_the_form(desk):
    page = desk.as_("secretariat").get("/states", params={"q": '"><script>alert(1)</script>', "region": "Asia"}).text
    assert "<script>alert" not in page
    assert 'value="&#34;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in page
    assert '<option value="Asia" selected>' in page


def test_a_cell_without_anything_is_a_cell_and_no_text(desk):
    page = desk.as_("secretariat").get("/states").text
    assert '<td class="nowrap">\N{EN DASH}</td>' in page
    assert "&#34;" not in page


def test_a_heading_sorts_and_says_so_and_the_other_way_round_the_second_time(desk):
    client = desk.as_("secretariat")
    page = client.get("/states?sort=deposit&columns=deposit&columns=code&q=ca&region=Asia").text
    assert page.count("aria-sort=") == page.count('aria-sort="ascending"') == 1
    assert 'href="/states?q=ca&amp;region=Asia&amp;sort=-deposit&amp;columns=state%2Ccode%2Cdeposit"' in page
    assert 'aria-sort="descending"' in client.get("/states?sort=-deposit&columns=deposit").text
    assert page.count('<th scope="col"') == page.count('class="sort') == 3  # each looks like something to press
    assert page.count('class="sort up"') == 1


def test_a_file_has_the_columns_that_were_chosen_and_the_day_in_its_name(desk):
    answer = desk.as_("secretariat").get("/states.csv?columns=code,entry_into_force&q=philippines")
    assert rows_of(answer) == [["State", "Code", "Entry into force"], ["Philippines", "PHL", "2022-06-22"]]
    assert answer.headers["content-disposition"] == 'attachment; filename="states-2022-06-20.csv"'


def test_a_file_holds_no_more_than_its_reader_may_see(desk, silent):
    question = "/states.csv?columns=stage,since,tier,owner&q=malawi"
    assert rows_of(desk.as_("champion").get(question))[1][1:] == [
        "Interest",
        "2014-01-09",
        "1",
        "Champion of Africa",
    ]
    assert rows_of(desk.as_("contact elsewhere").get(question))[1][1:] == ["", "", "", ""]


def test_a_name_that_looks_like_a_formula_stays_a_text_in_a_file(desk, silent):
    with desk.workspace.registry() as connection:
        connection.exec_driver_sql("UPDATE person SET name = '=1+1' WHERE name = 'Champion of Africa'")
    client, question = desk.as_("champion"), "columns=owner&q=malawi"
    assert rows_of(client.get(f"/states.csv?{question}"))[1][1] == "'=1+1"
    cell = load_workbook(BytesIO(client.get(f"/states.xlsx?{question}").content)).active["B2"]
    assert (cell.data_type, cell.value) == ("s", "=1+1")


def test_in_arabic_the_table_and_its_file_are_arabic(desk):
    client = desk.as_("champion")
    assert "إثيوبيا" in client.get("/states?lang=ar").text
    assert "إثيوبيا" in [row[0] for row in rows_of(client.get("/states.csv?lang=ar"))]
