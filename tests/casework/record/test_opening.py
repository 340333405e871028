"""The record as it is opened: the real participation in the Arms Trade Treaty, every State at its right stage."""

from datetime import date, timedelta

import pytest

from casework.core.workspace import Workspace
from casework.dossiers.dossier_view import dossier_view
from casework.overview.status import status
from casework.record import opening
from casework.record.audit import verify
from casework.record.opening import WrongRecord, move_clock, open_record, opened_on
from models.ledger import dossiers
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.stages import LegalStatus, Stage, Standing
from tests.builders import a_day, a_workspace, clock_of

THE_EIGHT = ("GIN", "KNA", "LIE", "LTU", "NLD", "POL", "SRB", "ZAF")


def rows(workspace):
    with workspace.reading() as connection:
        return {row.state: row for row in dossiers.records(connection, "att")}


@pytest.mark.parametrize(
    ("on", "deposits"),
    [
        ("2013-06-02", 0),
        ("2014-09-24", 45),
        ("2014-09-25", 53),
        ("2014-12-24", 61),
        ("2022-08-26", 111),
        ("2023-08-25", 113),
        ("2025-01-15", 116),
        ("2026-07-24", 118),
    ],
)
def test_the_deposits_are_those_of_the_depositary(sqlite_record_url, tmp_path, on, deposits):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    assert status(workspace, on=a_day(on), treaty="att", reader=OPERATOR).deposits == deposits
    workspace.close()


def test_the_record_counts_what_the_depositary_counts(record):
    today = status(record, treaty="att", reader=OPERATOR)
    assert (today.signatures, today.deposits, today.signatories_not_party) == (130, 118, 25)
    assert (today.withdrawn, today.accessions) == (0, 13)
    assert sum(region.states for region in today.by_region.values()) == 197
    assert sum(today.by_stage.values()) == 197


def test_the_eight_of_the_last_weeks_are_bound_with_the_treaty_itself(record):
    on_the_day = status(record, on=a_day("2014-12-24"), treaty="att", reader=OPERATOR)
    assert (on_the_day.deposits, on_the_day.in_force) == (61, 61)
    assert status(record, on=a_day("2014-12-23"), treaty="att", reader=OPERATOR).in_force == 0
    for state in THE_EIGHT:
        assert rows(record)[state].entry_into_force == a_day("2014-12-24"), state
        assert dossier_view(record, state, treaty="att", reader=OPERATOR).stage is Stage.IMPLEMENTATION


def test_every_state_is_at_the_stage_its_acts_imply(record):
    for state, row in rows(record).items():
        expected = {
            LegalStatus.NON_SIGNATORY: Stage.OUTSIDE,
            LegalStatus.SIGNATORY: Stage.INTEREST,
            LegalStatus.DEPOSITED: Stage.DEPOSIT,
            LegalStatus.STATE_PARTY: Stage.IMPLEMENTATION,
        }[LegalStatus(row.legal_status)]
        assert row.stage == expected, state


def test_only_the_united_states_has_declared_that_it_will_not_join(record):
    declined = {state for state, row in rows(record).items() if row.standing == Standing.DECLINED}
    assert declined == {"USA"}
    usa = dossier_view(record, "USA", treaty="att", reader=OPERATOR)
    assert (usa.legal_status, usa.stage, str(usa.declaration_date)) == (
        LegalStatus.SIGNATORY,
        Stage.INTEREST,
        "2019-07-18",
    )


def test_what_is_uncertain_stays_marked(record):
    gambia, ecuador, guinea = (
        dossier_view(record, state, treaty="att", reader=OPERATOR) for state in ("GMB", "ECU", "GIN")
    )
    assert (gambia.deposit_date, gambia.entry_into_force_earliest, gambia.entry_into_force) == (
        "2024-06",
        a_day("2024-08-30"),
        a_day("2024-09-28"),
    )
    assert (ecuador.deposit_date, ecuador.legal_status) == ("2026", LegalStatus.DEPOSITED)
    assert ecuador.entry_into_force == a_day("2026-10-22")
    assert (guinea.unconfirmed, guinea.deposit_date) == (("deposit_date",), "2014-10-21")


