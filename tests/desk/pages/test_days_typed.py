"""Days in forms: read as people write them, within the calendar, and shown as they are read; else refused."""

# ruff: noqa: RUF001  # digits that look like letters are digits here
import re
from datetime import date

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.people.mandates import NotAppointed, end_mandate
from casework.people.people_list import mandate_list, people_list
from pathways.grammar.clearance import OPERATOR
from tests.architecture.tree import ROOT
from tests.forms import form_for, words

MALAWI = "/states/MWI"

ODD = ["20220622", "2022-W25-3", "22 June", "22 June 2022 at noon", "06/05/2022"]
LATE = ["2200-01-01", "9999-12-31"]


def mandate_of(desk, who):
    return next(
        p.holds[0].mandate
        for p in people_list(desk.workspace, treaty="att", reader=OPERATOR)
        if p.person == desk.people[who]
    )


@pytest.mark.parametrize("day", [*ODD, "2200-01-01"])
def test_a_fact_of_no_day_that_can_be_read_is_refused(desk, day):
    said = {"kind": "paused", "source": "note_verbale", "reference": "NV 1"}
    before = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
    answer = desk.as_("secretariat").post("/states/MWI/facts", data={**said, "mark": "", "effective": day})
    assert answer.status_code == 422, answer.text
    assert day in answer.text
    assert dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts == before


@pytest.mark.parametrize("day", [*ODD, *LATE])
def test_a_mandate_ends_on_a_day_of_the_calendar(desk, day):
    browser, before = desk.as_("secretariat"), mandate_list(desk.workspace, treaty="att", reader=OPERATOR)
    mandate = mandate_of(desk, "chair")
    given = {"role": "chair", "organ": "A second group", "from": "2022-07-01", "until": day}
    answers = [
        browser.post(f"/people/mandates/{mandate}/end", data={"on": day}),
        browser.post("/people/mandates", data=given),
        browser.post(f"/people/mandates/{mandate}/holds", data={"person": "1", "from": "2022-06-20", "until": day}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert all(day in answer.text for answer in answers), "what was typed is kept"
    assert mandate_list(desk.workspace, treaty="att", reader=OPERATOR) == before


def test_no_mandate_ends_after_the_calendar_that_is_kept(desk):
    with pytest.raises(NotAppointed, match="mandate_beyond_the_calendar"):
        end_mandate(
            desk.workspace, mandate_of(desk, "chair"), on=date(2200, 1, 1), heirs={}, reader=OPERATOR, treaty=None
        )


def exchange(desk, page="", **typed):
    browser = desk.as_("secretariat")
    form = form_for(browser.get(f"{MALAWI}?file=exchange{page}").text, f"{MALAWI}/facts")
    return browser.post(f"{MALAWI}/facts{page.replace('&', '?')}", data=form.data(source="statement", **typed))


@pytest.mark.parametrize(
    ("typed", "kept", "page"),
    [
        ("5 June 2022", "2022-06-05", ""),
        ("June 2022", "2022-06", ""),
        ("5.6.2022", "2022-06-05", ""),
        ("٥ حزيران/يونيه ٢٠٢٢", "2022-06-05", "&lang=ar"),
        ("05/06/2022", "2022-06-05", "&lang=ar"),
        ("تشرين الأول ٢٠٢١", "2021-10", "&lang=ar"),
    ],
)
def test_a_fact_is_dated_as_people_write_it(desk, typed, kept, page):
    filed = exchange(desk, page, effective=typed)
    assert filed.status_code == 303, words(filed)
    [fact] = [
        f
        for f in dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
        if f.kind == "exchange" and f.effective_on == kept
    ]
    assert fact.source == "statement"


def test_a_day_that_may_be_two_is_refused_with_both_and_kept(desk):
    refused = exchange(desk, effective="05/06/2022")
    assert refused.status_code == 422
    assert "“05/06/2022” may be 5 June 2022 or 6 May 2022; write the month as a word." in words(refused)
    assert form_for(refused.text, f"{MALAWI}/facts").data()["effective"] == "05/06/2022"


def test_a_day_among_the_fields_of_a_kind_is_read_as_any_other(desk):
    browser = desk.as_("secretariat")
    form = form_for(browser.get(f"{MALAWI}?file=paused").text, f"{MALAWI}/facts")
    said = form.data(source="note_verbale", effective="1 June 2022", x_review_on="1 December 2022")
    assert browser.post(form.action, data=said).status_code == 303
    [fact] = [f for f in dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts if f.kind == "paused"]
    assert fact.fields == {"review_on": "2022-12-01"}
    refused = browser.post(form.action, data={**said, "x_review_on": "01/02/2023"})
    assert 'href="#f-x_review_on"' in refused.text


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("/reading/day?on=2022-10-05", "5 October 2022"),
        ("/reading/date?effective=oct 2022", "October 2022"),
        ("/reading/day?on=05/10/2022&lang=ar", "5 أكتوبر 2022"),
        ("/reading/date?on=05/10/2022&lang=ar", "5 أكتوبر 2022"),
        ("/reading/day?on=today", "20 June 2022"),
        ("/reading/date?on=yesterday", "19 June 2022"),
        ("/reading/day?on=aujourd’hui", "20 June 2022"),
        ("/reading/day?on=غدا&lang=ar", "21 يونيو 2022"),
        ("/reading/day?on=", ""),
        ("/reading/day", ""),
        ("/reading/date?on=", ""),
    ],
)
def test_how_a_day_is_read_is_shown_beside_its_field_and_nothing_else(desk, asked, read):
    assert words(desk.as_("champion").get(asked)) == read


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("/reading/day?on=oct 2022", "a whole day is wanted here"),
        ("/reading/day?on=05/10/2022", "5 October 2022 or 10 May 2022"),
        (
            "/reading/date?on=soon",
            "“soon” is not a date; write 20 June 2022, or June 2022 or 2022 if no more is known.",
        ),
        ("/reading/day?on=soon", "“soon” is not a day; write 20 June 2022."),
        ("/reading/day?on=14-Jun-22", "“14-Jun-22” has a year of two digits. Write all four: 14 June 2022?"),
        ("/reading/date?on=30.06.22", "“30.06.22” has a year of two digits. Write all four: 30 June 2022?"),
        ("/reading/date?on=5/6/22", "5 June 2022 or 6 May 2022"),
        ("/reading/day?on=5 Aug", "“5 Aug” has no year. Write it too: 5 August 2022?"),
        ("/reading/date?on=October", "“October” has no year. Write it too: October 2022?"),
        ("/reading/day?on=5 آب&lang=ar", "5 أغسطس 2022"),
    ],
)
def test_why_a_day_is_not_read_is_said_beside_its_field(desk, asked, said):
    shown = desk.as_("champion").get(asked)
    assert shown.text.startswith('<span class="fault">')
    assert said in words(shown)


