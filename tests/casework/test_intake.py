"""Taking in the depositary's tables: what is new, changed, confirmed, in conflict or gone, all or nothing."""

import pytest

from casework.auditing import verify
from casework.evidence import settle_contradiction
from casework.intake import take_in
from casework.sweeping import sweep
from casework.views.dossier import dossier_view
from casework.views.status import status
from models import archive
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.stages import LegalStatus, Stage
from tests.builders import a_day, an_office, clock_of, days_pass, file
from tests.sources.files import a_csv, the_file_of

OF_2019, OF_2023 = "2019-08-30", "2023-08-25"
CN = "depositary:C.N.100.2026"
#: What happened between the two tables, State by State.
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


def take(office, day, **said):
    return take_in(office, the_file_of(day), published=a_day(day), **said)


def counts(taken):
    return (taken.new, taken.changed, taken.confirmed, len(taken.conflicts), len(taken.vanished), len(taken.faults))


def everything(office):
    """Return the whole record as the database holds it."""
    with office.reading() as connection:
        rows = archive.records(connection, "att")
        facts = archive.all_facts(connection, "att")
        return rows, {id_: [f.id for f in found] for id_, found in facts.items()}


def follow_ups(office, occasion):
    with office.reading() as connection:
        query = "SELECT about, closed_on FROM follow_up WHERE occasion = '" + occasion + "' ORDER BY id"
        return connection.exec_driver_sql(query).all()


@pytest.fixture
def empty(tmp_path, store_url):
    office = an_office(tmp_path, store_url, empty=True)
    yield office
    office.close()


# One table after the other.


def test_the_second_table_brings_exactly_what_happened_in_between(empty):
    first = take(empty, OF_2019)
    assert (first.new, first.read, first.unchanged) == (first.read, first.read, 0)
    assert (status(empty).deposits, status(empty).signatures) == (104, 130)
    second = take(empty, OF_2023)
    assert set(second.changes) == BETWEEN
    assert counts(second) == (len(BETWEEN), 0, 0, 0, 0, 0)
    assert second.unchanged == second.read - len(BETWEEN)
    assert (status(empty).deposits, status(empty).signatures) == (113, 130)
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
    assert status(record).deposits == 118
    assert follow_ups(record, "vanished") == []


def test_after_a_table_every_state_is_at_the_stage_its_acts_imply(empty):
    take(empty, OF_2023)
    philippines = dossier_view(empty, "PHL")
    assert philippines.stage is Stage.DEPOSIT, "the sweep takes the step by date, not the intake"
    sweep(empty, run="first")
    assert dossier_view(empty, "PHL").stage is Stage.IMPLEMENTATION
    assert [f.effective_on for f in dossier_view(empty, "PHL").facts if f.kind == "step"][-1] == "2022-06-22"
    assert status(empty).by_stage == {**status(empty).by_stage, Stage.IMPLEMENTATION: 113, Stage.DEPOSIT: 0}
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
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-21,,Ratification,,"))
    assert (taken.confirmed, taken.new, taken.unchanged) == (1, 0, 1)
    guinea = dossier_view(record, "GIN")
    assert guinea.unconfirmed == ()
    assert [f.source for f in guinea.facts if f.kind == "deposit" and f.counts] == ["depositary"]
    assert len([f for f in guinea.facts if f.kind == "step" and f.counts]) == 3, "no step is taken twice"
    assert take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-21,,Ratification,,")).confirmed == 0
    assert verify(record).is_sound


def test_a_table_makes_precise_what_was_known_to_the_month(record):
    taken = take_in(record, a_csv("GMB,Gambia,,,2024-06-11,,Accession,,"))
    assert (taken.confirmed, taken.conflicts) == (1, [])
    gambia = dossier_view(record, "GMB")
    assert (gambia.deposit_date, gambia.entry_into_force) == ("2024-06-11", a_day("2024-09-09"))
    assert verify(record).is_sound


def test_a_table_replaces_an_unconfirmed_value_that_differs(record):
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10-24,,Ratification,,"))
    assert (taken.changed, taken.conflicts) == (1, [])
    assert dossier_view(record, "GIN").deposit_date == "2014-10-24"


def test_a_table_less_precise_than_ours_takes_nothing_away(record):
    """Unconfirmed to the day; a table that says only the month cannot confirm the day."""
    taken = take_in(record, a_csv("GIN,Guinea,2013-07-29,,2014-10,,Ratification,,"))
    assert counts(taken)[:4] == (0, 0, 0, 0)
    assert dossier_view(record, "GIN").deposit_date == "2014-10-21"


