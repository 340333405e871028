"""Reading participation from CSV."""

from __future__ import annotations

import re
from datetime import date

import pytest

from pathways.grammar.dates import PartialDate
from sources import table_csv
from sources.participation import ActKind
from tests.refusals import said
from tests.sources.files import CSV_TITLES, a_csv, codes, read, refusal

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
        ("TCD,Chad,2013-02-30,,,,,,", "no_day_of_the_calendar"),
        ("TCD,Chad,25 Sep 2013,,,,,,", "not_a_date"),
        ("TCD,Chat,2013-09-25,,,,,,", "name_of_no_state_nearest"),
        ("XXX,Chad,2013-09-25,,,,,,", "code_of_another_state"),
        ("CHE,Chad,2013-09-25,,,,,,", "code_of_another_state"),
        ("TCD,,2013-09-25,,,,,,", "row_names_nobody"),
        ("EUU,European Union,2013-09-25,,,,,,", "row_of_an_organisation"),
        ("TCD,Chad,,,2015-03-25,,Signature,,", "no_such_instrument"),
        ("TCD,Chad,,,2015-03-25,,,,", "deposit_by_halves"),
        ("TCD,Chad,2013-09-25,,,,Ratification,,", "deposit_by_halves"),
        ("TCD,Chad,,,,,,,", "row_without_a_date"),
        ("TCD,Chad,,,2015,2015-03,Ratification,,", "known_by_is_a_day"),
        ("TCD,Chad,,,2015,2014-12-31,Ratification,,", "known_by_before_the_act"),
        ("TCD,Chad,2013-09-25,,,,,deposit_date,", "unconfirmed_is_not_given"),
        ("TCD,Chad,2013-09-25,,,,,iso3,", "never_unconfirmed"),
        ("TCD,Chad,2013-09-25,,,,,", "entries_beside_columns"),
    ],
)
def test_a_row_at_fault_refuses_the_file_and_says_why(row, says):
    refused = refusal(a_csv("CHE,Switzerland,2013-06-03,,,,,,", row))
    assert len(refused.faults) == 1
    assert says in codes(refused)
    assert refused.faults[0].row == 3


def test_every_fault_of_a_row_is_told_at_once():
    refused = refusal(a_csv("TCD,Chat,2013-02-30,x,2015-03-25,y,Signature,z,"))
    assert len(refused.faults) == 6
    assert refused.unknown == ("Chat",)


def test_a_state_stands_in_one_row_only():
    assert "state_stands_twice" in codes(refusal(a_csv(CHAD, CHAD)))


@pytest.mark.parametrize(
    ("titles", "says"),
    [
        (CSV_TITLES + ",colour", "unknown_columns"),
        (CSV_TITLES.replace("known_by,", ""), "columns_missing"),
        (CSV_TITLES.replace("known_by", "name"), "columns_twice"),
        (CSV_TITLES.replace(",", ";"), "semicolons_for_commas"),
        ("", "columns_missing"),
    ],
)
def test_a_column_unknown_missing_or_there_twice_refuses_the_file(titles, says):
    assert says in codes(refusal(a_csv(CHAD, titles=titles)))


def test_a_file_in_another_encoding_is_refused_with_the_line():
    data = a_csv(CHAD) + "CIV,Côte d'Ivoire,2013-06-03,,,,,,\n".encode("latin-1")
    assert codes(refusal(data)) == ["csv_not_utf8"]


def test_what_a_spreadsheet_leaves_empty_is_nothing():
    commas = "," * 11
    titles, chad = f"{CSV_TITLES},,", f"{CHAD},,"
    table = read(a_csv(titles, commas, chad, *[commas] * 1_200, titles=commas))
    assert [(act.kind, act.row) for act in table.acts] == [(ActKind.SIGNATURE, 4), (ActKind.DEPOSIT, 4)]
    assert read(a_csv(f"{CHAD},,,")).acts == read(a_csv(CHAD)).acts


def test_an_entry_below_no_title_or_beyond_the_last_is_a_fault_of_its_row():
    assert codes(refusal(a_csv(f"{CHAD},see note", titles=f"{CSV_TITLES},"))) == ["entry_without_a_title"]
    assert codes(refusal(a_csv(f"{CHAD},see note"))) == ["entries_beside_columns"]


def test_more_lines_than_a_spreadsheet_has_are_refused_though_they_are_empty(monkeypatch):
    monkeypatch.setattr(table_csv, "_MOST_LINES", 50)
    assert codes(refusal(a_csv(CHAD, *[","] * 50))) == ["too_many_rows"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (a_csv(CHAD).replace(b"\n", b"\r"), "csv_ends_lines_as_old_macs"),
        (a_csv(*[CHAD] * 900).replace(b"\n", b"\r"), "csv_ends_lines_as_old_macs"),  # more than a line may have
        (a_csv(CHAD).replace(b"Chad", b"Ch\rad"), "csv_breaks_a_line"),
        (a_csv(CHAD).replace(b"Chad", b"Ch\x00ad"), "csv_holds_a_stray_byte"),
        (a_csv(CHAD).replace(b"Chad", b"Chad\x1a"), "csv_holds_a_stray_byte"),
        (a_csv(CHAD).decode().encode("utf-16-le"), "csv_holds_a_stray_byte"),
        (a_csv('TCD,"Chad" or so,2013-09-25,,,,,,'), "csv_not_well_formed"),
        (a_csv(f'TCD,"{"x" * 19_000}', *["y" * 19_000] * 8), "csv_not_well_formed"),  # beyond what csv reads as one
    ],
)
def test_what_no_reader_takes_gets_advice_in_our_own_words(data, says):
    refused = refusal(data)
    assert codes(refused) == [says]
    advice = " ".join(said(refused))
    assert not re.search("new-line|field|expected|NUL", advice)
    assert re.search("save|written twice", advice)


def test_a_file_cut_within_a_quotation_is_refused():
    assert "csv_not_well_formed" in codes(refusal(a_csv('TCD,Chad,2013-09-25,,,,,,"cut he')))


@pytest.mark.parametrize("rows", [(), ("", "")])
def test_titles_alone_are_no_table(rows):
    assert codes(refusal(a_csv(*rows))) == ["no_rows_below_titles"]


def test_more_rows_than_there_are_states_are_refused_unread():
    assert "too_many_rows" in codes(refusal(a_csv(*["x"] * 1_001)))


def test_a_column_too_many_hides_no_fault_of_a_row():
    refused = refusal(a_csv("XXX,Atlantis,2013-06-03,,,,,,,", titles=f"{CSV_TITLES},remarks"))
    assert next(fault.why.code for fault in refused.faults) == "unknown_columns"
    assert {fault.row for fault in refused.faults} == {None, 2}