def test_a_form_that_comes_back_says_how_its_days_were_read(desk):
    refused = exchange(desk, effective="5 May 2021", reference="x" * 121)
    assert refused.status_code == 422
    assert '<p class="hint reading" id="f-effective-reading" aria-live="polite">5 May 2021</p>' in refused.text


def test_a_form_that_comes_back_reads_its_days_in_its_own_language(desk):
    """On an English page 05/06/2021 may be two days, and none is shown; on an Arabic one it is one."""
    reading = '<p class="hint reading" id="f-effective-reading" aria-live="polite">'
    assert f"{reading}5 يونيو 2021</p>" in exchange(desk, "&lang=ar", effective="05/06/2021", reference="x" * 121).text
    assert f"{reading}</p>" in exchange(desk, "&lang=en", effective="05/06/2021", reference="x" * 121).text


def test_a_fact_of_today_is_dated_by_the_records_own_day_and_the_form_says_how_days_are_written(desk):
    assert exchange(desk, effective="yesterday").status_code == 303
    facts = dossier_view(desk.workspace, "MWI", treaty="att", reader=OPERATOR).facts
    assert "2022-06-19" in [fact.effective_on for fact in facts if fact.kind == "exchange"]
    page = words(desk.as_("secretariat").get(f"{MALAWI}?file=exchange"))
    assert "As precisely as it is known: 20 June 2022 or 2022-06-20, June 2022 or 2022" in page


def test_no_field_of_any_form_cuts_off_what_is_typed_but_for_those_that_search():
    pages = [path.read_text() for path in (ROOT / "desk/templates").rglob("*.html")]
    fields = [field for page in pages for field in re.findall(r"<[^<]*maxlength", page)]
    assert fields
    assert [field for field in fields if 'type="search"' not in field] == []


def test_no_field_cuts_off_what_is_typed_and_one_over_its_limit_says_so_and_keeps_it(desk):
    page = desk.as_("secretariat").get(f"{MALAWI}?file=exchange").text.split("<main", 1)[1]
    assert "maxlength" not in page
    long = "x" * 10_001
    refused = exchange(desk, effective="5 May 2021", note=long)
    assert refused.status_code == 422
    assert re.search(r'id="f-note-fault">[^<]*10000', refused.text), "the limit stands beside the field"
    assert form_for(refused.text, f"{MALAWI}/facts").data()["note"] == long
