"""Taking in the depositary's tables: what is new, changed, confirmed, in conflict or gone, all or nothing."""

from datetime import date

import pytest

from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from casework.overview.status import status
from casework.record.audit import verify
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Stage
from tests.builders import a_day, a_workspace, clock_of, days_pass
from tests.casework.taking import OF_2019, OF_2023, counts, everything, follow_ups, take
from tests.refusals import said
from tests.sources.files import a_csv, the_file_of

BETWEEN = {
    "AFG deposit 2020-07-29: new",
    "AND deposit 2022-12-02: new",
    "CHN deposit 2020-07-06: new",
    "GAB deposit 2022-09-21: new",
    "MDV deposit 2019-09-27: new",
    "NAM deposit 2020-04-28: new",
    "NIU deposit 2020-08-06: new",
    "PHL deposit 2022-03-24: new",
    "STP deposit 2020-07-28: new",
}


@pytest.fixture
def empty(tmp_path, record_as):
    workspace = a_workspace(tmp_path, record_as(empty=True), opened=False)
    yield workspace
    workspace.close()


# One table after the other.


def test_the_second_table_brings_exactly_what_happened_in_between(empty):
    first = take(empty, OF_2019)
    assert (first.new, first.read, first.unchanged) == (first.read, first.read, 0)
    assert (
        status(empty, treaty="att", reader=OPERATOR).deposits,
        status(empty, treaty="att", reader=OPERATOR).signatures,
    ) == (104, 130)
    second = take(empty, OF_2023)
    assert set(second.changes) == BETWEEN
    assert counts(second) == (len(BETWEEN), 0, 0, 0, 0, 0)
    assert second.unchanged == second.read - len(BETWEEN)
    assert (
        status(empty, treaty="att", reader=OPERATOR).deposits,
        status(empty, treaty="att", reader=OPERATOR).signatures,
    ) == (113, 130)
    assert verify(empty).is_sound


def test_a_table_taken_in_a_second_time_changes_nothing(empty):
    for day in (OF_2019, OF_2023):
        first = take(empty, day)
        before = everything(empty)
        again = take(empty, day)
        assert counts(again) == (0, 0, 0, 0, 0, 0)
        assert again.unchanged == again.read == first.read
        assert everything(empty) == before


def test_an_older_table_after_a_newer_one_makes_nothing_vanish(empty):
    take(empty, OF_2023)
    assert counts(take(empty, OF_2019)) == (0, 0, 0, 0, 0, 0)


def test_an_old_table_makes_nothing_vanish_from_todays_record(record):
    taken = take(record, OF_2019)
    assert (taken.new, taken.conflicts, taken.vanished) == (0, [], [])
    assert status(record, treaty="att", reader=OPERATOR).deposits == 118
    assert follow_ups(record, "vanished") == []


