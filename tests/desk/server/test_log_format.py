"""The desk's log as it is configured: for people a line, for programs an object on a line."""

import json
import re
import socket
import sqlite3
from contextlib import closing
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from tests.running_desk import running_desk


def faults_of(home, **configured):
    """Let two things go wrong at a desk; return the lines of its log, and the id of the request that met the second."""
    with running_desk(home, **configured) as desk:
        with socket.create_connection(("127.0.0.1", desk.port), timeout=20) as line:
            line.sendall(b"no question at all\r\n\r\n")
            line.recv(4_000)
        with closing(sqlite3.connect(home / "accede.db")) as other:  # the record is there, and is none of ours
            other.execute("ALTER TABLE one_time_link RENAME TO elsewhere")
        with pytest.raises(HTTPError) as met:
            urlopen(f"{desk.url}/sign-in/told-in-confidence?next=/states/PHL", timeout=20)
        return desk.log.read_text().splitlines(), met.value.headers["x-request-id"]


def test_for_people_a_line_begins_with_the_hour_and_ends_with_the_request(a_home_with_cast):
    (first, second), id_ = faults_of(a_home_with_cast())
    assert re.fullmatch(r"[-\d]+ [:,\d]+ Invalid HTTP request received\.", first)
    assert re.fullmatch(rf"[-\d]+ [:,\d]+ \w+ at GET /sign-in/{{token}}: .* \(request {id_}\)", second)


def test_for_programs_a_line_is_an_object(a_home_with_cast):
    lines, id_ = faults_of(a_home_with_cast(), log_format="json")
    first, second = map(json.loads, lines)
    assert (first["level"], first["logger"], first["request_id"]) == ("WARNING", "uvicorn.error", None)
    assert (second["level"], second["logger"], second["request_id"]) == ("ERROR", "accede.desk", id_)
    assert "told-in-confidence" not in "".join(lines)
