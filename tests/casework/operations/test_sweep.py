"""The sweep: each treaty day once and in time, what was missed caught up, and one bad dossier costs one dossier."""

import pytest

from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.listing import follow_up_list
from casework.operations import batches, sweep
from casework.operations.sweep import NotYetDue
from casework.record.audit import verify
from models.follow_ups import lifecycle
from pathways import UnknownTreaty
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import Stage
from tests.appointments import (
    a_champion,
    a_coordinator,
    fallen_silent,
    put_everything_off,
    silent_states,
    the_secretariat,
)
from tests.builders import a_day, clock_of, days_pass, file
from tests.casework.sweeps import CN, many, numbers, rows, steps, swept
from tests.made_up_treaty import RIVERS, found_beside_the_real_ones


def test_a_state_is_at_deposit_the_day_before_and_at_implementation_on_the_day_once(training):
    swept(training)
    days_pass(training, "2022-06-21")
    assert swept(training).advanced == 0
    assert rows(training)["PHL"].stage == "deposit"
    days_pass(training, "2022-06-22")
    found = swept(training)
    assert (found.advanced, found.moved, found.failed) == (1, ("PHL",), ())
    assert rows(training)["PHL"].stage == "implementation"
    assert swept(training).repeated
    assert steps(training, "PHL") == [
        ("signed", "2013-09-25"),
        ("deposited", "2022-03-24"),
        ("enter_into_force", "2022-06-22"),
    ]
    assert verify(training).is_sound


def test_the_step_says_why(training):
    days_pass(training, "2022-06-22")
    swept(training)
    facts = {f.fact: f for f in dossier_view(training, "PHL", treaty="att", reader=OPERATOR).facts}
    step = [f for f in facts.values() if f.kind == "step"][-1]
    assert (step.fields["by"], step.fields["from"], step.fields["to"]) == ("date", "deposit", "implementation")
    assert facts[step.rests_on].kind == "deposit"
    assert step.actor == "system:sweep:sweep of 2022-06-22"


def test_a_missed_day_is_caught_up_and_dated_when_it_fell_due(training):
    swept(training)
    days_pass(training, "2022-06-24")
    assert swept(training).advanced == 1
    assert steps(training, "PHL")[-1] == ("enter_into_force", "2022-06-22")
    assert (
        dossier_view(training, "PHL", on=a_day("2022-06-22"), treaty="att", reader=OPERATOR).stage
        is Stage.IMPLEMENTATION
    )
    assert dossier_view(training, "PHL", on=a_day("2022-06-21"), treaty="att", reader=OPERATOR).stage is Stage.DEPOSIT
    assert verify(training).is_sound


def test_a_late_run_of_the_day_itself_does_what_fell_due_by_then(training):
    days_pass(training, "2022-06-24")
    assert swept(training, "2022-06-21").advanced == 0
    assert swept(training, "2022-06-22").advanced == 1
    assert swept(training, "2022-06-23").advanced == 0
    assert verify(training).is_sound


def test_late_runs_in_any_order_take_nothing_twice_and_nothing_back(training):
    days_pass(training, "2022-06-24")
    for day in ("2022-06-24", "2022-06-21", "2022-06-23", "2022-06-22", "2022-06-24"):
        swept(training, day)
        assert verify(training).is_sound
    assert [name for name, _ in steps(training, "PHL")].count("enter_into_force") == 1


@pytest.mark.parametrize("day", ["2022-06-21", "2022-06-22"])
def test_a_day_that_has_not_come_is_not_swept(training, day):
    with pytest.raises(NotYetDue, match="sweep_in_the_future"):
        swept(training, day)
    assert rows(training)["PHL"].stage == "deposit"


@pytest.mark.parametrize("treaty", ["ATT", "nonsense"])
def test_a_treaty_that_nobody_declared_is_not_swept_and_nothing_of_another_is_closed(record, treaty):
    sweep.sweep(record, "att", run="first")
    before = {f.id for f in follow_up_list(record, open_only=True, treaty="att", reader=OPERATOR)}
    with pytest.raises(UnknownTreaty):
        sweep.sweep(record, treaty, run="second")
    assert {f.id for f in follow_up_list(record, open_only=True, treaty="att", reader=OPERATOR)} == before


def test_of_a_treaty_without_a_record_nobody_is_missed(record):
    with found_beside_the_real_ones():
        assert sweep.sweep(record, RIVERS.key, run="first").opened == 0