def test_facts_say_why_and_no_letter_was_written(record):
    philippines = dossier_view(record, "PHL", treaty="att", reader=OPERATOR)
    steps = [(f.fields["step"], f.effective_on) for f in philippines.facts if f.kind == "step"]
    assert steps == [("signed", "2013-09-25"), ("deposited", "2022-03-24"), ("enter_into_force", "2022-06-22")]
    by_id = {f.fact: f for f in philippines.facts}
    assert [by_id[f.rests_on].kind for f in philippines.facts if f.kind == "step"] == [
        "signature",
        "deposit",
        "deposit",
    ]
    with record.reading() as connection:
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM notice").scalar() == 0
        assert connection.exec_driver_sql("SELECT COUNT(*) FROM letter").scalar() == 0


def test_a_record_just_opened_is_sound(record):
    found = verify(record)
    assert (found.dossiers, found.chain, found.replay) == (198, (), ())


def test_opening_again_changes_nothing(record):
    before = rows(record)
    again = open_record(record, treaty="att")
    assert again.was_there
    assert rows(record) == before


def test_an_empty_record_has_the_states_and_no_participation(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, empty=True)
    found = status(workspace, treaty="att", reader=OPERATOR)
    assert (found.signatures, found.deposits, sum(found.by_stage.values())) == (0, 0, 197)
    assert verify(workspace).is_sound
    workspace.close()


# A training record holds only what had happened by its day, and its clock moves forward only.


def test_a_training_record_holds_what_had_happened_by_its_day(tmp_path, store_url):
    workspace = a_workspace(tmp_path, store_url, training="2022-06-21")
    found = dossier_view(workspace, "PHL", treaty="att", reader=OPERATOR)
    assert (workspace.today(), found.stage, found.legal_status) == (
        a_day("2022-06-21"),
        Stage.DEPOSIT,
        LegalStatus.DEPOSITED,
    )
    assert status(workspace, treaty="att", reader=OPERATOR).deposits == 111
    assert dossier_view(workspace, "AND", treaty="att", reader=OPERATOR).legal_status is LegalStatus.SIGNATORY
    assert dossier_view(workspace, "GMB", treaty="att", reader=OPERATOR).legal_status is LegalStatus.NON_SIGNATORY
    workspace.close()


@pytest.mark.parametrize(
    ("day", "gambia", "ecuador"),
    [("2024-06-29", None, None), ("2024-06-30", "2024-06", None), ("2026-07-24", "2024-06", "2026")],
)
def test_an_imprecise_act_is_known_once_it_has_certainly_happened(tmp_path, sqlite_url, day, gambia, ecuador):
    workspace = a_workspace(tmp_path, sqlite_url, training=day)
    assert (
        dossier_view(workspace, "GMB", treaty="att", reader=OPERATOR).deposit_date,
        dossier_view(workspace, "ECU", treaty="att", reader=OPERATOR).deposit_date,
    ) == (
        gambia,
        ecuador,
    )
    workspace.close()


def test_a_training_records_clock_moves_forward_only(tmp_path, sqlite_url):
    workspace = a_workspace(tmp_path, sqlite_url, training="2022-06-21")
    assert move_clock(workspace, None) == a_day("2022-06-21")
    assert move_clock(workspace, a_day("2022-06-22")) == workspace.today() == a_day("2022-06-22")
    with pytest.raises(WrongRecord, match="clock_moves_forward_only"):
        move_clock(workspace, a_day("2022-06-21"))
    with pytest.raises(WrongRecord, match="clock_in_the_future"):
        move_clock(workspace, a_day("2026-07-25"))
    workspace.close()


