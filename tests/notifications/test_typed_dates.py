"""A date as people type it: read in one way everywhere, or refused with what it may be; nothing of it is left over."""

# ruff: noqa: RUF001  # digits that look like letters are digits here
from datetime import date

import pytest
from babel.dates import get_month_names

from notifications import typed_dates
from notifications.languages import LANGUAGES
from notifications.refusals import sentence
from pathways.grammar.dates import NotADate

TODAY = date(2026, 11, 30)


def read_date(typed, language="en", today=TODAY):
    return typed_dates.read_date(typed, language, today=today)


def read_day(typed, language="en", today=TODAY):
    return typed_dates.read_day(typed, language, today=today)


def refused(typed, today=TODAY):
    with pytest.raises(NotADate) as wrong:
        read_date(typed, today=today)
    [why] = wrong.value.refusals
    return why


READ = [
    # ISO, whole and in part, and with the digits and the marks that a keyboard gives.
    ("2022-10-05", "2022-10-05"), ("2022-10", "2022-10"), ("2022", "2022"), ("  2022-10-05 ", "2022-10-05"),
    ("2022-6-2", "2022-06-02"), ("2022/10/05", "2022-10-05"), ("٢٠٢٢-١٠-٠٥", "2022-10-05"), ("۲۰۲۲", "2022"),
    # English.
    ("5 October 2022", "2022-10-05"), ("5 Oct 2022", "2022-10-05"), ("5th of October, 2022", "2022-10-05"),
    ("October 5, 2022", "2022-10-05"), ("Oct. 5th 2022", "2022-10-05"), ("5-Oct-2022", "2022-10-05"),
    ("5 oct.2022", "2022-10-05"), ("5.Oct.2022", "2022-10-05"), ("Oct.5,2022", "2022-10-05"),
    ("OCTOBER 2022", "2022-10"), ("Sept 2022", "2022-09"), ("\u202f5\u00a0May\u00a02022", "2022-05-05"),
    # French, Spanish.
    ("1er août 2022", "2022-08-01"), ("1er aout 2022", "2022-08-01"), ("le 5 févr. 2022", "2022-02-05"),
    ("décembre 2022", "2022-12"), ("5 de octubre de 2022", "2022-10-05"), ("1º de enero del 2022", "2022-01-01"),
    ("setiembre de 2022", "2022-09"),
    # Arabic: Mashreq, Egypt and the Gulf, Maghreb, both at once as the United Nations write it; with either digits.
    ("٥ تشرين الأول ٢٠٢٢", "2022-10-05"), ("5 تشرين الاول 2022", "2022-10-05"), ("٥ أكتوبر ٢٠٢٢", "2022-10-05"),
    ("5 تشرين الأول/أكتوبر 2022", "2022-10-05"), ("كانون الثاني ٢٠٢٢", "2022-01"),
    ("٣١ كانون الأول ٢٠٢٢", "2022-12-31"), ("5 من تشرين الأول 2022", "2022-10-05"),
    ("٥ من تشرين الأول/أكتوبر عام ٢٠٢٢", "2022-10-05"), ("5 أكتوبر سنة 2022", "2022-10-05"),
    ("في ٥ من آب من عام ٢٠٢٢", "2022-08-05"),
    ("١٤ جويلية ٢٠٢٢", "2022-07-14"), ("٢٠ غشت ٢٠٢٢", "2022-08-20"), ("آب/أغسطس ٢٠٢٢", "2022-08"),
    ("5 حزيران/يونيه 2022", "2022-06-05"), ("\u200f٥ أكتوبر، ٢٠٢٢", "2022-10-05"),
    # Numbers alone with one reading: a point stands behind the day only, and no month is the 25th.
    ("5.10.2022", "2022-10-05"), ("25/10/2022", "2022-10-25"), ("10/25/2022", "2022-10-25"), ("5/5/2022", "2022-05-05"),
    ("10/2022", "2022-10"), ("10.2022", "2022-10"),
]  # fmt: skip
UNREADABLE = [
    "", "   ", "soon", "October", "5 October", "5.10.22", "05/10", "20221005", "2022-W25-3", "5 October 2022 or so",
    "2022-10-05 noon", "2022-10-05T10:00", "2022-10-05x", "32 October 2022", "31.04.2022", "30 February 2022",
    "2022-13", "13/13/2022", "1.13.2022", "5 October November 2022", "٥ تشرين ٢٠٢٢", "5 October 2200", "0000", "²022",
    "5 Octobre-mars 2022", "# 5 2022", "#5 2022", "5 #10 2022", "Monday 5 October 2022", "five October 2022",
]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("typed", "read"), READ)
def test_a_date_is_read_as_people_write_it_on_a_page_in_any_language(typed, read, language):
    assert str(read_date(typed, language)) == read


