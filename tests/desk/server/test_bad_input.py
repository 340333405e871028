"""What may come over the wire on a bad day: each is answered in words, and nothing is half done."""

import io
import sqlite3
import zipfile
from contextlib import closing

import pytest
from sqlalchemy import event

from casework.access.one_time_links import hand_over_link
from casework.people.ending_holds import end_hold
from pathways.grammar.clearance import OPERATOR
from tests.cast import DAY, STATE, STRANGER
from tests.forms import form_for, read_page

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
FACTS = f"/states/{STATE}/facts"
FORM = f"/states/{STATE}/file/exchange"
SAID = {"effective": "2022-06-20", "source": "note_verbale", "reference": "NV 9/2022", "note": "Said on the stairs."}


@pytest.fixture
def there(everybody):
    """Give the desk with everybody before it, and put back afterwards what was done."""
    yield everybody
    everybody.put_back()


def words(answer):
    return read_page(answer.text).text


def the_form(there, part="coordinator", **said):
    """Return what somebody sends who opened the form now and filled it in."""
    return form_for(there.ask(part, "GET", FORM).text, FACTS).data(**{**SAID, **said})


def rows(there, *tables):
    """Count what stands in the record, beside who was there when."""
    with closing(sqlite3.connect(there.home / "accede.db")) as record:
        names = tables or [
            name
            for (name,) in record.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ("session", "reading")
        ]
        return {name: record.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names}


def files(there):
    """Return every file kept beside the record."""
    return {path for path in (there.home / "attachments").rglob("*") if path.is_file() and path.name != ".lock"}


def test_a_stale_form_is_told_what_came_since_and_loses_no_word(there):
    form = the_form(there, note="My own words.")
    mark = the_form(there, "secretariat")["mark"]
    came_first = SAID | {"kind": "contact_point", "note": "I was first.", "mark": mark}
    assert there.ask("secretariat", "POST", FACTS, data=came_first).status_code == 303
    before = rows(there)
    answer = there.ask("coordinator", "POST", FACTS, data=form)
    assert answer.status_code == 409
    kept = form_for(answer.text, FACTS)
    assert {name: kept.data()[name].strip() for name in SAID} == {**SAID, "note": "My own words."}
    assert rows(there) == before
    assert there.ask("coordinator", "POST", FACTS, data=kept.data()).status_code == 303


@pytest.mark.parametrize("day", ["2022-06-31", "31 June 2022", "2022-13-01", "0000-00-00", "99999-01-01", "june"])
@pytest.mark.parametrize(
    ("path", "field", "rest"),
    [
        (FACTS, "effective", SAID | {"kind": "exchange"}),
        (f"/states/{STATE}/steps/start_drafting", "on", {}),
        ("/follow-ups/{follow_up}/snooze", "until", {"reason": "The session."}),
    ],
    ids=["fact", "step", "snooze"],
)
def test_the_31st_of_june_is_refused_in_words(there, stage, path, field, rest, day):
    before = rows(there)
    answer = there.ask("coordinator", "POST", stage.address(path), data={**rest, field: day})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert rows(there) == before


@pytest.mark.parametrize("query", ["on=2022-06-31", "known=31%20June", "on=9999-99-99", "known=x", "on="])
def test_a_look_at_a_day_that_is_none_is_answered_in_words(there, query):
    assert there.ask("coordinator", "GET", f"/states/{STATE}?{query}").status_code in (200, 422)


def test_a_search_of_ten_thousand_characters_finds_nothing_and_says_so(there):
    for path in ("/states", "/people", "/states.csv"):
        answer = there.ask("secretariat", "GET", path, params={"q": "é" * 10_000})
        assert answer.status_code in (200, 422)
        assert len(answer.content) < 300_000


