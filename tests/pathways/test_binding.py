"""When a deposit binds: art. 22, against the depositary's own dates."""

import pytest

from pathways.grammar.stages import LegalStatus
from tests.builders import ATT, a_day, a_deposit, a_dossier, a_signature

# Deposit and entry into force as the depositary or the State published them.
PAIRS = {
    "Afghanistan": ("accession", "2020-07-29", "2020-10-27"),
    "Andorra": ("ratification", "2022-12-02", "2023-03-02"),
    "Barbados": ("ratification", "2015-05-20", "2015-08-18"),
    "Belize": ("ratification", "2015-03-19", "2015-06-17"),
    "Benin": ("ratification", "2016-11-07", "2017-02-05"),
    "Canada": ("accession", "2019-06-19", "2019-09-17"),
    "Philippines": ("ratification", "2022-03-24", "2022-06-22"),
}
# Between the fiftieth instrument and the day the treaty itself entered into force.
THE_EIGHT = {
    "GIN": "2014-10-21",
    "KNA": "2014-12-15",
    "LIE": "2014-12-16",
    "LTU": "2014-12-18",
    "NLD": "2014-12-18",
    "POL": "2014-12-17",
    "SRB": "2014-12-05",
    "ZAF": "2014-12-22",
}


def force_of(deposit, **said):
    known = [] if said.get("instrument") == "accession" else [a_signature("2013-06-03")]
    return a_dossier(*known, a_deposit(deposit, **said), on="2026-07-24").legal.entry_into_force


@pytest.mark.parametrize(("instrument", "deposit", "bound"), PAIRS.values(), ids=PAIRS)
def test_a_later_deposit_binds_after_ninety_days(instrument, deposit, bound):
    """Art. 22(2)."""
    force = force_of(deposit, instrument=instrument)
    assert (force.first, force.last) == (a_day(bound), a_day(bound))


@pytest.mark.parametrize("deposit", THE_EIGHT.values(), ids=THE_EIGHT)
def test_who_deposited_before_the_treaty_was_in_force_is_bound_from_that_day(deposit):
    """Art. 22(1), also for those after the fiftieth instrument: not ninety days after their own deposit."""
    assert force_of(deposit).last == a_day("2014-12-24")


@pytest.mark.parametrize(
    ("deposit", "bound"),
    [
        ("2013-07-04", "2014-12-24"),
        ("2014-09-25", "2014-12-24"),
        ("2014-12-23", "2014-12-24"),
        ("2014-12-24", "2015-03-24"),
        ("2014-12-25", "2015-03-25"),
    ],
)
def test_the_rule_changes_on_the_day_the_treaty_enters_into_force(deposit, bound):
    assert force_of(deposit).last == a_day(bound)


def test_ninety_days_are_calendar_days_over_a_leap_day():
    assert force_of("2023-12-01").last == a_day("2024-02-29")
    assert force_of("2023-12-02").last == a_day("2024-03-01")
    assert force_of("2022-12-02").last == a_day("2023-03-02")


def test_a_state_is_party_from_the_day_it_is_bound():
    known = (a_signature("2013-09-25"), a_deposit("2022-03-24"))
    assert a_dossier(*known, on="2022-03-23").legal.status is LegalStatus.SIGNATORY
    assert a_dossier(*known, on="2022-03-24").legal.status is LegalStatus.DEPOSITED
    assert a_dossier(*known, on="2022-06-21").legal.status is LegalStatus.DEPOSITED
    assert a_dossier(*known, on="2022-06-22").legal.status is LegalStatus.STATE_PARTY


def test_who_has_done_nothing_is_no_signatory():
    assert a_dossier(on="2026-07-24").legal.status is LegalStatus.NON_SIGNATORY


def test_the_treaty_entered_into_force_ninety_days_after_the_fiftieth_deposit():
    assert ATT.threshold.rule(ATT.threshold.met) == ATT.entered_into_force == a_day("2014-12-24")