@pytest.mark.parametrize("typed", UNREADABLE)
def test_nothing_is_guessed_and_nothing_is_left_over(typed):
    with pytest.raises(NotADate):
        read_date(typed)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("today", "2026-11-30"), ("Tomorrow", "2026-12-01"), ("yesterday", "2026-11-29"),
        ("aujourd’hui", "2026-11-30"), ("aujourd'hui", "2026-11-30"), ("demain", "2026-12-01"), ("hier", "2026-11-29"),
        ("hoy", "2026-11-30"), ("Mañana", "2026-12-01"), ("ayer", "2026-11-29"),
        ("اليوم", "2026-11-30"), ("غدًا", "2026-12-01"), ("غدا", "2026-12-01"), ("أمس", "2026-11-29"),
        (" اليوم\u200f ", "2026-11-30"),
    ],
)  # fmt: skip
def test_today_and_the_days_beside_it_are_the_readers(typed, read, language):
    assert str(read_date(typed, language)) == str(read_day(typed, language)) == read


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("5 Aug", "2026-08-05"),
        ("5th of August", "2026-08-05"),
        ("August 5", "2026-08-05"),
        ("1er août", "2026-08-01"),
        ("5 de agosto", "2026-08-05"),
        ("٥ آب", "2026-08-05"),
        ("5 تشرين الأول/أكتوبر", "2026-10-05"),
        ("October", "2026-10"),
        ("آب/أغسطس", "2026-08"),
        ("29 February", "2024-02-29"),  # the last there was
    ],
)
def test_a_date_without_its_year_is_refused_with_the_date_that_it_would_be_this_year(typed, meant):
    why = refused(typed)
    assert (why.code, str(why.values["date"])) == ("date_without_a_year", meant)
    assert meant in sentence(why)


def test_a_day_that_no_year_has_is_none():
    assert refused("31 April").code == refused("30 February").code == "no_day_of_the_calendar"


def test_how_a_date_is_written_is_shown_by_todays():
    assert sentence(refused("soon")) == (
        "“soon” is not a date; write 2026-11-30, or 2026-11 or 2026 if no more is known."
    )
    assert "2031-02-01" in sentence(refused("soon", today=date(2031, 2, 1)))


@pytest.mark.parametrize("typed", ["05/10/2022", "5-10-2022", "٠٥/١٠/٢٠٢٢"])
def test_numbers_with_two_readings_are_refused_with_both_where_both_are_in_use(typed):
    with pytest.raises(NotADate) as refused:
        read_date(typed, "en")
    [why] = refused.value.refusals
    assert (why.code, str(why.values["one"]), str(why.values["other"])) == (
        "date_of_two_readings", "2022-10-05", "2022-05-10",
    )  # fmt: skip
    for language in ("ar", "fr", "es", "ru"):
        assert str(read_date(typed, language)) == "2022-10-05"


def test_where_a_day_is_wanted_a_month_is_said_to_be_one():
    assert str(read_day("5 Oct 2022")) == "2022-10-05"
    with pytest.raises(NotADate) as refused:
        read_day("October 2022")
    assert (refused.value.codes, str(refused.value.refusals[0].values["date"])) == (("day_wanted",), "2022-10")


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("width", ["wide", "abbreviated"])
@pytest.mark.parametrize("locale", ["en", "en_GB", "fr", "es", "ar", "ar_SY", "ar_DZ", "ar_MA"])
def test_every_month_is_known_by_its_names_in_the_languages_that_are_read(locale, width, month):
    written = get_month_names(width, locale=locale)[month]
    assert str(read_date(f"{written} 2022")) == f"2022-{month:02}"