def test_after_a_table_every_state_is_at_the_stage_its_acts_imply(empty):
    take(empty, OF_2023)
    philippines = dossier_view(empty, "PHL", treaty="att", reader=OPERATOR)
    assert philippines.stage is Stage.DEPOSIT, "the sweep takes the step by date, not the intake"
    sweep(empty, run="first", treaty="att")
    assert dossier_view(empty, "PHL", treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION
    assert [
        f.effective_on for f in dossier_view(empty, "PHL", treaty="att", reader=OPERATOR).facts if f.kind == "step"
    ][-1] == "2022-06-22"
    assert status(empty, treaty="att", reader=OPERATOR).by_stage == {
        **status(empty, treaty="att", reader=OPERATOR).by_stage,
        Stage.IMPLEMENTATION: 113,
        Stage.DEPOSIT: 0,
    }
    assert verify(empty).is_sound


def test_what_a_dry_run_shows_is_not_written(empty):
    before = everything(empty)
    shown = take(empty, OF_2019, dry_run=True)
    assert shown.new == shown.read > 0
    assert everything(empty) == before
    with empty.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM intake_file").scalar() == 0
    assert take(empty, OF_2019).changes == shown.changes


# Confirmed and changed: what we held was not yet checked against the depositary.


def test_a_table_confirms_what_was_unconfirmed(record):
    """Guinea's deposit, 2014-10-21."""
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-21,,Ratification,,"), treaty="att")
    assert (taken.confirmed, taken.new, taken.unchanged) == (1, 0, 1)
    guinea = dossier_view(record, "GIN", treaty="att", reader=OPERATOR)
    assert guinea.unconfirmed == ()
    assert [f.source for f in guinea.facts if f.kind == "deposit" and f.counts] == ["depositary"]
    assert len([f for f in guinea.facts if f.kind == "step" and f.counts]) == 3, "no step is taken twice"
    assert take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-21,,Ratification,,"), treaty="att").confirmed == 0
    assert verify(record).is_sound


def test_a_table_makes_precise_what_was_known_to_the_month(record):
    taken = take_in(record, a_csv("GMB,Gambia,,,2024-06-11,,Accession,,"), treaty="att")
    assert (taken.confirmed, taken.conflicts) == (1, [])
    gambia = dossier_view(record, "GMB", treaty="att", reader=OPERATOR)
    assert (gambia.deposit_date, gambia.entry_into_force) == ("2024-06-11", a_day("2024-09-09"))
    assert verify(record).is_sound


def test_a_table_replaces_an_unconfirmed_value_that_differs(record):
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-24,,Ratification,,"), treaty="att")
    assert (taken.changed, taken.conflicts) == (1, [])
    assert dossier_view(record, "GIN", treaty="att", reader=OPERATOR).deposit_date == "2014-10-24"


def test_a_table_less_precise_than_ours_takes_nothing_away(record):
    """Unconfirmed to the day; a table that says only the month cannot confirm the day."""
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10,,Ratification,,"), treaty="att")
    assert counts(taken)[:4] == (0, 0, 0, 0)
    assert dossier_view(record, "GIN", treaty="att", reader=OPERATOR).deposit_date == "2014-10-21"


def test_a_day_after_it_had_certainly_happened_is_another_act_than_ours(record):
    """Ecuador: `2026`, known by 2026-07-24, unconfirmed."""
    clock_of(record).stand_on("2026-09-01")
    taken = take_in(record, a_csv("ECU,Ecuador,,,2026-08-10,,Accession,,"), treaty="att")
    assert (taken.changed, taken.confirmed) == (1, 0)
    assert dossier_view(record, "ECU", treaty="att", reader=OPERATOR).deposit_date == "2026-08-10"


# Conflicts: a value that differs from a confirmed one stands beside it until a person settles it.


def test_one_fault_refuses_the_whole_file(empty):
    before = everything(empty)
    taken = take_in(
        empty,
        a_csv(
            "KHM,Cambodia,2013-10-18,,2024-01-10,,Accession,,",
            "CAN,Canada,,,2014-06-19,,Accession,,",
            "BRA,Brazil,2015-06-03,,2018-08-14,,Ratification,,",
            "PHL,Philippines,2013-09-25,,2022-03-24,,Ratification,,",
        ),
        treaty="att",
    )
    assert taken.is_refused
    told = " ".join(said(taken.faults))
    assert "Row 2: Cambodia (KHM) acceded; a State that has signed does not accede" in told
    assert "Row 2: Cambodia (KHM) signed on 2013-10-18, and a signatory does not accede" in told
    assert "Row 3: Accession is open only from the treaty's entry into force, 2014-12-24 (art. 21(3))." in told
    assert "Row 4: Brazil (BRA) cannot have signed on 2015-06-03" in told
    assert (everything(empty), taken.new) == (before, 0)


def test_what_cannot_be_read_hides_nothing_that_cannot_be_true(empty):
    """Five faults in five rows, of which two are found only once their rows are read."""
    taken = take_in(
        empty,
        a_csv(
            "XXX,Atlantis,2013-06-03,,,,,,",
            "KHM,Cambodia,2013-10-18,,2024-01-10,,Accession,,",
            "BRA,Brazil,2013-13-01,,2018-08-14,,Ratification,,",
            "CAN,Canada,,,2023-06-19,,Accession,,",
            "PHL,Philippines,2013-09-25,,2022-03-24,,Gift,,",
        ),
        treaty="att",
        published=date(2023, 1, 1),
    )
    rows = [int(fault.values["row"]) for fault in taken.faults]
    assert rows == sorted(rows)
    assert set(rows) == {2, 3, 4, 5, 6}
    told = " ".join(said(taken.faults))
    assert "Row 3: Cambodia (KHM) acceded; a State that has signed does not accede" in told
    assert "Row 5: " in told
    assert "Brazil (BRA) did not sign" not in told, "what a row that cannot be read would make of it is not said"
    assert taken.unknown == ["Atlantis"]


def test_a_table_of_the_future_is_refused(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, training="2019-08-30")
    assert not take(workspace, OF_2019).is_refused
    taken = take(workspace, OF_2023)
    found = {fault.code: fault for fault in taken.faults}
    assert found["published_in_the_future"].values["today"] == date(2019, 8, 30)
    assert any(fault.values["why"].code == "fact_in_the_future" for fault in taken.faults if "why" in fault.values)
    days_pass(workspace, OF_2023)
    assert set(take(workspace, OF_2023).changes) == BETWEEN
    workspace.close()


def test_an_act_after_the_tables_own_day_is_refused(empty):
    """Something is wrong with the table, or with the day it says it was published."""
    row = "KHM,Cambodia,2013-10-18,,{day},,Ratification,,"
    late = take_in(empty, a_csv(row.format(day="2026-03-02")), treaty="att", published=a_day("2026-03-01"))
    assert [fault.values["why"].code for fault in late.faults] == ["act_after_the_table"]
    assert take_in(empty, a_csv(row.format(day="2026-03-01")), treaty="att", published=a_day("2026-03-01")).new == 2


def test_an_act_in_brackets_is_not_taken_in(empty):
    """It is no longer in effect, says the depositary."""
    text = the_file_of(OF_2023).decode("ISO-8859-1")
    bracketed = text.replace("14 Aug\t 2018 ", "[14 Aug\t 2018 ]", 1).encode("ISO-8859-1")
    take_in(empty, bracketed, published=a_day(OF_2023), treaty="att")
    brazil = dossier_view(empty, "BRA", treaty="att", reader=OPERATOR)
    assert {f.kind for f in brazil.facts} & {"signature", "deposit"} == {"signature"}


def test_progress_is_told_state_by_state(empty):
    seen = []
    take(empty, OF_2019, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(n, 197) for n in range(1, 198)]
