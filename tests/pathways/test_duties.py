"""What a party owes: the initial and the annual report, with their leap days, and what is not known."""

import pytest

from pathways.grammar.deadlines import days, each_year_on, years_after
from pathways.grammar.duties import DutyState, owed
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_fact, a_signature


def duties(*facts, on):
    return {(o.duty.name, o.covers): o for o in owed(ATT, a_dossier(*facts, on=on))}


def state_of(name, covers=None, *, facts, on):
    return duties(*facts, on=on)[name, covers].state


def party(deposit="2022-03-24"):
    """Return the facts of a State that deposited on a day; the Philippines' by default."""
    return (a_signature("2013-09-25"), a_deposit(deposit))


# Art. 13(1): within the first year after entry into force.


@pytest.mark.parametrize(
    ("bound", "due"),
    [
        ("2014-12-24", "2015-12-23"),  # as published for the first parties
        ("2022-06-22", "2023-06-21"),  # Philippines
        ("2023-03-02", "2024-03-01"),  # Andorra
        ("2019-09-17", "2020-09-16"),  # Canada
        ("2023-03-01", "2024-02-29"),
        ("2024-03-01", "2025-02-28"),
        ("2024-02-29", "2025-02-28"),
        ("2023-02-28", "2024-02-27"),
        ("2024-02-28", "2025-02-27"),
        ("2020-01-01", "2020-12-31"),
    ],
)
def test_the_initial_report_is_due_one_year_less_a_day_after_entry_into_force(bound, due):
    assert years_after(1, less=days(1))(a_day(bound)) == a_day(due)


def test_the_first_year_of_a_leap_day_ends_on_a_leap_day_four_years_on():
    assert years_after(4, less=days(1))(a_day("2024-02-29")) == a_day("2028-02-28")


@pytest.mark.parametrize(
    ("deposit", "bound", "due"),
    [("2023-12-01", "2024-02-29", "2025-02-28"), ("2022-12-01", "2023-03-01", "2024-02-29")],
)
def test_a_state_bound_on_a_leap_day_or_the_day_after_owes_its_report_in_time(deposit, bound, due):
    found = a_dossier(*party(deposit), on="2026-07-24")
    assert found.legal.entry_into_force.last == a_day(bound)
    assert duties(*party(deposit), on="2026-07-24")["initial report", None].due.last == a_day(due)


# Art. 13(3): by 31 May, from the year after the first full calendar year in force.


@pytest.mark.parametrize(
    ("bound", "covers", "due"),
    [
        ("2014-12-24", 2015, "2016-05-31"),
        ("2022-01-01", 2022, "2023-05-31"),
        ("2022-01-02", 2023, "2024-05-31"),
        ("2022-06-22", 2023, "2024-05-31"),  # not among those that owed a report for 2022
        ("2021-12-31", 2022, "2023-05-31"),
    ],
)
def test_the_first_annual_report_covers_the_first_full_calendar_year(bound, covers, due):
    first = next(each_year_on(31, 5).falls(a_day(bound), a_day("2030-01-01")))
    assert first == (covers, a_day(due))


def test_an_annual_report_is_due_each_year_and_the_next_one_is_foreseen():
    found = [(o.covers, o.due.last) for o in owed(ATT, a_dossier(*party(), on="2026-05-31")) if o.covers]
    assert found == [
        (2023, a_day("2024-05-31")),
        (2024, a_day("2025-05-31")),
        (2025, a_day("2026-05-31")),
        (2026, a_day("2027-05-31")),
    ]


# How a duty stands.


@pytest.mark.parametrize(
    ("on", "state"),
    [
        ("2022-03-24", DutyState.UPCOMING),
        ("2023-03-22", DutyState.UPCOMING),
        ("2023-03-23", DutyState.DUE),
        ("2023-06-21", DutyState.DUE),
        ("2023-06-22", DutyState.OVERDUE),
    ],
)
def test_the_initial_report_is_due_ninety_days_ahead_and_overdue_the_day_after(on, state):
    assert state_of("initial report", facts=party(), on=on) is state


def test_a_report_received_discharges_its_duty_even_late():
    facts = (*party(), a_fact("initial_report", "2023-09-01"))
    assert state_of("initial report", facts=facts, on="2023-08-31") is DutyState.OVERDUE
    done = duties(*facts, on="2023-09-01")["initial report", None]
    assert (done.state, done.done_on) == (DutyState.DONE, a_day("2023-09-01"))


def test_an_annual_report_discharges_its_own_year_alone():
    facts = (*party(), a_fact("annual_report", "2024-05-02", year=2023))
    assert state_of("annual report", 2023, facts=facts, on="2025-06-01") is DutyState.DONE
    assert state_of("annual report", 2024, facts=facts, on="2025-06-01") is DutyState.OVERDUE


def test_a_waiver_names_its_duty_and_if_it_will_its_year():
    facts = (*party(), a_fact("duty_waived", "2024-01-10", duty="annual report", year=2023))
    assert state_of("annual report", 2023, facts=facts, on="2024-06-01") is DutyState.WAIVED
    assert state_of("annual report", 2024, facts=facts, on="2025-06-01") is DutyState.OVERDUE
    assert state_of("initial report", facts=facts, on="2024-06-01") is DutyState.OVERDUE
    every = (*party(), a_fact("duty_waived", "2024-01-10", duty="annual report"))
    assert state_of("annual report", 2024, facts=every, on="2025-06-01") is DutyState.WAIVED


def test_what_fell_due_before_the_record_was_opened_is_not_known_and_never_overdue():
    opened = a_fact("record_opened", "2024-05-31")
    facts = (*party(), opened)
    assert state_of("initial report", facts=facts, on="2026-07-24") is DutyState.NOT_KNOWN
    assert state_of("annual report", 2023, facts=facts, on="2024-06-01") is DutyState.OVERDUE
    later = (*party(), a_fact("record_opened", "2024-06-01"))
    assert state_of("annual report", 2023, facts=later, on="2024-06-01") is DutyState.NOT_KNOWN


def test_who_is_not_bound_owes_nothing():
    assert duties(a_signature(), on="2026-07-24") == {}
