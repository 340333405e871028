"""A State that leaves, and comes back: which act is another one, and which corrects the one before."""

import pytest

from casework.dossiers.dossier_view import dossier_view
from pathways.grammar.clearance import OPERATOR
from tests.builders import file
from tests.casework.dossiers.test_late_facts import CN, assert_sound, on_day, steps


@pytest.fixture
def leaving(record):
    """Give a record in which Cambodia has deposited, in a month that is known, and has notified that it leaves."""
    file(record, "KHM", "deposit", "2025-01", CN, instrument="ratification")
    file(record, "KHM", "withdrawal", "2026-06-01", CN)
    return record


def seen(record):
    return dossier_view(record, "KHM", treaty="att", reader=OPERATOR)


def acts(record):
    return [(fact.kind, fact.effective_on) for fact in seen(record).facts if fact.kind in ("deposit", "withdrawal")]


def counting(record):
    return [(f.kind, f.effective_on) for f in seen(record).facts if f.kind in ("deposit", "withdrawal") and f.counts]


@pytest.mark.parametrize("day", ["2026-05-10", "2026-06-20"])
def test_the_day_of_a_withdrawal_that_was_wrong_is_corrected(leaving, day):
    file(leaving, "KHM", "withdrawal", day, CN)
    assert counting(leaving) == [("deposit", "2025-01"), ("withdrawal", day)]
    assert_sound(leaving)


def test_the_deposit_of_a_state_that_leaves_becomes_precise(leaving):
    file(leaving, "KHM", "deposit", "2025-01-15", CN, instrument="ratification")
    assert seen(leaving).deposit_date == "2025-01-15"
    assert counting(leaving) == [("withdrawal", "2026-06-01"), ("deposit", "2025-01-15")]
    assert_sound(leaving)


def test_who_leaves_a_second_time_has_left_a_first_time_too(leaving):
    on_day(leaving, "2026-09-10")
    file(leaving, "KHM", "deposit", "2026-09-05", CN, instrument="ratification")
    on_day(leaving, "2027-02-01")
    file(leaving, "KHM", "withdrawal", "2027-01-20", CN)
    assert counting(leaving) == acts(leaving)
    assert [kind for kind, _ in acts(leaving)] == ["deposit", "withdrawal", "deposit", "withdrawal"]
    assert str(seen(leaving).withdrawal_effective) == "2027-04-20"
    assert_sound(leaving)


def test_a_second_deposit_that_was_a_mistake_takes_its_entry_into_force_with_it(leaving):
    on_day(leaving, "2026-09-10")
    again = file(leaving, "KHM", "deposit", "2026-09-05", CN, instrument="ratification").fact
    on_day(leaving, "2027-02-01")
    assert steps(leaving)[-1] == ("enter_into_force", "2026-12-04", "deposit")
    file(leaving, "KHM", "correction", "2027-02-01", "assessment", annuls=(again.id,))
    assert steps(leaving)[-1] == ("withdraw", "2026-08-30", "implementation")
    assert_sound(leaving)


def test_who_has_left_is_found_to_have_been_bound_before(record):
    file(record, "KHM", "deposit", "2025", CN, instrument="ratification")
    file(record, "KHM", "withdrawal", "2025-11-06", CN)
    on_day(record, "2026-07-24")
    assert steps(record)[-1] == ("enter_into_force", "2026-03-31", "deposit")
    file(record, "KHM", "deposit", "2025-06-15", CN, instrument="ratification")
    on_day(record, "2026-07-24")
    assert [(name, day) for name, day, _ in steps(record)[-3:]] == [
        ("deposited", "2025-06-15"),
        ("enter_into_force", "2025-09-13"),
        ("withdraw", "2026-02-04"),
    ]
    assert_sound(record)
