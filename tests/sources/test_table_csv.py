"""Reading participation from CSV."""

from __future__ import annotations

from datetime import date

import pytest

from pathways.grammar.dates import PartialDate
from sources.participation import ActKind
from tests.sources.files import CSV_TITLES, a_csv, read, refusal

CHAD = "TCD,Chad,2013-09-25,,2015-03-25,,Ratification,,"


def test_a_row_gives_an_act_for_each_of_its_dates():
    table = read(a_csv("ESP,Spain,2013-06-03,2013-06-03,2014-04-02,,Ratification,,Declared at signature."))
    assert [(act.state, act.kind, str(act.effective), act.instrument, act.row) for act in table.acts] == [
        ("ESP", ActKind.SIGNATURE, "2013-06-03", None, 2),
        ("ESP", ActKind.PROVISIONAL_APPLICATION, "2013-06-03", None, 2),
        ("ESP", ActKind.DEPOSIT, "2014-04-02", "ratification", 2),
    ]
    assert [act.note for act in table.acts] == [None, None, "Declared at signature."]


def test_a_date_known_to_the_year_keeps_the_day_by_which_it_had_happened():
    (deposit,) = read(a_csv("ECU,Ecuador,,,2026,2026-07-24,Accession,deposit_date instrument,")).acts
    assert deposit.effective == PartialDate(date(2026, 1, 1), date(2026, 12, 31))
    assert deposit.known_by == date(2026, 7, 24)
    assert deposit.unconfirmed == ("deposit_date", "instrument")


def test_a_day_needs_no_other_day_by_which_it_had_happened():
    signature, deposit = read(a_csv("MWI,Malawi,2014-01-09,,2024-06,2024-06-20,Ratification,deposit_date,")).acts
    assert (signature.known_by, deposit.known_by) == (None, date(2024, 6, 20))
    assert (signature.unconfirmed, deposit.unconfirmed) == ((), ("deposit_date",))


def test_a_table_describes_the_latest_day_it_certainly_knows_of():
    niger = "NER,Niger,2014-03-24,,2015,,Ratification,,"
    assert read(a_csv(niger)).as_at == date(2015, 1, 1)
    assert read(a_csv(niger.replace("2015,", "2015,2015-07-27"))).as_at == date(2015, 7, 27)


def test_columns_may_stand_in_any_order_and_the_file_may_begin_with_a_mark():
    turned = ",".join(CSV_TITLES.split(",")[::-1])
    data = a_csv(",".join(CHAD.split(",")[::-1]), titles=turned)
    assert read(b"\xef\xbb\xbf" + data.replace(b"\n", b"\r\n")).acts == read(a_csv(CHAD)).acts


def test_a_blank_line_is_no_row_but_is_counted_as_a_spreadsheet_counts_it():
    assert {act.row for act in read(a_csv("", CHAD)).acts} == {3}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("TCD,Chad,2013-02-30,,,,,,", "signature_date: “2013-02-30” is not a date"),
        ("TCD,Chad,25 Sep 2013,,,,,,", "signature_date: “25 Sep 2013” is not a date"),
        ("TCD,Chat,2013-09-25,,,,,,", "“Chat” is the name of no State"),
        ("XXX,Chad,2013-09-25,,,,,,", "the code “XXX” is not that of Chad (TCD)"),
        ("CHE,Chad,2013-09-25,,,,,,", "the code “CHE” is not that of Chad (TCD)"),
        ("TCD,,2013-09-25,,,,,,", "names no participant"),
        ("EUU,European Union,2013-09-25,,,,,,", "only States join"),
        ("TCD,Chad,,,2015-03-25,,Signature,,", "instrument: “signature” is none of ratification, acceptance"),
        ("TCD,Chad,,,2015-03-25,,,,", "both a date and an instrument"),
        ("TCD,Chad,2013-09-25,,,,Ratification,,", "both a date and an instrument"),
        ("TCD,Chad,,,,,,,", "it gives no date"),
        ("TCD,Chad,,,2015,2015-03,Ratification,,", "known_by: write a day"),
        ("TCD,Chad,,,2015,2014-12-31,Ratification,,", "lies before the act it speaks of"),
        ("TCD,Chad,2013-09-25,,,,,deposit_date,", "unconfirmed: the row gives no deposit_date"),
        ("TCD,Chad,2013-09-25,,,,,iso3,", "“iso3” is no column that can be unconfirmed"),
        ("TCD,Chad,2013-09-25,,,,,", "it has 8 entries, and the table 9 columns"),
    ],
)
def test_a_row_at_fault_refuses_the_file_and_says_why(row, says):
    refused = refusal(a_csv("CHE,Switzerland,2013-06-03,,,,,,", row))
    assert len(refused.sentences) == 1
    assert says in refused.sentences[0]
    assert refused.sentences[0].startswith("Row 3")


def test_every_fault_of_a_row_is_told_at_once():
    refused = refusal(a_csv("TCD,Chat,2013-02-30,x,2015-03-25,y,Signature,z,"))
    assert len(refused.sentences) == 6
    assert refused.unknown == ("Chat",)


def test_a_state_stands_in_one_row_only():
    assert "already stands in row 2" in refusal(a_csv(CHAD, CHAD)).sentences[0]


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (CSV_TITLES + ",colour", "does not know: “colour”."),
        (CSV_TITLES.replace("known_by,", ""), "Columns are missing: known_by."),
        (CSV_TITLES.replace("known_by", "name"), "Columns stand there twice: name."),
        (CSV_TITLES.replace(",", ";"), "separated by semicolons"),
        ("", "Columns are missing: iso3, name, signature_date"),
    ],
)
def test_a_column_unknown_missing_or_there_twice_refuses_the_file(titles, says):
    assert any(says in sentence for sentence in refusal(a_csv(CHAD, titles=titles)).sentences)


def test_a_file_in_another_encoding_is_refused_with_the_line():
    data = a_csv(CHAD) + "CIV,Côte d'Ivoire,2013-06-03,,,,,,\n".encode("latin-1")
    assert refusal(data).sentences == ("The file is not UTF-8 (line 3); save it as CSV in UTF-8.",)


def test_a_file_cut_within_a_quotation_is_refused():
    assert "not well-formed CSV" in refusal(a_csv('TCD,Chad,2013-09-25,,,,,,"cut he')).sentences[0]


@pytest.mark.parametrize("rows", [(), ("", "")])
def test_titles_alone_are_no_table(rows):
    assert refusal(a_csv(*rows)).sentences == ("The file has no rows below its titles.",)


def test_more_rows_than_there_are_states_are_refused_unread():
    assert "more than 1,000 rows" in refusal(a_csv(*["x"] * 1_001)).sentences[0]