def test_what_begins_with_a_word_is_asked_for_letter_by_letter(record):
    sweep.sweep(record, "att", run="first")
    with record.reading() as connection:
        assert lifecycle.open_with_prefix(connection, "nobody:att:")
        assert not lifecycle.open_with_prefix(connection, "nobody:ATT:")


def test_who_asked_for_a_sweep_is_in_its_facts(training):
    days_pass(training, "2022-06-22")
    swept(training, asked_by="person:7")
    assert (
        dossier_view(training, "PHL", treaty="att", reader=OPERATOR).facts[-1].actor
        == "system:sweep:sweep of 2022-06-22 for person:7"
    )


# Again, and again.


def test_the_second_sweep_of_a_day_writes_nothing(record):
    swept(record)
    before = numbers(record)
    again = swept(record)
    assert (again.repeated, again.due, again.opened, again.notices) == (True, 0, 0, 0)
    assert numbers(record) == before


def test_what_became_due_at_noon_is_still_done(record):
    swept(record)
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    again = swept(record)
    assert (again.repeated, again.due, again.advanced) == (False, 1, 1)
    assert swept(record).repeated


def test_a_reminder_that_became_due_at_noon_is_still_written(record):
    a_champion(record)
    silent_states(fallen_silent(record))
    assert swept(record).repeated
    with record.registry() as connection:
        connection.exec_driver_sql(
            f"UPDATE follow_up SET rung = 0, next_rung_on = '{record.today()}', key = 'another:' || key"
            " WHERE id = (SELECT MIN(id) FROM follow_up WHERE occasion = 'silence')"
        )
    again = swept(record)
    assert (again.repeated, again.due, again.notices) == (False, 0, 1)


def test_a_follow_up_opened_late_is_not_overdue_on_the_day_it_is_opened(record):
    """The State was silent for so long that whoever is asked would be late before having heard of it."""
    clock_of(record).stand_on("2027-06-01")
    swept(record)
    opened = [f for f in follow_up_list(record, open_only=True, treaty="att", reader=OPERATOR) if f.kind == "silence"]
    assert {f.due_on for f in opened} == {a_day("2027-06-15")}, "whoever is asked first has the whole time"


def test_a_save_puts_a_dossier_on_the_list_as_of_the_day_its_first_follow_up_fell_due(record):
    """Silence since October comes before what the save has made ready today; both are looked at in the next sweep."""
    swept(record)
    fallen_silent(record)
    file(record, "KHM", "contact_named", "2026-07-20", "note_verbale:7", ministry="Defence")
    file(record, "KHM", "needs_recorded", "2026-07-20", "note_verbale:7", categories="legal")
    assert rows(record)["KHM"].next_due_on == a_day("2026-10-22")
    put_everything_off(record)
    file(record, "KHM", "exchange", str(record.today()), "note_verbale:8")
    assert rows(record)["KHM"].next_due_on == record.today()
    assert swept(record).opened


def test_after_a_sweep_every_next_day_lies_ahead(record):
    many(record)
    swept(record)
    due = {state: row.next_due_on for state, row in rows(record).items() if row.next_due_on is not None}
    assert [state for state, day in due.items() if day <= record.today()] == []
    assert due["ECU"] == a_day("2026-10-22")


def test_a_sweep_costs_what_is_due(record):
    swept(record)
    versions = {state: row.version for state, row in rows(record).items()}
    clock_of(record).stand_on("2026-10-22")
    swept(record)
    touched = {state for state, row in rows(record).items() if row.version != versions[state]}
    assert "ECU" in touched
    assert "FRA" not in touched


def test_progress_counts_what_was_due(record, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 50)
    many(record)
    seen = []
    swept(record, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(50, 197), (100, 197), (150, 197), (197, 197)]


# The first sweep of a new record.


def test_the_first_sweep_of_the_real_record_floods_nobody(record):
    the_secretariat(record)
    a_champion(record)
    a_coordinator(record)
    many(record)
    first = swept(record)
    assert (first.advanced, first.letters) == (0, 1)
    assert first.notices == first.opened, "each is told once, to the Secretariat alone"
    assert first.notices < 12
    told = {f.kind for f in follow_up_list(record, open_only=True, treaty="att", reader=OPERATOR)}
    assert told == {"nobody"}


def test_the_second_sweep_does_not_flood_anybody_either(record):
    the_secretariat(record)
    swept(record)
    clock_of(record).stand_on("2026-07-25")
    again = swept(record)
    assert (again.notices, again.letters) == (0, 0)


# News of a stage taken.