@pytest.mark.parametrize(
    ("name", "content", "type_"),
    [
        ("law.pdf", b"MZ\x90\x00\x03" + bytes(5_000), "application/pdf"),
        ("law.pdf", b"\x7fELF\x02\x01\x01" + bytes(5_000), "application/pdf"),
        ("law.pdf", b"<html><script>alert(1)</script></html>", "application/pdf"),
        ("law.exe", PDF, "application/pdf"),
        ("law.pdf.exe", PDF, "application/pdf"),
        ("law.pdf", b"", "application/pdf"),
        ("law.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
    ],
)
def test_a_program_named_pdf_is_not_kept(there, name, content, type_):
    before, kept = rows(there), files(there)
    answer = there.ask("coordinator", "POST", FACTS, data=the_form(there), files={"attachment": (name, content, type_)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert (rows(there), files(there)) == (before, kept)
    assert "Said on the stairs." in answer.text, "what was typed is kept"


def test_a_spreadsheet_bomb_is_not_kept(there):
    before, kept = rows(there), files(there)
    answer = there.ask(
        "coordinator", "POST", FACTS, data=the_form(there), files={"attachment": ("sums.xlsx", a_bomb())}
    )
    assert answer.status_code == 422
    assert (rows(there), files(there)) == (before, kept)


def a_bomb():
    """Return a workbook of a few hundred kilobytes that would unpack to 300 million bytes."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(300):
                sheet.write(b" " * 1_000_000)
    return bomb.getvalue()


def test_a_link_works_once_and_says_so_the_second_time(there):
    path = the_path(hand_over_link(there.workspace, there.cast.people["champion"], treaty="att", reader=OPERATOR))
    assert there.ask(STRANGER, "GET", path).status_code == 200, "looking uses nothing up"
    assert there.ask(STRANGER, "POST", path).status_code == 303
    there.clients[STRANGER].cookies.clear()
    for method in ("GET", "POST"):
        answer = there.ask(STRANGER, method, path)
        assert answer.status_code == 410
        assert "set-cookie" not in answer.headers
        assert "/sign-in" in answer.text


def the_path(link):
    return "/sign-in/" + link.rpartition("/")[2]


@pytest.mark.parametrize("path", ["/sign-in/nobody", "/sign-in/" + "x" * 3_000, "/verify/nobody", "/sign-in/%00%ff"])
def test_a_link_that_was_never_given_looks_like_one_that_is_over(there, path):
    for method in ("GET", "POST"):
        assert there.ask(STRANGER, method, path).status_code in (404, 410)


def test_whose_last_mandate_ends_is_out_with_the_next_click(there):
    form = the_form(there, "champion")
    person, mandate = there.cast.people["champion"], there.cast.mandates["champion"]
    heir = there.cast.people["secretariat"]
    end_hold(there.workspace, person, mandate, on=DAY, otherwise=str(heir), treaty="att", reader=OPERATOR)
    before = rows(there)
    for method, path in (("GET", "/"), ("GET", f"/states/{STATE}"), ("POST", FACTS), ("GET", "/states.csv")):
        answer = there.ask("champion", method, path, **({"data": form} if method == "POST" else {}))
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/sign-in")
    assert rows(there) == before


def test_a_full_disk_in_mid_request_leaves_nothing_half_written(there):
    """The database fails at the very fact that is to be written: SQLite itself, told that it may grow no more."""
    sent = {"data": the_form(there, note="long " * 1_990), "files": {"attachment": ("law.pdf", PDF)}}
    before, kept = rows(there), files(there)
    with failing_at(there.workspace.store.engine, "INSERT INTO fact"):
        answer = there.ask("coordinator", "POST", FACTS, **sent)
    assert answer.status_code == 503
    assert "The disk of the server is full, so nothing can be saved." in words(answer)
    assert (rows(there), files(there)) == (before, kept)
    assert there.ask("coordinator", "POST", FACTS, **sent).status_code == 303


class failing_at:  # noqa: N801  # reads as a word in a with statement
    """Let the database be full from one statement on, for the length of a block."""

    def __init__(self, engine, statement):
        self.engine, self.statement = engine, statement

    def __enter__(self):
        event.listen(self.engine, "before_cursor_execute", self.fill)

    def __exit__(self, *_):
        event.remove(self.engine, "before_cursor_execute", self.fill)
        self.engine.dispose()

    def fill(self, _connection, cursor, statement, *_):
        if statement.startswith(self.statement):
            cursor.execute("PRAGMA max_page_count = 1")


def test_a_record_that_is_gone_is_said_to_be_gone_and_found_again(there):
    there.workspace.store.dispose()
    record, away = there.home / "accede.db", there.home / "away.db"
    record.rename(away)
    record.mkdir()
    try:
        for part in (STRANGER, "coordinator"):
            assert there.ask(part, "GET", "/health").status_code == 503
        answer = there.ask("coordinator", "GET", f"/states/{STATE}")
        assert answer.status_code == 503
        assert str(there.home) not in answer.text
    finally:
        record.rmdir()
        away.rename(record)
    assert there.ask("coordinator", "GET", f"/states/{STATE}").status_code == 200


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        (FACTS, {"kind": "contact_named", "effective": "2022-06-01", "source": "note_verbale", "x_ministry": "a\nb"}),
        ("/people/mandates", {"role": "champion", "state": "SEN", "region": "Africa", "from": "2022-06-01"}),
    ],
    ids=["a field of two lines", "a champion without consent"],
)
def test_a_page_says_nothing_in_the_words_of_commands(there, path, sent):
    mark = {"mark": the_form(there, "secretariat")["mark"]} if path == FACTS else {}
    answer = there.ask("secretariat", "POST", path, data=sent | mark)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "--" not in words(answer)
    assert "accede " not in words(answer)
