"""What can go wrong around a command gets a sentence, never a traceback, and nothing is lost."""

import os
import pty
import resource
import signal
import socket
import sqlite3
import subprocess
from pathlib import Path

import pytest

TABLE = str(Path(__file__).parents[2] / "data" / "att_status_2023-08-25.xml")


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("postgresql://user:secret@127.0.0.1:1/accede", "Connection refused"),
        ("postgresql+psycopg:///accede?host=/nowhere/at/all", "cannot be reached"),
        ("no address", "ACCEDE_DATABASE_URL is no address of a database."),
        ("mysql://127.0.0.1/accede", "Accede keeps no record in “mysql”."),
        ("sqlite:////proc/nowhere/accede.db", "There is no record here yet. Make one with: accede init"),
    ],
)
def test_a_database_that_cannot_be_reached_is_named_without_its_password(desk, address, sentence):
    answer = desk("status", ACCEDE_DATABASE_URL=address)
    assert answer.code == 1
    assert sentence in answer.err
    assert "Traceback" not in answer.err
    assert "secret" not in answer.err
    assert answer.out == ""


def test_a_home_that_cannot_be_made_is_a_sentence(tmp_path, bare):
    (tmp_path / "home").write_text("a file, not a directory")
    answer = bare.process("init")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert str(tmp_path / "home") in answer.err


def test_a_database_in_a_place_that_takes_none_is_a_sentence(desk):
    answer = desk("init", ACCEDE_DATABASE_URL="sqlite:////proc/accede.db")
    assert answer.code == 1
    assert "/proc/accede.db cannot be reached or written" in answer.err
    assert "Traceback" not in answer.err


def test_a_home_without_a_record_says_how_to_make_one(bare):
    answer = bare.process("status")
    assert (answer.code, answer.out) == (1, "")
    assert answer.said == ["There is no record here yet. Make one with: accede init"]
    assert not bare.home.exists()  # asking leaves no trace


def test_a_record_of_a_newer_version_is_left_alone(desk):
    with sqlite3.connect(desk.home / "accede.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for command in (("status",), ("init",), ("sweep",)):
        answer = desk(*command)
        assert answer.code == 1
        assert "This record was made by a newer version of Accede (schema 9999" in answer.err


def test_a_disk_that_takes_no_more_loses_nothing(bare):
    assert bare("init", "--empty").code == 0
    done = subprocess.run(
        bare.command("intake", TABLE),
        capture_output=True,
        text=True,
        check=False,
        env=bare.environment({}),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536)),
    )
    assert done.returncode == 1
    assert "The disk that holds the record is full or fails" in done.stderr
    assert "Traceback" not in done.stderr
    assert bare.json("verify") == {
        "facts": 197,
        "dossiers": 198,
        "chain": "ok",
        "replay": "ok",
        "files": "ok",
        "seals": "ok",
        "guards": "ok",
        "purged": 0,
        "erased": 0,
    }


def test_an_answer_that_finds_no_room_is_a_sentence(desk):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            desk.command("status", "--json"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=desk.environment({}),
        )
    assert done.returncode == 1
    assert done.stderr == "The disk is full. Free some space, then run the same command again.\n"


def test_a_reader_that_leaves_early_is_not_bothered(desk):
    command = " ".join(desk.command("dossier", "PHL", "--json"))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{command} | true"], capture_output=True, text=True, check=False, env=desk.environment({})
    )
    assert done.stderr == ""


def test_ctrl_c_in_mid_intake_writes_nothing(bare):
    assert bare("init", "--empty").code == 0
    held_up = sqlite3.connect(bare.home / "accede.db", isolation_level=None)
    held_up.execute("BEGIN IMMEDIATE")  # the intake waits before it can write
    seen, terminal = pty.openpty()
    intake = subprocess.Popen(
        bare.command("intake", TABLE),
        stdout=subprocess.DEVNULL,
        stderr=terminal,
        env=bare.environment({"TERM": "xterm", "COLUMNS": "100"}),
    )
    os.close(terminal)
    shown = b""
    while b"Taking in" not in shown:
        shown += os.read(seen, 1000)
    intake.send_signal(signal.SIGINT)
    held_up.execute("ROLLBACK")
    held_up.close()
    shown += _rest(seen)
    assert intake.wait() == 130
    assert b"Interrupted; nothing was written." in shown
    assert b"Traceback" not in shown
    assert bare.json("status")["signatures"] == 0
    assert bare.json("intake", TABLE)["new"] > 240  # and then it is taken in as if nothing had been


def _rest(terminal: int) -> bytes:
    read = b""
    try:
        while more := os.read(terminal, 1000):
            read += more
    except OSError:  # the other side has closed
        return read
    return read


def test_a_port_in_use_is_a_sentence(bare):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = bare.process("up", "--prefect-port", port)
    assert answer.code == 1
    assert port in answer.err
    assert "--prefect-port" in answer.err
    assert "Traceback" not in answer.err


def test_what_nobody_foresaw_is_a_sentence_and_with_debug_a_traceback(desk):
    with sqlite3.connect(desk.home / "accede.db") as broken:
        broken.execute("UPDATE dossier SET stage = 'nowhere' WHERE state = 'PHL'")
        broken.execute("DROP TRIGGER IF EXISTS fact_refuse_update")
        for (trigger,) in broken.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            broken.execute(f"DROP TRIGGER {trigger}")
        broken.execute("UPDATE fact SET data = 'no json' WHERE kind = 'deposit'")
    answer = desk("dossier", "PHL")
    assert answer.code == 1
    assert answer.said[0].startswith("Something went wrong that this program did not foresee (")
    assert "--debug" in answer.said[1]
    assert "Traceback" not in answer.err
    assert "Traceback" in desk("dossier", "PHL", "--debug").err


@pytest.mark.parametrize("words", [("nonsense",), ("status", "--nonsense"), ("dossier",), ("step", "PHL")])
def test_wrong_usage_is_answered_with_2(desk, words):
    answer = desk(*words)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("Usage: accede")


def test_a_configuration_that_cannot_be_used_is_a_sentence(desk):
    (desk.home / "accede.toml").write_text("zone = 'Mars/Olympus'\n")
    answer = desk("status")
    assert answer.code == 1
    assert "“Mars/Olympus” is no time zone" in answer.err


def test_a_configuration_with_a_secret_that_others_can_read_is_refused(desk):
    (desk.home / "accede.toml").write_text("smtp_password = 'hush'\n")
    (desk.home / "accede.toml").chmod(0o644)
    answer = desk("status")
    assert answer.code == 1
    assert "chmod 600" in answer.err
    assert "hush" not in answer.err


def _imported(desk, *words):
    command = desk.command(*words)
    done = subprocess.run(
        [command[0], "-X", "importtime", *command[1:]],
        capture_output=True,
        text=True,
        check=True,
        env=desk.environment({}),
    )
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()}


def test_the_counts_wait_for_nothing_they_do_not_need(desk):
    assert _imported(desk, "status", "--json").isdisjoint({"alembic", "apprise", "fastapi", "prefect", "rich"})


def test_help_waits_for_no_database(desk):
    assert _imported(desk, "--help").isdisjoint({"pydantic", "rich", "sqlalchemy", "transitions"})
