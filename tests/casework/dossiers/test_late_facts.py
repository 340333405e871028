"""Facts that come late, turn out wrong or become precise: the dossier follows in the same commit, and replays."""

from casework.depositary.intake import take_in
from casework.dossiers.dossier_view import dossier_view
from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import a_day, clock_of, file, step
from tests.sources.files import a_csv

CN = "depositary:C.N.100.2026"
ASSESSED = "assessment:file"


def on_day(workspace, day):
    """Let the real record's calendar stand on a day, and sweep it."""
    clock_of(workspace).stand_on(day)
    return sweep(workspace, run=f"sweep {day}", treaty="att")


def row(workspace, state="KHM"):
    with workspace.reading() as connection:
        return dossiers.record_of(connection, "att", state)


def steps(workspace, state="KHM"):
    """Return the steps that count: name, day and stage they led from."""
    facts = dossier_view(workspace, state, treaty="att", reader=OPERATOR).facts
    return [(f.fields["step"], f.effective_on, f.fields["from"]) for f in facts if f.kind == "step" and f.counts]


def assert_sound(workspace):
    found = verify(workspace)
    assert (found.chain, found.replay) == ((), ())


def test_a_deposit_moves_a_state_we_thought_at_interest(record):
    filed = file(record, "KHM", "deposit", "2026-07-20", CN, instrument="ratification")
    assert (filed.steps, filed.stage) == (("deposited",), Stage.DEPOSIT)
    assert steps(record)[-1] == ("deposited", "2026-07-20", "interest")
    assert (row(record).stage, str(row(record).entry_into_force)) == ("deposit", "2026-10-18")
    assert_sound(record)


