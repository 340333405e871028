"""What the program writes of itself: nothing of what people typed, of who they are, or of what lets them in."""

import logging

import pytest

from casework.core.log_lines import TextLines, request_id


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
        ("ValueError at GET /states/{state}: a.py:1 > b.py:2", "ValueError at GET /states/{state}: a.py:1 > b.py:2"),
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
