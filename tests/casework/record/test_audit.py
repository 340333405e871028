"""Verifying and sealing: whatever is done to the database behind the ledger's back is found."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from casework.dossiers.dossier_view import dossier_view
from casework.follow_ups.failures import open_failures
from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from casework.operations.sweep import sweep
from casework.record.audit import audit, verify
from models.runs import runs
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_day, a_workspace, clock_of, days_pass, file
from tests.casework.tampering import of_brazil, record_of, tampered

NOTE = "note_verbale:7"


# The row and the facts.


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("stage = 'deposit'", "stage is deposit in the row, implementation by the facts of 2026-07-24"),
        ("standing = 'paused'", "standing is paused in the row, open by the facts"),
        ("legal_status = 'signatory'", "legal_status is signatory in the row, state_party by the facts"),
        ("tier = 2", "tier is 2 in the row, None by the facts"),
        ("deposited_on = '2018-08-15'", "deposited_on is 2018-08-15 in the row, 2018-08-14 by the facts"),
        ("entry_into_force = NULL", "entry_into_force is None in the row, 2018-11-12 by the facts"),
        ("entered_by = 'x'", "entered_by is x in the row,"),
        ("entered_on = NULL", "entered_on is None in the row, 2018-11-12 by the facts"),
    ],
)
def test_a_row_that_its_facts_do_not_make_is_named(sqlite_record_url, tmp_path, column, said):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    tampered(workspace, f"UPDATE dossier SET {column} WHERE state = 'BRA'")
    found = verify(workspace)
    assert not found.is_sound
    assert found.chain == ()
    assert [said in sentence for sentence in found.replay] == [True], found.replay
    workspace.close()


@pytest.mark.parametrize("emptied", ["NULL", "'2199-01-01'"])
def test_a_dossier_that_no_sweep_would_ever_look_at_again_is_named(record, emptied):
    sweep(record, run="first", treaty="att")
    expected = record_of(record, "KHM").next_due_on
    assert verify(record).is_sound
    tampered(record, f"UPDATE dossier SET next_due_on = {emptied} WHERE state = 'KHM'")
    was = emptied.strip("'").replace("NULL", "None")
    said = f"att/KHM: next_due_on is {was} in the row, {expected} at the latest by the facts of 2026-07-24"
    assert verify(record).replay == (said,)


def test_a_fact_changed_is_found_in_the_chain_and_in_the_row(record):
    tampered(record, f"UPDATE fact SET effective_on = '2018-08-20' WHERE kind = 'deposit' AND {of_brazil(record)}")
    found = verify(record)
    assert found.chain == ("att/BRA: fact 3 was changed",)
    assert any("deposited_on is 2018-08-14 in the row, 2018-08-20 by the facts" in said for said in found.replay)


def test_every_break_is_said_not_only_the_first(record):
    tampered(
        record,
        "UPDATE fact SET actor = 'nobody' WHERE kind = 'deposit' AND dossier_id IN"
        " (SELECT id FROM dossier WHERE state IN ('BRA', 'FRA'))",
        "DELETE FROM fact WHERE kind = 'signature' AND dossier_id = (SELECT id FROM dossier WHERE state = 'AGO')",
    )
    assert set(verify(record).chain) == {
        "att/AGO: fact 2 is missing",
        "att/BRA: fact 3 was changed",
        "att/FRA: fact 3 was changed",
        "att/AGO: the ledger ends at fact 2, the dossier says 3",
    }


@pytest.mark.parametrize("column", ["source = 'nobody'", "unconfirmed = '{'"])
def test_a_fact_that_cannot_even_be_read_costs_its_own_dossier_alone(record, column):
    elsewhere = "dossier_id = (SELECT id FROM dossier WHERE state = 'FRA')"
    tampered(
        record,
        f"UPDATE fact SET {column} WHERE kind = 'deposit' AND {of_brazil(record)}",
        f"UPDATE fact SET actor = 'nobody' WHERE kind = 'deposit' AND {elsewhere}",
    )
    found = verify(record)
    of_brazils, of_frances = sorted(found.chain)
    assert of_brazils.startswith("att/BRA: a fact was changed so that it cannot be read (")
    assert of_frances == "att/FRA: fact 3 was changed"
    assert found.dossiers == 198


def test_a_row_that_claims_to_have_nothing_due_is_held_against_the_facts_of_today(training):
    sweep(training, run="first", treaty="att")
    tampered(training, "UPDATE dossier SET next_due_on = '2199-01-01' WHERE state = 'PHL'")
    days_pass(training, "2022-06-22")
    found = [said for said in verify(training).replay if said.startswith("att/PHL: legal_status is ")]
    assert found == ["att/PHL: legal_status is deposited in the row, state_party by the facts of 2022-06-22"]


def test_a_row_of_a_day_to_come_is_named_for_it_would_leave_the_sweeps(record):
    tampered(record, "UPDATE dossier SET projected_on = '9999-12-31', next_due_on = NULL WHERE state = 'KHM'")
    assert verify(record).replay == ("att/KHM: projected_on is 9999-12-31 in the row, which is yet to come",)


def test_a_row_put_back_to_an_old_day_is_named_once_a_sweep_has_passed_it_by(record):
    """As of that day all is as the facts have it, and the row says itself that it is due."""
    sweep(record, run="first", treaty="att")
    tampered(
        record,
        "UPDATE dossier SET projected_on = '0001-01-01', next_due_on = '2013-06-03', stage = 'outside', tier = 3,"
        " legal_status = 'non_signatory', deposited_on = NULL, entry_into_force = NULL, entered_by = '',"
        " entered_on = NULL WHERE state = 'BRA'",
    )
    said = "next_due_on is 2013-06-03 in the row of 0001-01-01, and the sweep of 2026-07-24 has passed it by"
    assert verify(record).replay == (f"att/BRA: {said}",)


@pytest.mark.parametrize(("column", "value"), [("projected_on", "'banana'"), ("next_due_on", "'2022-06-24 x'")])
def test_a_row_that_cannot_even_be_read_costs_its_own_dossier_alone(sqlite_record_url, tmp_path, column, value):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    tampered(workspace, f"UPDATE dossier SET {column} = {value} WHERE state = 'BRA'")
    found = verify(workspace)
    assert "att/BRA: its row was changed so that it cannot be read (ValueError)" in found.chain
    assert found.dossiers == 197
    workspace.close()


def test_a_sound_record_is_counted(record):
    found = verify(record)
    assert (found.is_sound, found.facts, found.dossiers) == (True, 832, 198)


# Seals: what was sealed one night is still there on every later one.


def sealed(workspace, run="audit"):
    found = audit(workspace, run=run)
    with workspace.reading() as connection:
        return found, len(runs.seals(connection))


def next_day(workspace):
    clock_of(workspace).hour += timedelta(days=1)


def test_a_sound_ledger_is_sealed_each_night(record):
    next_day(record)
    found, seals = sealed(record)
    assert (found.sealed, found.verified.is_sound, seals) == (True, True, 1)
    next_day(record)
    assert sealed(record)[1] == 2
    assert verify(record).is_sound


def test_facts_filed_after_a_seal_do_not_break_it(record):
    next_day(record)
    sealed(record)
    file(record, "BRA", "exchange", "2026-07-25", NOTE)
    sweep(record, run="r", treaty="att")
    assert verify(record).is_sound
    next_day(record)
    assert sealed(record)[0].sealed


def test_what_is_not_sound_is_not_sealed(record):
    next_day(record)
    tampered(record, "UPDATE dossier SET stage = 'deposit' WHERE state = 'BRA'")
    found, seals = sealed(record)
    assert (found.sealed, seals) == (False, 0)


@pytest.mark.parametrize("change", ["root = 'x'", "hash = 'x'", "previous = 'x'"])
def test_a_seal_changed_is_found(record, change):
    for _ in range(2):
        next_day(record)
        sealed(record)
    tampered(record, f"UPDATE seal SET {change} WHERE id = 1")
    assert "seal 1: it does not follow from the one before" in verify(record).seals


def test_a_training_day_that_stands_for_weeks_keeps_its_seals(tmp_path, record_as):
    """In the morning of a later real day, what is recorded bears an earlier hour of the same training day."""
    workspace = a_workspace(tmp_path, record_as(training="2022-06-20"), opened=False)
    days_pass(workspace, "2022-06-21")
    clock_of(workspace).stand_on("2026-07-24", clock_of(workspace).hour.time().replace(hour=20))
    file(workspace, "BRA", "exchange", "2022-06-21", "example:a")
    audit(workspace, run="evening")
    clock_of(workspace).stand_on("2026-07-25", clock_of(workspace).hour.time().replace(hour=8))
    file(workspace, "BRA", "exchange", "2022-06-21", "example:b")
    file(workspace, "FRA", "exchange", "2022-06-21", "example:b")
    assert verify(workspace).is_sound
    days_pass(workspace, "2022-06-22")
    sweep(workspace, run="r", treaty="att")
    assert audit(workspace, run="night").sealed
    assert verify(workspace).is_sound
    workspace.close()


def test_known_is_what_was_recorded_by_the_end_of_that_day(tmp_path, sqlite_url):
    workspace = a_workspace(tmp_path, sqlite_url, training="2022-06-20")
    days_pass(workspace, "2022-06-21")
    file(workspace, "KHM", "deposit", "2022-06-10", "example:a", instrument="ratification")
    days_pass(workspace, "2022-06-22")
    seen = {
        day: dossier_view(workspace, "KHM", on=a_day("2022-06-15"), known=a_day(day), treaty="att", reader=OPERATOR)
        for day in ("2022-06-20", "2022-06-21")
    }
    assert [view.deposit_date for view in seen.values()] == [None, "2022-06-10"]
    workspace.close()


def test_an_audit_gives_signs_of_life_while_it_reads(record, monkeypatch):
    beats = []
    renew = runs.renew_lease
    monkeypatch.setattr(runs, "renew_lease", lambda *a, **k: beats.append(a[1]) or renew(*a, **k))
    audit(record, run="a")
    assert beats == ["audit", "audit"]  # once for the page that holds every State, once with the seal


def test_an_audit_that_failed_stays_on_the_list_through_later_ones_that_succeed(record):
    for state in ("BRA", "KHM"):
        with record.registry() as connection:
            connection.execute(text(f"UPDATE dossier SET standing = 'paused' WHERE state = '{state}'"))
        audit(record, run=f"a bad night for {state}")
        with record.registry() as connection:
            connection.execute(text(f"UPDATE dossier SET standing = 'open' WHERE state = '{state}'"))
    clock_of(record).hour += timedelta(days=1)
    assert audit(record, run="a good night").verified.is_sound
    with record.reading() as connection:
        failed = open_failures(connection)
    assert [(one.kind, one.about) for one in failed] == [("run_failed", "audit")] * 2
    assert [sentence(why) for one in failed for why in one.reasons] == [
        f"The ledger is not what it was: att/{state}. Nothing was sealed. Details: accede verify."
        for state in ("BRA", "KHM")
    ]
    found = [one for one in of_record(record) if one.what == "failure"]
    assert [(one.condition, one.says) for one in found] == [(Condition.TO_DO, one.reasons[0]) for one in failed]
