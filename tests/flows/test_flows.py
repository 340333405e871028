"""What everybody sees of a run: its name, its counts, States with public facts alone; and no word more."""

import os
import re
import sqlite3
from contextlib import closing, contextmanager
from datetime import datetime

import pytest
from prefect import flow

from casework.core.leases import UnderWay
from casework.core.rights import NotYours
from casework.core.workspace import open_workspace
from casework.depositary.drop_folder import inbox_of
from casework.dossiers.requested_steps import request_step
from casework.follow_ups.failures import open_failures
from casework.record.opening import move_clock, open_record
from flows.advance import advance
from flows.audit import audit
from flows.backup import backup
from flows.discretion import in_the_workspace
from flows.intake import intake
from flows.post import post
from flows.sweep import sweep
from models.runs import journal, runs
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import refusal
from tests.builders import a_day

#: Words that are never for everybody: stages and standings, and what was told in confidence.
SENSITIVE = ("legislation", "assistance", "interest", "declined", "obstacle", "in confidence", "Cabinet")


@contextmanager
def behind_the_back(workspace):
    """Change the record without asking it."""
    with closing(sqlite3.connect(workspace.settings.home / "accede.db")) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        yield connection
        connection.commit()


def tells_nothing(ran):
    """Tell whether nothing that Prefect holds of a run is sensitive, or a path of the code with its values."""
    return not [word for word in (*SENSITIVE, "Traceback") if word in ran.everything]


def count(ran, what):
    [number] = [row["number"] for row in ran.artifacts["table"] if row["what"] == what]
    return number


def test_a_sweep_is_named_for_its_day_and_names_whom_a_treaty_day_has_come_for(window, workspace):
    move_clock(workspace, a_day("2022-06-22"))
    ran = window.run(sweep, "att")
    assert ran.name == "sweep att 2022-06-22"
    assert ran.state.is_completed()
    assert "[PHL](http://127.0.0.1:8300/states/PHL)" in ran.artifacts["markdown"]
    assert count(ran, "advanced") == 1
    assert ran.artifacts["progress"] == 100
    assert tells_nothing(ran)


def test_a_run_keeps_what_it_came_to_as_data_without_what_is_nought(window, workspace):
    ran = window.run(sweep, "att")
    with workspace.reading() as connection:
        [(run, result)] = journal.said(connection).items()
    assert run == str(ran.state.state_details.flow_run_id)
    assert sentence(result) == ran.message
    assert ": 0" not in ran.message


def test_a_second_sweep_of_a_day_says_so(window, workspace):
    window.run(sweep, "att")
    ran = window.run(sweep, "att")
    assert ran.message == "2022-06-21 was swept before, and nothing has become due since."
    assert "progress" not in ran.artifacts


def test_a_day_can_be_given(window, workspace):
    assert window.run(sweep, "att", a_day("2022-06-01")).name == "sweep att 2022-06-01"


@pytest.mark.parametrize(
    ("scheduled", "day"),
    [
        ("2025-03-01T23:30:00+00:00", "2025-03-02"),  # half past midnight in Geneva
        ("2025-06-30T22:30:00+00:00", "2025-07-01"),  # and in summer
        ("2025-06-30T21:30:00+00:00", "2025-06-30"),
    ],
)
def test_the_day_of_a_real_record_is_the_scheduled_one_in_the_office_s_zone(
    window, tmp_path, monkeypatch, scheduled, day
):
    monkeypatch.setenv("ACCEDE_HOME", str(tmp_path))
    with closing(open_workspace()) as workspace:
        open_record(workspace, empty=True, treaty="att")
    ran = window.run_scheduled(sweep, datetime.fromisoformat(scheduled), treaty="att")
    assert ran.name == f"sweep att {day}"
    assert f"Sweep of att, {day}" in ran.artifacts["markdown"]


