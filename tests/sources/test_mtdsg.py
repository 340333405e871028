"""Reading the depositary's status file."""

from __future__ import annotations

from datetime import date

import pytest

from pathways.grammar.facts import SourceKind
from pathways.grammar.stages import Instrument
from sources.participation import Act, ActKind, Table
from tests.sources.files import (
    ALBANIA,
    HEADER,
    HEADER_FR,
    TITLES,
    a_status_file,
    in_french,
    read,
    the_file_of,
)

KINDS = (ActKind.SIGNATURE, ActKind.PROVISIONAL_APPLICATION, ActKind.DEPOSIT)


def counts(table: Table) -> list[int]:
    return [len(table.of(kind)) for kind in KINDS]


def said(table: Table) -> set[tuple[str, str, str, str]]:
    """What a table says, without where it says it."""
    return {(act.state, act.kind, str(act.effective), act.instrument or "") for act in table.acts}


def the_act(table: Table, state: str, kind: ActKind) -> Act:
    (act,) = [act for act in table.acts if (act.state, act.kind) == (state, kind)]
    return act


@pytest.mark.parametrize(("day", "deposits"), [("2019-08-30", 104), ("2023-08-25", 113)])
def test_the_depositarys_own_counts_come_out(day, deposits):
    table = read(the_file_of(day))
    assert counts(table) == [130, 21, deposits]
    assert table.source is SourceKind.DEPOSITARY
    assert table.treaty == "Arms Trade Treaty"


def test_between_the_two_tables_nine_instruments_were_deposited_and_nothing_else_happened():
    before, after = said(read(the_file_of("2019-08-30"))), said(read(the_file_of("2023-08-25")))
    assert before <= after
    assert sorted(after - before) == [
        ("AFG", "deposit", "2020-07-29", "accession"),
        ("AND", "deposit", "2022-12-02", "ratification"),
        ("CHN", "deposit", "2020-07-06", "accession"),
        ("GAB", "deposit", "2022-09-21", "acceptance"),
        ("MDV", "deposit", "2019-09-27", "accession"),
        ("NAM", "deposit", "2020-04-28", "ratification"),
        ("NIU", "deposit", "2020-08-06", "accession"),
        ("PHL", "deposit", "2022-03-24", "ratification"),
        ("STP", "deposit", "2020-07-28", "ratification"),
    ]


def test_the_french_file_says_what_the_english_one_says():
    english = the_file_of("2023-08-25")
    french = in_french(english)
    assert "Afrique du Sud".encode("iso-8859-1") in french
    assert "25 sept\t 2013".encode("iso-8859-1") in french
    assert said(read(french)) == said(read(english))


@pytest.mark.parametrize(
    ("code", "instrument"),
    [("", "ratification"), ("a", "accession"), ("A", "acceptance"), ("AA", "approval"), ("d", "succession")],
)
def test_the_code_behind_a_date_tells_the_instrument(code, instrument):
    table = read(a_status_file(("Chad", "", "", f"25 Mar\t 2015 {code}")))
    assert the_act(table, "TCD", ActKind.DEPOSIT).instrument == instrument


@pytest.mark.parametrize(
    "title",
    [
        "Accession(a), Succession(d), Ratification",
        "Ratification, Acceptance(A), Approval(AA), Accession(a)",
        "Ratification/Acceptance(A)/Approval(AA)/Accession(a)",
        "Adhésion(a), Ratification<superscript>1</superscript>",
    ],
)
def test_alternatives_stand_in_any_order(title):
    table = read(a_status_file(("Chad", "25 Sep 2013", "", "25 Mar 2015"), header=(*HEADER[:3], title)))
    assert the_act(table, "TCD", ActKind.DEPOSIT).instrument is Instrument.RATIFICATION


def test_where_accession_bears_no_code_a_bare_date_is_an_accession():
    header = (*HEADER[:3], "Accession, Acceptance(A)")
    table = read(a_status_file(("Chad", "", "", "25 Mar 2015"), header=header))
    assert the_act(table, "TCD", ActKind.DEPOSIT).instrument is Instrument.ACCESSION


