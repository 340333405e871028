"""The page on which the Secretariat brings a depositary's file: looked at first, every fault told, then taken in."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from casework.dossiers.dossier_view import dossier_view
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Instrument
from sources.rows import COLUMNS
from tests.builders import clock_of
from tests.forms import form_for, led_to
from tests.sources.files import ALBANIA, a_csv, a_status_file

ZIMBABWE = ("Zimbabwe", "18 Dec 2014", "", "20 Jun 2022")
TABLE = a_status_file(ALBANIA, ZIMBABWE)
PAGE = "/runs/intake"


@pytest.fixture
def browser(desk):
    return desk.as_("secretariat")


def bring(browser, data=TABLE, name="table.xml", **typed):
    assert form_for(browser.get(PAGE).text, PAGE)
    return browser.post(PAGE, data=typed, files={"file": (name, data, "text/xml")})


def take(browser, page, *, is_whole=True, **said):
    form = form_for(page.text, re.search(r"/runs/intake/files/[0-9a-f]{64}", page.text)[0])
    if is_whole and "whole" in form.names():
        said["whole"] = "yes"
    return browser.post(form.action, data=form.data(**said))


def deposit_of(desk, state):
    return dossier_view(desk.workspace, state, treaty="att", reader=OPERATOR).deposit_date


def test_a_file_is_looked_at_and_then_taken_in(desk, browser):
    page = bring(browser)
    assert page.status_code == 200
    signature, deposit = re.findall(r'<tr><th scope="row"><a href="/states/ZWE">.*?</tr>', page.text)
    assert "Confirmed" in signature
    assert ("20 June 2022" in deposit, ">New<" in deposit) == (True, True)
    assert str(deposit_of(desk, "ZWE")) != "2022-06-20"
    sent = take(browser, page)
    assert led_to(sent) == f"{PAGE} says file-taken-in"
    assert str(deposit_of(desk, "ZWE")) == "2022-06-20"


def counted(page):
    """Return what the page says of the file that was taken in last."""
    section = page.text.partition('id="last"')[2].partition("</section>")[0]
    return {code: int(number) for code, number in re.findall(r'"count-of">([\w ]+) <b>(\d+)', section)}


def test_what_a_file_brought_that_was_taken_in_is_counted(desk, browser):
    assert counted(browser.get(PAGE)) == {}
    take(browser, bring(browser))
    page = browser.get(PAGE)
    said = counted(page)
    assert said.pop("no longer in the table") > 0  # of all the others, which this small table leaves out
    assert said == {"acts read": 4, "new": 1, "changed": 0, "confirmed": 1, "unchanged": 2, "contradictions": 0}
    assert "taken in last" not in bring(browser, a_status_file(ALBANIA)).text
    clock_of(desk.workspace).hour += timedelta(minutes=5)
    take(browser, bring(browser, a_status_file(ALBANIA, ("Zimbabwe", "18 Dec 2014", "", "19 Jun 2022"))))
    assert counted(browser.get(PAGE))["contradictions"] == 1
    assert "contradictions" in browser.get("/runs").text


def test_what_would_vanish_or_contradict_is_shown_before_anything_is_written(browser):
    page = bring(browser, a_status_file(("Albania", " 3 Jun 2013 ", "", "20 Mar 2014")))
    assert "On file here, and not in effect in the table" in page.text
    assert 'href="/states/PHL"' in page.text
    bring_twice = take(browser, page)
    assert bring_twice.status_code == 303
    assert 'href="/follow-ups/' in browser.get("/follow-ups").text


def the_vanished(page):
    """Return the titles in which a page tells of acts that are gone, without tags."""
    found = re.findall(r"No longer in the depositary.s table: .*?</p>", page.text, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", one).split()) for one in found]


def test_what_a_table_leaves_out_is_named_by_state_a_few_in_each_title_and_all_on_its_own_page(browser):
    take(browser, bring(browser, a_status_file(ALBANIA)))
    listed = browser.get("/follow-ups")
    [number] = {
        number
        for number, item in re.findall(r'href="/follow-ups/(\d+)"(.*?)</li>', listed.text, re.DOTALL)
        if "No longer" in item
    }
    acts = ("Angola (signature)", "Antigua and Barbuda (signature, deposit of the instrument)", "Argentina (signature)")
    first = f": {', '.join(acts)} and "
    own = browser.get(f"/follow-ups/{number}")
    for page in (browser.get("/"), listed, own):
        titles = the_vanished(page)
        assert titles
        assert all(re.search(rf"{re.escape(first)}\d+ more States", one) for one in titles), titles
    section = own.text.partition('aria-labelledby="gone"')[2].partition("</section>")[0]
    assert section.count('href="/states/') > 100
    assert re.search(r">Zambia</a></th><td>signature</td>", section)
    browser.get("/?lang=ar")
    assert "أنغولا</a></th>" in browser.get(f"/follow-ups/{number}").text


def test_a_part_of_a_table_is_taken_in_only_once_it_is_said_to_be_whole(desk, browser):
    page = bring(browser)
    before = page.text.partition("Take it in")[0]
    [number] = re.findall(r"<b>(\d+)</b> acts on file here are missing from the table", before)
    box = f"The table is whole: these {number} acts are no longer in effect there"
    assert box in before
    sent = take(browser, page, is_whole=False)
    assert sent.status_code == 422
    assert f"missing from this table: {number}." in sent.text.partition('id="f-whole-fault"')[2].partition("</p>")[0]
    assert str(deposit_of(desk, "ZWE")) != "2022-06-20"
    assert led_to(take(browser, sent)) == f"{PAGE} says file-taken-in"


def test_the_same_form_sent_twice_takes_it_in_once_and_says_so(browser):
    page = bring(browser)
    take(browser, page)
    assert led_to(take(browser, page)) == f"{PAGE} says file-taken-in-already"


def test_a_file_that_would_bring_something_else_by_now_is_shown_anew(browser):
    other = bring(browser, a_status_file(ALBANIA, ("Zimbabwe", "18 Dec 2014", "", "19 Jun 2022")))
    take(browser, bring(browser, a_status_file(ALBANIA, ("Zimbabwe", "18 Dec 2014", "", "18 Jun 2022"))))
    sent = take(browser, other)
    assert sent.status_code == 409
    assert "The record has changed since you looked at this file" in sent.text
    assert take(browser, sent).status_code == 303


def test_a_file_is_taken_in_as_of_the_day_that_it_was_looked_at(desk, browser):
    before = str(deposit_of(desk, "ZWE"))
    sent = take(browser, bring(browser, published="2022-06-20"), published="2022-06-21")
    assert sent.status_code == 409
    assert "or another day was sent with it" in sent.text
    assert str(deposit_of(desk, "ZWE")) == before
    assert "The table as it stood on 21 June 2022." in sent.text


def test_every_fault_is_told_with_its_row_and_nothing_is_kept(browser, desk):
    rows = [f"XXX,Atlantis {number},2020-01-01,,,,,," for number in range(7)]
    page = bring(browser, a_csv(*rows), name="list <b>.csv", published="2022-06-01")
    assert page.status_code == 422
    assert "7 faults. The whole file waits until all are mended." in page.text
    assert [f"Row {row}: " in page.text for row in range(2, 9)] == [True] * 7
    assert "list _b_.csv" in page.text
    assert 'value="2022-06-01"' in page.text
    assert "/runs/intake/files/" not in page.text


@pytest.mark.parametrize(
    ("data", "typed", "says"),
    [
        (b"", {}, "The file is empty."),
        (b"%PDF-1.7", {}, "This is a PDF"),
        (TABLE, {"published": "soon"}, "is not a day; write 20 June 2022"),
        (TABLE, {"published": "2199-01-01"}, "It cannot have been published on 1 January 2199"),
    ],
)
def test_what_is_no_table_or_no_day_is_said_in_words(browser, data, typed, says):
    page = bring(browser, data, **typed)
    assert page.status_code == 422
    assert says in page.text


def test_what_would_change_stands_in_the_order_of_the_names(browser):
    thailand = "THA,Thailand,2014-11-25,,2022-06-01,,ratification,,"
    page = bring(browser, a_csv(thailand, "TJK,Tajikistan,,,2022-06-01,,accession,,"), name="list.csv").text
    for part, first, second in (("differing", "TJK", "THA"), ("vanished", "DNK", "DEU")):
        section = page[page.index(f'aria-labelledby="{part}"') :].partition("</section>")[0]
        states = list(dict.fromkeys(re.findall(r"/states/([A-Z]{3})", section)))
        assert states.index(first) < states.index(second), part


def test_a_long_list_of_acts_that_are_missing_is_folded_and_counted(browser):
    page = bring(browser).text
    section = page[page.index('aria-labelledby="vanished"') :].partition("</section>")[0]
    [number] = re.findall(r"<details><summary>Show all (\d+) acts</summary>", section)
    assert int(number) == section.count('href="/states/')
    assert section.index("<details>") < section.index("<table")


def test_the_day_of_the_table_is_typed_as_every_day_is(browser):
    page = browser.get(PAGE).text
    assert 'hx-get="/reading/day"' in page
    looked_at = bring(browser, published="20 June 2022")
    assert "The table as it stood on 20 June 2022." in looked_at.text


def test_the_columns_of_a_csv_are_named_on_the_page_and_explained_for_operators(browser):
    page = browser.get(PAGE).text
    explained = (Path(__file__).parents[3] / "docs" / "operating.md").read_text(encoding="utf-8")
    table = explained[explained.index("## A depositary's table as CSV") :].partition("\n## ")[0]
    for column in (*COLUMNS, *Instrument):
        assert f"`{column}`" in table
    assert re.findall(r'<code dir="ltr">(\w+)</code>', page) == [*COLUMNS]


def test_one_fault_is_one(browser):
    assert "1 fault. The whole file waits until it is mended." in bring(browser, b"").text


def test_a_form_without_a_file_asks_for_one(browser):
    page = browser.post(PAGE, data={"published": "2022-06-01"})
    assert page.status_code == 422
    assert "Choose the file that is to be looked at." in page.text


def test_a_file_that_is_too_large_is_refused_on_its_page(browser):
    page = bring(browser, b"<" * 20_200_000)
    assert page.status_code == 422
    assert "The file is larger than 20,000,000 bytes" in page.text
    assert 'href="/follow-ups"' in page.text


@pytest.mark.parametrize("part", ["champion", "coordinator", "president", "contact"])
def test_it_is_the_secretariats_alone(desk, browser, part):
    page = bring(browser)
    address = re.search(r"/runs/intake/files/[0-9a-f]{64}", page.text)[0]
    other = desk.as_(part)
    assert other.get(PAGE).status_code == 404
    assert other.post(PAGE, files={"file": ("table.xml", TABLE, "text/xml")}).status_code == 404
    assert other.post(address, data={"mark": "x"}).status_code == 404
    assert PAGE not in other.get("/").text


@pytest.mark.parametrize("faults", [1, 2, 7])
def test_in_arabic_the_page_says_all_of_it_in_arabic(browser, faults):
    browser.get(f"{PAGE}?lang=ar")
    refused = bring(browser, a_csv(*["XXX,Atlantis,2020-01-01,,,,,,"] * faults), name="list.csv")
    looked_at = bring(browser)
    for page, status in ((refused, 422), (looked_at, 200)):
        assert page.status_code == status
        assert 'dir="rtl"' in page.text
        main = re.sub(r"<[^>]+>", " ", page.text[page.text.index("<main") :])
        assert "nothing was written" not in main
        assert "Look at" not in main