def test_a_record_is_real_or_for_training_for_ever(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    with pytest.raises(WrongRecord, match="real_record_has_no_clock"):
        move_clock(workspace, a_day("2026-07-25"))
    with pytest.raises(WrongRecord, match="real_record_stays_real"):
        open_record(workspace, training=a_day("2022-06-21"), treaty="att")
    workspace.close()


def test_a_training_record_stands_on_a_day_of_the_treatys_life(tmp_path, sqlite_url):
    with pytest.raises(WrongRecord, match="training_day_before_the_treaty"):
        a_workspace(tmp_path, sqlite_url, training="2013-06-02")
    with pytest.raises(WrongRecord, match="training_day_in_the_future"):
        a_workspace(tmp_path, sqlite_url, training="2026-08-01")


# The hour at which something is learnt, on a training day that stands while real hours pass.


@pytest.mark.parametrize(
    "hour", ["2026-07-24T21:59:00+00:00", "2026-07-24T22:30:00+00:00", "2026-01-24T23:30:00+00:00"]
)
def test_what_is_recorded_on_a_training_day_is_recorded_on_that_day(tmp_path, sqlite_url, hour):
    """In Zurich it is past midnight while it is still evening in UTC."""
    workspace = a_workspace(tmp_path, sqlite_url, training="2022-06-21")
    clock_of(workspace).hour = clock_of(workspace).hour.fromisoformat(hour)
    assert workspace.stamp().astimezone(workspace.settings.timezone).date() == date(2022, 6, 21)
    workspace.close()


def test_today_is_the_date_in_the_offices_zone(tmp_path, sqlite_record_url):
    workspace = a_workspace(tmp_path, sqlite_record_url, opened=False)
    clock_of(workspace).hour = clock_of(workspace).hour.fromisoformat("2026-07-24T22:30:00+00:00")
    assert workspace.today() == a_day("2026-07-25")
    workspace.close()


def test_an_interrupted_opening_is_taken_up_where_it_was(tmp_path, store_url):
    """The States were laid out, and then the machine stopped; the second try need not say the day again."""
    workspace = a_workspace(tmp_path, store_url, opened=False, workspace=Interrupted)
    with pytest.raises(KeyboardInterrupt):
        open_record(workspace, training=a_day("2022-06-21"), treaty="att")
    workspace.interrupted = False
    again = open_record(workspace, treaty="att")
    assert (again.was_there, again.dossiers, again.training) == (False, 197, a_day("2022-06-21"))
    assert "deposit" not in [
        fact.kind for fact in dossier_view(workspace, "AND", treaty="att", reader=OPERATOR).facts
    ], "that came six months later"
    assert verify(workspace).is_sound
    workspace.close()


class Interrupted(Workspace):
    """A workspace whose first batch is cut off by somebody's Ctrl-C."""

    interrupted = True

    def batch(self, ids, **said):
        if self.interrupted:
            raise KeyboardInterrupt
        return super().batch(ids, **said)


def test_a_second_treaty_is_opened_on_a_day_of_its_own(record, rivers):
    first = opened_on(record, None)
    clock_of(record).hour += timedelta(days=9)
    open_record(record, treaty=rivers.key)
    assert opened_on(record, None) == opened_on(record, "att") == first
    assert opened_on(record, rivers.key) == first + timedelta(days=9)


def test_a_second_treaty_whose_opening_was_cut_off_is_opened_by_the_next(record, rivers, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(opening, "_fill", _cut_off)
        with pytest.raises(InterruptedError):
            open_record(record, treaty=rivers.key)
    assert not open_record(record, treaty=rivers.key).was_there
    with record.reading() as connection:
        assert {row.head_seq > 0 for row in dossiers.records(connection, rivers.key)} == {True}
    assert open_record(record, treaty=rivers.key).was_there


def _cut_off(*_):
    raise InterruptedError