def test_a_deposit_we_learn_of_after_it_bound_is_dated_when_it_did(record):
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    assert (row(record).stage, row(record).legal_status) == ("deposit", "state_party")
    assert_sound(record)
    on_day(record, "2026-07-24")
    assert steps(record)[-2:] == [
        ("deposited", "2026-03-02", "interest"),
        ("enter_into_force", "2026-05-31", "deposit"),
    ]
    assert dossier_view(record, "KHM", on=a_day("2026-05-30"), treaty="att", reader=OPERATOR).stage is Stage.DEPOSIT
    assert (
        dossier_view(record, "KHM", on=a_day("2026-05-31"), treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION
    )
    assert_sound(record)


def test_a_persons_step_after_a_deposit_nobody_knew_of_is_overtaken(record):
    file(record, "KHM", "contact_named", "2026-07-01", "government:letter", ministry="Defence")
    step(record, "KHM", "start_drafting", "2026-07-22")
    file(record, "KHM", "deposit", "2026-07-20", CN, instrument="ratification")
    seen = dossier_view(record, "KHM", treaty="att", reader=OPERATOR)
    assert (seen.stage, [f.fields["step"] for f in seen.overtaken]) == (Stage.DEPOSIT, ["start_drafting"])
    assert_sound(record)


def test_a_proof_that_comes_late_counts_from_its_own_day(record):
    file(record, "KHM", "contact_named", "2026-07-01", "government:letter", ministry="Defence")
    step(record, "KHM", "start_drafting", "2026-07-02")
    file(record, "KHM", "cabinet_approval", "2025-11-03", "gazette:12/2025")
    missing = dossier_view(record, "KHM", on=a_day("2026-07-02"), treaty="att", reader=OPERATOR).missing[
        "prepare_instrument"
    ]
    assert "cabinet_approval" not in {one.values.get("kind") for one in missing}
    assert_sound(record)


def test_a_signature_found_late_does_not_undo_the_way_walked_since(record):
    """Made up: the record had missed a signature of 2013 by Viet Nam, which had voiced interest since."""
    file(record, "VNM", "signal", "2026-07-01", "statement:First Committee")
    step(record, "VNM", "voice_interest", "2026-07-02")
    filed = file(record, "VNM", "signature", "2013-09-25", CN)
    assert filed.steps == ("signed",)
    assert steps(record, "VNM") == [("voice_interest", "2026-07-02", "outside"), ("signed", "2013-09-25", "outside")]
    assert (row(record, "VNM").stage, row(record, "VNM").tier) == ("interest", 1)
    assert_sound(record)


def test_a_deposit_filed_by_mistake_takes_its_steps_with_it(record):
    deposit = file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification").fact
    on_day(record, "2026-07-24")
    assert row(record).stage == "implementation"
    file(record, "KHM", "correction", "2026-07-24", ASSESSED, annuls=[deposit.id])
    assert steps(record) == [("signed", "2013-10-18", "outside")]
    assert (row(record).stage, row(record).legal_status, row(record).entry_into_force) == (
        "interest",
        "signatory",
        None,
    )
    assert (
        dossier_view(record, "KHM", on=a_day("2026-06-30"), treaty="att", reader=OPERATOR).legal_status
        is LegalStatus.SIGNATORY
    )
    assert dossier_view(record, "KHM", treaty="att", reader=OPERATOR).duties == ()
    assert_sound(record)


def test_an_annulled_deposit_may_be_filed_again(record):
    deposit = file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification").fact
    on_day(record, "2026-07-24")
    file(record, "KHM", "correction", "2026-07-24", ASSESSED, annuls=[deposit.id])
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    on_day(record, "2026-07-25")
    assert [name for name, _, _ in steps(record)] == ["signed", "deposited", "enter_into_force"]
    assert_sound(record)


def test_a_date_made_precise_re_dates_steps_and_duties_in_the_same_commit(record):
    """The Gambia: `2024-06`, in force between 30 August and 28 September 2024."""
    assert steps(record, "GMB") == [("deposited", "2024-06", "outside"), ("enter_into_force", "2024-09-28", "deposit")]
    file(record, "GMB", "deposit", "2024-06-05", CN, instrument="accession")
    assert steps(record, "GMB") == [
        ("deposited", "2024-06-05", "outside"),
        ("enter_into_force", "2024-09-03", "deposit"),
    ]
    seen = dossier_view(record, "GMB", treaty="att", reader=OPERATOR)
    assert (seen.entry_into_force, seen.entry_into_force_earliest) == (a_day("2024-09-03"), a_day("2024-09-03"))
    (report,) = [d for d in seen.duties if d.name == "initial report"]
    assert (report.due_earliest, report.due_on) == (a_day("2025-09-02"), a_day("2025-09-02"))
    assert_sound(record)


def test_the_re_dated_step_rests_on_the_precise_fact(record):
    fact = file(record, "GMB", "deposit", "2024-06-05", CN, instrument="accession").fact
    rests = [
        f.rests_on
        for f in dossier_view(record, "GMB", treaty="att", reader=OPERATOR).facts
        if f.kind == "step" and f.counts
    ]
    assert rests == [fact.id, fact.id]


def test_a_step_by_date_is_undone_when_its_new_day_lies_ahead(record):
    """An unconfirmed deposit of March; the depositary's table then says July."""
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    on_day(record, "2026-07-24")
    assert row(record).stage == "implementation"
    clock_of(record).stand_on("2026-07-25")
    taken = take_in(
        record,
        a_csv("KHM,Cambodia,2013-10-18,,2026-07-20,,Ratification,,"),
        published=a_day("2026-07-25"),
        treaty="att",
    )
    assert (taken.changed, taken.faults) == (1, [])
    assert (row(record).stage, row(record).legal_status) == ("deposit", "deposited")
    assert steps(record) == [("signed", "2013-10-18", "outside"), ("deposited", "2026-07-20", "interest")]
    assert_sound(record)
    on_day(record, "2026-10-17")
    assert row(record).stage == "deposit"
    on_day(record, "2026-10-18")
    assert steps(record)[-1] == ("enter_into_force", "2026-10-18", "deposit")
    assert_sound(record)


def test_an_imprecise_fact_and_a_precise_one_are_one_act_before_its_last_day_too(record):
    """Filed in the middle of the month: `2026-07` counts from the 31st, the precise day from its own."""
    file(record, "KHM", "deposit", "2026-07", CN, instrument="ratification")
    assert row(record).stage == "interest"
    file(record, "KHM", "deposit", "2026-07-20", CN, instrument="ratification")
    assert (row(record).stage, row(record).deposited_on) == ("deposit", "2026-07-20")
    on_day(record, "2026-08-01")
    assert (row(record).deposited_on, str(row(record).entry_into_force)) == ("2026-07-20", "2026-10-18")
    assert_sound(record)


def test_an_imprecise_deposit_moves_the_state_on_its_last_possible_day(record):
    file(record, "KHM", "deposit", "2026-07", CN, instrument="ratification")
    on_day(record, "2026-07-30")
    assert row(record).stage == "interest"
    on_day(record, "2026-07-31")
    assert row(record).stage == "deposit"
    assert_sound(record)


def test_an_act_on_file_is_not_doubled(record):
    file(record, "KHM", "deposit", "2026-07-20", CN, instrument="ratification")
    again = file(record, "KHM", "deposit", "2026-07-20", CN, instrument="ratification")
    assert again.steps == ()
    assert [name for name, _, _ in steps(record)] == ["signed", "deposited"]
    assert_sound(record)


def test_a_row_that_waits_for_its_sweep_replays_on_every_day_of_waiting(record):
    file(record, "KHM", "deposit", "2026-03-02", CN, instrument="ratification")
    for day in ("2026-07-24", "2026-07-25", "2026-08-30", "2027-01-01"):
        clock_of(record).stand_on(day)
        assert_sound(record)


def test_a_mandate_that_changes_hides_no_missed_day(record):
    """Every dossier is put on tomorrow's list while entries into force wait that were missed for months."""
    clock_of(record).stand_on("2026-12-01")
    with record.registry() as connection:
        dossiers.look_again(connection, record.today(), treaty="att")
    assert_sound(record)
    on_day(record, "2026-12-02")
    assert steps(record, "ECU")[-1][:2] == ("enter_into_force", "2026-10-22")
    assert_sound(record)


def test_a_late_sweep_never_takes_a_dossier_back(record):
    """Somebody worked today; the run of three days ago comes only now."""
    file(record, "KHM", "contact_named", "2026-07-20", "government:letter", ministry="Defence")
    step(record, "KHM", "start_drafting", "2026-07-24")
    with record.registry() as connection:
        dossiers.look_again(connection, a_day("2026-07-21"), treaty="att")
    sweep(record, on=a_day("2026-07-21"), run="late", treaty="att")
    assert (row(record).stage, str(row(record).entered_on)) == ("legislation", "2026-07-24")
    assert_sound(record)


def test_a_step_that_was_dated_anew_and_then_undone_leaves_none_of_its_former_days(record):
    file(record, "GMB", "deposit", "2026-04-10", CN, instrument="accession")
    assert steps(record, "GMB")[-1] == ("enter_into_force", "2026-07-09", "deposit")
    assert take_in(record, a_csv("GMB,Gambia,,,2026-06-20,,Accession,,"), treaty="att").changed == 1
    assert steps(record, "GMB") == [("deposited", "2026-06-20", "outside")]
    before = dossier_view(record, "GMB", on=a_day("2025-01-01"), treaty="att", reader=OPERATOR)
    assert (before.stage, before.legal_status) == (Stage.OUTSIDE, LegalStatus.NON_SIGNATORY)
    assert_sound(record)