def test_a_day_after_it_had_certainly_happened_is_another_act_than_ours(record):
    """Ecuador: `2026`, known by 2026-07-24, unconfirmed."""
    clock_of(record).stand_on("2026-09-01")
    taken = take_in(record, a_csv("ECU,Ecuador,,,2026-08-10,,Accession,,"))
    assert (taken.changed, taken.confirmed) == (1, 0)
    assert dossier_view(record, "ECU").deposit_date == "2026-08-10"


# Conflicts: a value that differs from a confirmed one stands beside it until a person settles it.

OURS = "BRA,Brazil,2013-06-03,,2018-08-14,,Ratification,,"
THEIRS = "BRA,Brazil,2013-06-03,,2018-08-15,,Ratification,,"


def test_a_conflict_is_recorded_beside_ours_and_nothing_moves(record):
    taken = take_in(record, a_csv(THEIRS))
    assert [(d.state, d.field, d.ours, d.theirs) for d in taken.conflicts] == [
        ("BRA", "deposit_date", "2018-08-14", "2018-08-15")
    ]
    brazil = dossier_view(record, "BRA")
    assert (brazil.deposit_date, [f.effective_on for f in brazil.conflicts]) == ("2018-08-14", ["2018-08-15"])
    assert follow_ups(record, "contradiction") == [("deposit", None)]
    assert verify(record).is_sound


def test_a_conflict_is_listed_again_and_not_recorded_again(record):
    take_in(record, a_csv(THEIRS))
    before = everything(record)
    assert len(take_in(record, a_csv(THEIRS)).conflicts) == 1
    assert everything(record) == before


def conflict(office):
    take_in(office, a_csv(THEIRS))
    (rival,) = dossier_view(office, "BRA").conflicts
    return rival.fact, rival.contests


def settle(office, fact, reason="The depositary confirmed it by note."):
    return settle_contradiction(office, "BRA", fact, treaty="att", name="Brazil", reason=reason)


def test_settled_for_theirs_its_steps_and_duties_follow(record):
    theirs, _ = conflict(record)
    settle(record, theirs)
    brazil = dossier_view(record, "BRA")
    assert (brazil.deposit_date, brazil.conflicts, brazil.entry_into_force) == ("2018-08-15", (), a_day("2018-11-13"))
    counting = [f.effective_on for f in brazil.facts if f.kind == "step" and f.counts]
    assert counting == ["2013-06-03", "2018-08-15", "2018-11-13"]
    assert take_in(record, a_csv(THEIRS)).conflicts == []
    assert verify(record).is_sound


def test_settled_for_ours_theirs_no_longer_waits(record):
    _, ours = conflict(record)
    settle(record, ours)
    brazil = dossier_view(record, "BRA")
    assert (brazil.deposit_date, brazil.conflicts) == ("2018-08-14", ())
    take_in(record, a_csv(THEIRS))
    assert dossier_view(record, "BRA").conflicts == (), "what was settled is not opened again by the same table"
    assert verify(record).is_sound


def test_settling_closes_the_follow_up(record):
    theirs, _ = conflict(record)
    settle(record, theirs)
    ((about, closed),) = follow_ups(record, "contradiction")
    assert (about, str(closed)) == ("deposit", "2026-07-24")


def test_settling_needs_a_reason_and_an_open_contradiction(record):
    theirs, ours = conflict(record)
    with pytest.raises(NotAdmitted, match="Settling needs a reason; the next person will want to know why"):
        settle(record, theirs, reason=" ")
    signature = dossier_view(record, "BRA").facts[1].fact
    with pytest.raises(NotAdmitted, match="of Brazil is not part of an open contradiction"):
        settle(record, signature)
    settle(record, ours)
    with pytest.raises(NotAdmitted, match="is not part of an open contradiction"):
        settle(record, theirs)


def test_a_conflict_of_instruments_is_one_too(record):
    taken = take_in(record, a_csv("BRA,Brazil,2013-06-03,,2018-08-14,,Acceptance,,"))
    assert [(d.field, d.ours, d.theirs) for d in taken.conflicts] == [("instrument", "ratification", "acceptance")]


# Gone: an act that the table leaves out, or shows in brackets, is perhaps no longer in effect.


def table_without(state, day=OF_2023):
    text = the_file_of(day).decode("ISO-8859-1")
    start = text.index(f"<Entry>{state}")
    begin, end = text.rindex("<Row>", 0, start), text.index("</Row>", start) + len("</Row>")
    return (text[:begin] + text[end:]).encode("ISO-8859-1")


