"""Dates known to the month or the year: ranges, and the last possible day that counts."""

import pytest

from pathways.grammar.dates import NotADate, PartialDate, Precision
from pathways.grammar.duties import DutyState, owed
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_signature, a_step

GAMBIA = a_deposit("2024-06", "accession", unconfirmed=("deposit_date", "instrument"))
ECUADOR = a_deposit("2026", "accession", known_by="2026-07-24")
VANUATU = a_deposit("2025", "ratification")


def test_the_gambia_is_bound_between_two_days():
    """Deposit in June 2024: from 1 June + 90 days to 30 June + 90 days."""
    force = a_dossier(GAMBIA, on="2026-07-24").legal.entry_into_force
    assert (force.first, force.last) == (a_day("2024-08-30"), a_day("2024-09-28"))
    assert not force.is_certain


@pytest.mark.parametrize(
    ("day", "status"),
    [
        ("2024-06-29", LegalStatus.NON_SIGNATORY),
        ("2024-06-30", LegalStatus.DEPOSITED),
        ("2024-08-30", LegalStatus.DEPOSITED),
        ("2024-09-27", LegalStatus.DEPOSITED),
        ("2024-09-28", LegalStatus.STATE_PARTY),
    ],
)
def test_a_month_counts_from_its_last_day(day, status):
    assert a_dossier(GAMBIA, on=day).legal.status is status


def test_ecuador_counts_from_the_day_it_was_certainly_done():
    assert a_dossier(ECUADOR, on="2026-07-23").legal.deposit is None
    legal = a_dossier(ECUADOR, on="2026-07-24").legal
    assert legal.status is LegalStatus.DEPOSITED
    assert legal.entry_into_force.first == a_day("2026-04-01")
    assert legal.entry_into_force.last == a_day("2026-10-22")


def test_vanuatu_counts_from_the_end_of_its_year():
    known = (a_signature("2013-07-26"), VANUATU)
    assert a_dossier(*known, on="2025-12-30").legal.status is LegalStatus.SIGNATORY
    legal = a_dossier(*known, on="2025-12-31").legal
    assert legal.status is LegalStatus.DEPOSITED
    assert (legal.entry_into_force.first, legal.entry_into_force.last) == (a_day("2025-04-01"), a_day("2026-03-31"))


def test_a_day_by_which_it_was_done_never_makes_it_earlier_than_it_can_have_been():
    assert a_deposit("2024-06", known_by="2024-05-01").counts_from == a_day("2024-06-01")
    assert a_deposit("2024-06", known_by="2024-06-10").counts_from == a_day("2024-06-10")
    assert a_deposit("2024-06", known_by="2024-12-01").counts_from == a_day("2024-06-30")


def test_an_imprecise_deposit_over_the_first_day_of_the_treaty_takes_both_rules():
    force = a_dossier(a_signature("2013-06-03"), a_deposit("2014-12"), on="2026-07-24").legal.entry_into_force
    assert (force.first, force.last) == (a_day("2014-12-24"), a_day("2015-03-31"))


def test_a_duty_with_a_range_is_not_overdue_before_its_latest_end():
    (report,) = [o for o in owed(ATT, a_dossier(GAMBIA, on="2025-09-27")) if o.duty.name == "initial report"]
    assert (report.due.first, report.due.last) == (a_day("2025-08-29"), a_day("2025-09-27"))
    assert report.state is DutyState.DUE
    (report,) = [o for o in owed(ATT, a_dossier(GAMBIA, on="2025-09-28")) if o.duty.name == "initial report"]
    assert report.state is DutyState.OVERDUE


def test_a_precise_date_replaces_an_imprecise_one_for_every_day():
    imprecise = a_deposit("2024-06", "accession", id="imprecise")
    precise = a_deposit("2024-06-05", "accession", replaces="imprecise")
    dossier = a_dossier(imprecise, precise, on="2024-06-05")
    assert dossier.legal.status is LegalStatus.DEPOSITED
    assert dossier.legal.entry_into_force.is_certain
    assert dossier.legal.entry_into_force.last == a_day("2024-09-03")


def test_an_imprecise_deposit_overtakes_a_persons_step_only_from_its_last_day():
    in_june = a_step("start_drafting", "2024-06-12")
    before = a_step("voice_interest", "2024-02-01")
    assert a_dossier(before, in_june, GAMBIA, on="2024-06-29").stage is Stage.LEGISLATION
    dossier = a_dossier(before, in_june, GAMBIA, on="2024-06-30")
    assert (dossier.stage, dossier.overtaken) == (Stage.DEPOSIT, ())
    on_the_day = a_step("start_drafting", "2024-06-30")
    assert [f.effective for f in a_dossier(before, on_the_day, GAMBIA, on="2024-06-30").overtaken] == [
        PartialDate.parse("2024-06-30")
    ]


# How a date is written.


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2024-06-05", "2024-06-05", "2024-06-05", Precision.DAY),
        ("2024-06", "2024-06-01", "2024-06-30", Precision.MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("2023-02", "2023-02-01", "2023-02-28", Precision.MONTH),
        ("2024", "2024-01-01", "2024-12-31", Precision.YEAR),
        (" 2024-06 ", "2024-06-01", "2024-06-30", Precision.MONTH),
    ],
)
def test_a_date_is_known_to_the_day_the_month_or_the_year(text, first, last, precision):
    found = PartialDate.parse(text)
    assert (found.first, found.last, found.precision) == (a_day(first), a_day(last), precision)
    assert str(found) == text.strip()


@pytest.mark.parametrize("text", ["", "5 June 2024", "2024-6-5", "2024-06-05T00:00", "24-06-05", "2024-W23"])
def test_what_is_written_otherwise_is_no_date(text):
    with pytest.raises(NotADate) as refused:
        PartialDate.parse(text)
    assert refused.value.codes == ("not_a_date",)


@pytest.mark.parametrize("text", ["2023-02-29", "2024-13", "2024-00-01", "0000", "2024-06-31"])
def test_a_day_that_the_calendar_does_not_have_is_no_date(text):
    with pytest.raises(NotADate) as refused:
        PartialDate.parse(text)
    assert refused.value.codes[0] in ("no_day_of_the_calendar", "date_beyond_the_calendar")


@pytest.mark.parametrize(
    ("wide", "narrow", "covers"),
    [
        ("2024", "2024-06", True),
        ("2024-06", "2024-06-05", True),
        ("2024-06", "2024-06", True),
        ("2024-06", "2024-07-01", False),
        ("2024-06-05", "2024-06", False),
    ],
)
def test_a_wider_date_covers_a_narrower_one(wide, narrow, covers):
    assert PartialDate.parse(wide).covers(PartialDate.parse(narrow)) is covers