def test_where_there_is_one_way_in_its_dates_need_no_code():
    header = (*HEADER[:3], "Acceptance(A)")
    table = read(a_status_file(("Chad", "", "", "25 Mar 2015"), ("Niger", "", "", "24 Jul 2015 A"), header=header))
    assert {act.instrument for act in table.acts} == {Instrument.ACCEPTANCE}


@pytest.mark.parametrize("header", [HEADER, HEADER_FR])
def test_columns_are_found_by_their_titles_wherever_they_stand(header):
    cells = ("Albania", "3 Jun 2013", "4 Jun 2013 n", "19 Mar 2014")
    straight = read(a_status_file(cells, header=header))
    turned = read(a_status_file(cells[::-1], header=header[::-1]))
    assert said(straight) == said(turned)
    assert counts(turned) == [1, 1, 1]


def test_a_treaty_without_provisional_application_has_no_such_column():
    table = read(a_status_file(("Albania", "3 Jun 2013", "19 Mar 2014"), header=(HEADER[0], HEADER[1], HEADER[3])))
    assert counts(table) == [1, 0, 1]


def test_brackets_mark_an_act_no_longer_in_effect():
    table = read(a_status_file(("Chad", "25 Sep\t 2013 ", "", "[25 Mar\t 2015 A]")))
    deposit = the_act(table, "TCD", ActKind.DEPOSIT)
    assert (deposit.in_brackets, deposit.instrument) == (True, Instrument.ACCEPTANCE)
    assert not the_act(table, "TCD", ActKind.SIGNATURE).in_brackets


@pytest.mark.parametrize(
    ("written", "iso3"),
    [
        ("Swaziland", "SWZ"),
        ("Turkey", "TUR"),
        ("Netherlands (Kingdom of the)<superscript>5</superscript>", "NLD"),
        ("The former Yugoslav Republic of Macedonia", "MKD"),
        ("Czech Republic", "CZE"),
        ("St. Vincent and the Grenadines", "VCT"),
        ("Côte d'Ivoire", "CIV"),
        ("Germany<superscript>6,7</superscript>", "DEU"),
    ],
)
def test_a_participant_is_known_by_its_former_and_its_present_name(written, iso3):
    assert read(a_status_file((written, "3 Jun 2013", "", ""))).acts[0].state == iso3


def test_the_encoding_is_the_one_that_the_file_declares():
    for encoding in ("ISO-8859-1", "UTF-8", "windows-1252"):
        assert read(a_status_file(("Türkiye", "2 Jul 2013", "", ""), encoding=encoding)).acts[0].state == "TUR"


def test_the_root_may_have_any_name_and_sections_nobody_knows_are_left_alone():
    after = "<Declarations><Rows><Row><Entry>31 Jun 2013</Entry></Row></Rows></Declarations><Endnotes/>"
    for root in ("MTDSG", "Document", 'm:x xmlns:m="urn:x" xmlns="urn:y"'):
        data = a_status_file(ALBANIA, after=after).replace(b"MTDSG>", root.encode() + b">", 1)
        data = data.replace(b"</MTDSG>", f"</{root.split()[0]}>".encode())
        assert counts(read(data)) == [1, 0, 1]


def test_note_marks_that_are_real_elements_are_left_out_too():
    data = a_status_file(ALBANIA).replace(b"Albania", b"Albania<superscript>2</superscript>")
    assert read(data).acts[0].state == "ALB"


def test_an_act_names_the_row_it_stands_in():
    table = read(a_status_file(ALBANIA, ("Chad", "25 Sep 2013", "", "")))
    assert [act.row for act in table.acts] == [1, 1, 2]


def test_without_a_day_of_publication_a_table_describes_its_latest_act():
    assert read(the_file_of("2023-08-25")).as_at == date(2022, 12, 2)


def test_the_title_may_be_french_and_the_table_is_still_that_treaty():
    assert read(a_status_file(ALBANIA, title=TITLES[1], header=HEADER_FR)).treaty == TITLES[0]


def test_a_bare_ampersand_after_the_table_means_itself():
    after = (
        "<Declarations><Declaration><text>quoted &</text><text>A&amp;B &#38; C & D</text></Declaration></Declarations>"
    )
    assert counts(read(a_status_file(ALBANIA, after=after))) == [1, 0, 1]
