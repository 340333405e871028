"""Rules of dates: what each gives for a day, and how it says itself."""

from datetime import timedelta

import pytest

from pathways.grammar.deadlines import days_after, each_year_on, first_of_month_after, months_after, years_after
from tests.builders import a_day


@pytest.mark.parametrize(
    ("day", "months", "falls"),
    [
        ("2031-01-15", 6, "2031-07-15"),
        ("2031-08-31", 6, "2032-02-29"),
        ("2030-08-31", 6, "2031-02-28"),
        ("2030-12-31", 1, "2031-01-31"),
        ("2030-01-31", 12, "2031-01-31"),
    ],
)
def test_a_month_that_has_no_such_day_gives_its_last_one(day, months, falls):
    assert months_after(months)(a_day(day)) == a_day(falls)


@pytest.mark.parametrize(
    ("day", "period", "falls"),
    [
        ("2031-01-15", months_after(5), "2031-07-01"),
        ("2031-01-01", months_after(3), "2031-05-01"),  # the period ends on 1 April; the month that follows is May
        ("2030-12-31", days_after(60), "2031-04-01"),  # it ends on 1 March
        ("2031-09-30", months_after(3), "2032-01-01"),
    ],
)
def test_the_first_of_a_month_is_that_of_the_month_after_the_period(day, period, falls):
    assert first_of_month_after(period)(a_day(day)) == a_day(falls)


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        (days_after(90), "90 days after its deposit"),
        (months_after(1), "a month after its deposit"),
        (months_after(6), "6 months after its deposit"),
        (first_of_month_after(months_after(3)), "the first day of the month that follows 3 months after its deposit"),
        (years_after(1, less=timedelta(days=1)), "a year less a day after its deposit"),
        (years_after(2, less=timedelta()), "2 years after its deposit"),
    ],
)
def test_a_rule_says_itself_in_words(rule, says):
    assert rule.after("its deposit") == says


def test_a_yearly_rule_says_itself_in_words():
    assert (
        each_year_on(30, 9).in_words() == "each 30 September, from the year after the first full calendar year in force"
    )