def test_a_state_that_could_not_be_treated_is_named_by_code_and_incident_alone(window, workspace):
    with behind_the_back(workspace) as record:
        record.execute(
            "UPDATE fact SET data = 'told in confidence at legislation' WHERE kind = 'deposit' AND dossier_id ="
            " (SELECT id FROM dossier WHERE state = 'PHL')"
        )
        record.execute("UPDATE dossier SET next_due_on = '2022-06-21' WHERE state IN ('PHL', 'COL')")
    ran = window.run(sweep, "att")
    assert ran.state.is_failed()
    assert ran.message.startswith("1 could not be treated: PHL (incident 1). Besides: dossiers due: 2, ")
    assert "[PHL](http://127.0.0.1:8300/states/PHL): incident 1" in ran.artifacts["markdown"]
    assert (count(ran, "due"), count(ran, "failed")) == (2, 1)
    assert tells_nothing(ran)


def test_a_ledger_that_is_not_what_it_was_fails_the_audit_and_says_where_not_what(window, workspace):
    with behind_the_back(workspace) as record:
        record.execute("UPDATE dossier SET stage = 'legislation' WHERE state = 'PHL'")
    ran = window.run(audit)
    assert ran.name == "audit 2022-06-21"
    assert ran.state.is_failed()
    assert ran.message == "The ledger is not what it was: att/PHL. Nothing was sealed. Details: accede verify."
    assert count(ran, "rows unlike their facts") == 1
    assert tells_nothing(ran)


def test_a_sound_ledger_is_sealed(window, workspace):
    ran = window.run(audit)
    assert ran.state.is_completed()
    assert ran.message.startswith("The ledger is whole, and sealed. Facts: ")
    assert count(ran, "dossiers") == 198
    assert count(ran, "head of the newest seal") == (workspace.settings.home / "seals.txt").read_text().strip()


def test_a_backup_counts_what_is_in_it_and_one_that_does_not_come_back_says_no_word_of_why(window, workspace):
    ran = window.run(backup)
    assert (ran.name, count(ran, "dossiers")) == ("backup 2022-06-21", 198)
    assert ran.message.startswith("Backed up, brought back in a scratch folder, and verified there.")
    with behind_the_back(workspace) as record:
        record.execute("UPDATE dossier SET stage = 'legislation' WHERE state = 'PHL'")
    ran = window.run(backup)
    assert ran.state.is_failed()
    assert ran.message == "Refused: restored_does_not_verify. accede says the rest."
    assert tells_nothing(ran)
    with workspace.reading() as connection:
        [failed] = open_failures(connection)
    assert failed.about == "backup"


def test_a_backup_that_finds_no_folder_says_which(window, workspace, monkeypatch, tmp_path):
    (tmp_path / "a file").write_text("mine")
    monkeypatch.setenv("ACCEDE_BACKUP_FOLDER", str(tmp_path / "a file"))
    ran = window.run(backup)
    assert ran.state.is_failed()
    assert ran.message == f"The backup could not be written to {tmp_path / 'a file'}: File exists."


def test_an_intake_says_how_many_files_and_nothing_of_a_refused_one(window, workspace):
    folder = inbox_of(workspace) / "att"
    folder.mkdir(parents=True)
    (folder / "list.csv").write_text("state,deposit_date\nRuritania,told in confidence\n")
    os.utime(folder / "list.csv", (0, 0))
    ran = window.run(intake)
    assert ran.name == "intake 1 file"
    assert ran.state.is_failed()
    assert ran.message == "Files refused: 1 (what and why stands beside each)."
    assert count(ran, "refused") == 1
    assert "Ruritania" not in ran.everything
    assert tells_nothing(ran)


def test_a_post_is_counted(window, workspace):
    ran = window.run(post)
    assert ran.name == "post"
    assert ran.state.is_completed()
    assert [count(ran, what) for what in ("sent", "again", "dead", "held")] == [0, 0, 0, 0]
    assert ran.message == "No letter was waiting to go out."


def test_a_sweep_that_died_is_asked_for_again_by_the_next_post(window, deployed, workspace):
    with workspace.registry() as connection:
        runs.begin_sweep(
            connection,
            treaty="att",
            day=a_day("2022-06-20"),
            run="killed",
            actor="system:sweep:killed",
            started_at=workspace.clock.now(),
        )
    assert count(window.run(post), "sweeps taken over") == 1
    which = {"flow_runs": {"deployment_id": {"any_": [deployed["sweep/att"]["id"]]}}}
    asked = [run["parameters"] for run in window.ask("/flow_runs/filter", which) if not run["auto_scheduled"]]
    assert [one for one in asked if one.get("on") == "2022-06-20"] == [{"treaty": "att", "on": "2022-06-20"}]


