"""Opening a record, moving a training clock, proving the ledger."""

import sqlite3

import pytest

from tests.papers import PDF


def test_a_record_opens_with_197_states(bare):
    opened = bare.json("init")
    assert (opened["dossiers"], opened["was_there"], opened["training"]) == (197, False, None)
    assert bare.json("status", "--on", "2023-08-25")["deposits"] == 113


@pytest.mark.postgres
def test_a_record_in_postgresql_answers_alike(bare, desk, empty_postgres_url):
    there = {"ACCEDE_DATABASE_URL": empty_postgres_url}
    assert bare("init", **there).code == 0
    assert bare("verify", "--json", **there).json["replay"] == "ok"
    for words in (("status", "--on", "2024-12-24"), ("treaty",), ("agenda", "--on", "2027-06-30")):
        assert bare(*words, "--json", **there).json == desk(*words, "--json").json
    ours, theirs = (d("dossier", "GMB", "--json", **env).json for d, env in ((bare, there), (desk, {})))
    for answer in (ours, theirs):
        del answer["facts"], answer["mark"]  # made of ids, which are random
    assert ours == theirs


def test_opening_again_changes_nothing(desk):
    before = desk.json("verify")
    answer = desk("init")
    assert answer.code == 0
    assert "nothing was changed" in answer.out
    assert desk.json("verify") == before


def test_an_empty_record_knows_the_states_and_nothing_of_them(bare):
    assert bare.json("init", "--empty")["dossiers"] == 197
    counts = bare.json("status")
    assert (counts["signatures"], counts["deposits"], counts["by_stage"]["outside"]) == (0, 0, 197)


def test_a_training_record_holds_only_what_had_happened(training):
    assert training.json("status")["deposits"] == 111
    assert training.json("dossier", "AND")["legal_status"] == "signatory"  # deposited on 2 December 2022


def test_a_real_record_does_not_become_one_for_training(desk):
    answer = desk("init", "--training", "2022-06-21")
    assert answer.code == 1
    assert answer.said == ["This is a real record; it does not become one for training. Choose another --home."]


def test_a_training_clock_moves_forward_only(training):
    assert training.json("clock")["clock"] == "2022-06-21"
    moved = training("clock", "2022-06-22")
    assert (moved.code, moved.out) == (0, "The clock stands on 22 June 2022.\n")
    assert moved.said == ["training record, 22 June 2022"]
    back = training("clock", "2022-06-21")
    assert back.code == 1
    assert "moves forward only" in back.err
    assert training.json("status")["on"] == "2022-06-22"


def test_a_real_records_clock_is_the_calendar(desk):
    answer = desk("clock", "2027-01-01")
    assert answer.code == 1
    assert answer.said == ["This is a real record; its clock is the calendar."]


def test_a_sound_ledger_is_ok(desk):
    found = desk.json("verify")
    assert (found["dossiers"], found["chain"], found["replay"]) == (198, "ok", "ok")
    assert found["facts"] > 500


def test_a_row_that_its_facts_do_not_make_is_named(desk):
    with sqlite3.connect(desk.home / "accede.db") as behind_the_back:
        behind_the_back.execute("UPDATE dossier SET stage = 'legislation' WHERE state = 'PHL'")
    answer = desk("verify", "--json")
    assert answer.code == 1
    assert answer.json["chain"] == "ok"
    assert any("att/PHL" in difference for difference in answer.json["replay"])
    assert any("att/PHL" in sentence for sentence in answer.said)


def test_a_lost_file_is_named_by_its_fact(desk, tmp_path):
    paper = tmp_path / "Secret talks.pdf"
    paper.write_bytes(PDF)
    signal = ("fact", "AGO", "signal", "--on", "2022-06-01", "--source", "statement:NV 7")
    assert desk(*signal, "--attach", str(paper)).code == 0
    assert desk.json("verify")["files"] == "ok"
    [kept] = (desk.home / "attachments").glob("??/*")
    kept.unlink()
    answer = desk("verify", "--json")
    assert (answer.code, answer.json["chain"], answer.json["replay"]) == (1, "ok", "ok")
    [said] = answer.json["files"]
    assert said.startswith("att/AGO: the file of fact ")
    assert answer.said == [said]
    assert said.endswith("(signal) is gone")


def test_a_changed_fact_breaks_the_chain(desk):
    with sqlite3.connect(desk.home / "accede.db") as behind_the_back:
        for (trigger,) in behind_the_back.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            behind_the_back.execute(f"DROP TRIGGER {trigger}")
        behind_the_back.execute("UPDATE fact SET effective_on = '2014-01-01' WHERE kind = 'signature'")
    answer = desk("verify")
    assert answer.code == 1
    assert "differences" in answer.out
    assert "Traceback" not in answer.err


def test_a_home_without_a_name_is_no_home(bare, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    answer = bare("init", "--home", "")
    assert answer.code == 2
    assert "No folder is named" in answer.err
    assert list(tmp_path.iterdir()) == []