def test_an_act_that_a_table_leaves_out_is_looked_into_and_not_deleted(record):
    taken = take_in(record, table_without("Brazil"), published=a_day(OF_2023))
    assert [(g.state, g.act, g.date) for g in taken.vanished] == [
        ("BRA", "signature", "2013-06-03"),
        ("BRA", "deposit", "2018-08-14"),
    ]
    assert dossier_view(record, "BRA").legal_status is LegalStatus.STATE_PARTY
    assert follow_ups(record, "vanished") == [("BRA signature, BRA deposit", None)]


def test_a_file_opens_one_follow_up_for_all_it_leaves_out(record):
    for _ in range(2):
        take_in(record, table_without("Brazil"), published=a_day(OF_2023))
    assert len(follow_ups(record, "vanished")) == 1


def test_an_act_in_brackets_is_perhaps_no_longer_in_effect(record):
    text = the_file_of(OF_2023).decode("ISO-8859-1")
    bracketed = text.replace("14 Aug\t 2018 ", "[14 Aug\t 2018 ]", 1)
    assert bracketed != text
    taken = take_in(record, bracketed.encode("ISO-8859-1"), published=a_day(OF_2023))
    assert [(g.state, g.act) for g in taken.vanished] == [("BRA", "deposit")]


def test_an_act_in_brackets_whose_withdrawal_is_on_file_is_no_riddle(record):
    file(record, "BRA", "withdrawal", "2023-01-10", CN)
    text = the_file_of(OF_2023).decode("ISO-8859-1").replace("14 Aug\t 2018 ", "[14 Aug\t 2018 ]", 1)
    taken = take_in(record, text.encode("ISO-8859-1"), published=a_day(OF_2023))
    assert (taken.vanished, taken.new) == ([], 0)


# Coming back.


def test_a_new_deposit_of_a_state_that_had_left_is_new(record):
    file(record, "CAN", "withdrawal", "2022-01-10", CN)
    sweep(record, run="first")
    assert dossier_view(record, "CAN").legal_status is LegalStatus.WITHDRAWN
    taken = take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,"))
    assert (taken.new, taken.conflicts) == (1, [])
    canada = dossier_view(record, "CAN")
    assert (canada.stage, canada.deposit_date) == (Stage.DEPOSIT, "2026-05-04")
    counting = [(f.fields["step"], f.effective_on) for f in canada.facts if f.kind == "step" and f.counts]
    assert counting == [
        ("deposited", "2019-06-19"),
        ("enter_into_force", "2019-09-17"),
        ("withdraw", "2022-04-10"),
        ("deposited", "2026-05-04"),
    ]
    assert dossier_view(record, "CAN", on=a_day("2021-01-01")).stage is Stage.IMPLEMENTATION
    assert verify(record).is_sound
    clock_of(record).stand_on("2026-08-02")
    sweep(record, run="bound again")
    assert dossier_view(record, "CAN").stage is Stage.IMPLEMENTATION
    assert verify(record).is_sound
    assert take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,")).new == 0


def test_a_table_from_before_a_state_came_back_is_no_conflict(record):
    file(record, "CAN", "withdrawal", "2022-01-10", CN)
    take_in(record, a_csv("CAN,Canada,,,2026-05-04,,Accession,,"))
    assert take_in(record, a_csv("CAN,Canada,,,2019-06-19,,Accession,,")).conflicts == []


# All or nothing.


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
    )
    assert taken.is_refused
    said = " ".join(taken.faults)
    assert "Row 2: Cambodia (KHM) acceded; a State that has signed does not accede" in said
    assert "Row 2: Cambodia (KHM) signed on 2013-10-18, and a signatory does not accede" in said
    assert "Row 3: Accession is open only from the treaty's entry into force, 2014-12-24 (art. 21(3))." in said
    assert "Row 4: Brazil (BRA) cannot have signed on 2015-06-03" in said
    assert (everything(empty), taken.new) == (before, 0)


def test_a_table_of_the_future_is_refused(tmp_path, store_url):
    office = an_office(tmp_path, store_url, training="2019-08-30")
    assert not take(office, OF_2019).is_refused
    taken = take(office, OF_2023)
    assert "It cannot have been published on 2023-08-25; today is 2019-08-30." in taken.faults
    assert any("lies in the future (today is 2019-08-30)" in fault for fault in taken.faults)
    days_pass(office, OF_2023)
    assert set(take(office, OF_2023).changes) == BETWEEN
    office.close()


def test_progress_is_told_state_by_state(empty):
    seen = []
    take(empty, OF_2019, progress=lambda done, of: seen.append((done, of)))
    assert seen == [(n, 197) for n in range(1, 198)]
