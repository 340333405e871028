"""What the program writes of itself: nothing of what people typed, of who they are, or of what lets them in."""

import json
import logging
import os
import subprocess
import sys
import time
from datetime import datetime, timedelta

import pytest

from casework.core.log_lines import JsonLines, TextLines, request_id
from desk.runtime.prefect_server import in_json


def line(message, *values, wrong=None, formatter=None):
    info = (type(wrong), wrong, wrong.__traceback__) if wrong else None
    record = logging.LogRecord("accede.desk", logging.ERROR, __file__, 1, message, values, info)
    return (formatter or TextLines()).format(record)


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("asked for https://accede.example.org/sign-in/AbC-dEf_123", "asked for https://accede.example.org/sign-in/…"),
        ("GET /l/0123456789abcdef?lang=ar went wrong", "GET /l/…?… went wrong"),
        ("GET /states?q=Ruritania&tier=1 HTTP/1.1", "GET /states?… HTTP/1.1"),
        ("no answer from ann.lee+1@mission.example, again", "no answer from …, again"),
        ("postgresql://accede:secret@db.example/accede", "postgresql://accede:…/accede"),
        ("Which? Nobody knows.", "Which? Nobody knows."),
        ("ValueError at GET /sign-in/{token}: a.py:1 > b.py:2", "ValueError at GET /sign-in/{token}: a.py:1 > b.py:2"),
    ],
)
def test_what_nobody_is_to_read_in_a_log_is_taken_out_of_a_line(written, kept):
    assert line(written).endswith(f" {kept}")
    assert line("%s", written).endswith(f" {kept}")


def test_of_an_exception_stands_its_kind_and_where_it_was_raised():
    try:
        raise ValueError("Ruritania is at legislation, told in confidence")
    except ValueError as wrong:
        written = line("The page could not be made", wrong=wrong)
    assert "The page could not be made (ValueError: " in written
    assert "test_log_lines.py:" in written
    assert "Ruritania" not in written
    assert "\n" not in written


def test_a_line_about_a_request_says_which():
    token = request_id.set("5f3c9a0e")
    try:
        assert line("The disk is slow").endswith("The disk is slow (request 5f3c9a0e)")
    finally:
        request_id.reset(token)
    assert line("The disk is slow").endswith("The disk is slow")


@pytest.fixture
def manila():
    """Let this machine's clock stand in Manila."""
    with pytest.MonkeyPatch.context() as shell:
        shell.setenv("TZ", "Asia/Manila")
        time.tzset()
        yield
    time.tzset()


def test_for_programs_a_line_is_an_object_with_the_hour_in_utc_and_whatever_it_holds(manila):
    token = request_id.set("5f3c9a0e")
    try:
        written = line("No room for “%s”\nhere?", "{", formatter=JsonLines())
    finally:
        request_id.reset(token)
    said = json.loads(written)
    assert datetime.fromisoformat(said.pop("time")).utcoffset() == timedelta(0)
    assert said == {
        "level": "ERROR",
        "logger": "accede.desk",
        "message": "No room for “{”\nhere?",
        "request_id": "5f3c9a0e",
    }
    assert "\n" not in written
    assert json.loads(line("The disk is slow", formatter=JsonLines()))["request_id"] is None


@pytest.mark.slow
def test_prefect_and_the_flows_write_their_lines_as_it_is_told():
    program = """
import logging
from prefect import flow
logging.getLogger("prefect").info("Beginning [bold]flow run[/] 'sweep att' %s", "x" * 200)
logging.getLogger("accede.flows").error("ValueError: a.py:1")
"""
    told = {**os.environ, **in_json(), "DO_NOT_TRACK": "1"}
    ran = subprocess.run([sys.executable, "-c", program], env=told, capture_output=True, text=True, check=True)
    first, second = (json.loads(one) for one in ran.stderr.splitlines())
    assert (first["level"], first["logger"]) == ("INFO", "prefect")
    assert first["message"] == f"Beginning [bold]flow run[/] 'sweep att' {'x' * 200}"
    assert (second["level"], second["logger"], second["message"]) == ("ERROR", "accede.flows", "ValueError: a.py:1")