def test_a_request_is_carried_out_without_a_word_about_the_state(window, workspace):
    request = request_step(
        workspace, "KHM", "start_drafting", treaty="att", name="Cambodia", reason="Cabinet agreed", reader=OPERATOR
    )
    ran = window.run(advance, request)
    assert ran.name == "advance"
    assert ran.message == "The step that was asked for is not taken."  # nobody has named a contact
    assert "KHM" not in ran.everything
    assert "Cambodia" not in ran.everything
    assert tells_nothing(ran)


def test_a_home_without_a_record_is_a_sentence(window, tmp_path, monkeypatch):
    monkeypatch.setenv("ACCEDE_HOME", str(tmp_path))
    ran = window.run(sweep, "att")
    assert ran.state.is_failed()
    assert ran.message == "There is no record here yet. Make one with: accede init"
    assert tells_nothing(ran)


@pytest.mark.parametrize(
    ("flow", "asked", "said"),
    [
        (sweep, ("att", a_day("2099-01-01")), "2099-01-01"),
        (sweep, ("rivers",), "att"),
        (advance, ("no such request",), "There is no"),
    ],
    ids=["a day that has not come", "a treaty that is none", "a request that is none"],
)
def test_what_a_person_asked_wrongly_is_said_in_words_and_without_a_traceback(
    window, workspace, capfd, flow, asked, said
):
    ran = window.run(flow, *asked)
    assert ran.state.is_failed()
    assert said in ran.message
    assert not re.search(r"[A-Z]\w+Error|\bNot[A-Z]|Stopped by", ran.message)
    assert "Traceback" not in ran.everything
    assert "File " not in capfd.readouterr().err
    with workspace.reading() as connection:
        assert open_failures(connection) == (), "whoever asked has read it"


def test_what_a_refusal_would_tell_of_a_state_stays_in_the_record(window, workspace):
    @flow
    def refused():
        def work(_office, _run):
            raise NotYours(refusal("beyond_the_mandate", state="Cambodia"))

        return in_the_workspace(work)

    ran = window.run(refused)
    assert ran.message == "Refused: beyond_the_mandate. accede says the rest."
    assert "Cambodia" not in ran.everything


def test_a_machine_that_does_not_do_it_says_so_and_names_no_file(window, workspace, capfd):
    inbox_of(workspace).write_text("a file where the folder should be")
    ran = window.run(intake)
    assert ran.message == "The machine did not do it: Not a directory. See accede doctor."
    assert "File " not in capfd.readouterr().err


def test_what_nobody_foresaw_is_named_by_its_kind_and_its_words_stay_here(window, workspace, caplog, capfd):
    @flow
    def careless():
        def work(_workspace, _run):
            raise ValueError("Ruritania is at legislation, told in confidence")

        return in_the_workspace(work)

    ran = window.run(careless)
    assert ran.state.is_failed()
    assert ran.message.startswith("Something went wrong that nobody foresaw (ValueError). What was finished by then")
    assert "Ruritania" not in ran.everything
    assert tells_nothing(ran)
    [line] = [one.getMessage() for one in caplog.records if one.name == "accede.flows"]
    assert re.fullmatch(r"ValueError: .*test_flows\.py:\d+", line)
    assert line not in ran.everything
    assert window.run(post).state.is_completed()
    with workspace.reading() as connection:
        [failed] = open_failures(connection)
    assert (failed.about, [one.code for one in failed.reasons]) == ("careless", ["run_stopped"])
    assert "Ruritania" not in capfd.readouterr().err


def test_work_that_is_under_way_elsewhere_is_no_failure(window, workspace):
    @flow
    def late():
        def work(_workspace, _run):
            raise UnderWay(refusal("under_way", name="audit"))

        return in_the_workspace(work)

    ran = window.run(late)
    assert (ran.state.type, ran.state.name) == ("COMPLETED", "Skipped")
