"""Whether the desk is well, as whoever watches the machine asks: answered soon, and the log says what is wrong."""

import logging
import socket

import pytest
from starlette.testclient import TestClient

from desk.server.app import create_app
from desk.web import storage_faults
from desk.web.throttled_log import ThrottledLog
from pathways import NoTreaties
from pathways.grammar.refusals import refusal
from tests.builders import a_workspace

ADDRESS = "http://127.0.0.1:8300"


def test_a_desk_without_its_treaty_is_not_healthy(tmp_path):
    def none_there(_):
        raise NoTreaties(refusal("treaties_unreadable"))

    workspace = a_workspace(tmp_path)
    assert TestClient(create_app(workspace), base_url=ADDRESS).get("/health").status_code == 200
    workspace.pathway = none_there
    assert TestClient(create_app(workspace), base_url=ADDRESS).get("/health").status_code == 503
    workspace.close()


@pytest.mark.slow
def test_a_record_that_says_nothing_is_not_waited_for(tmp_path, caplog, monkeypatch):
    monkeypatch.setattr(
        storage_faults, "_throttled", ThrottledLog(logging.getLogger("accede.desk"))
    )  # has written nothing yet
    with socket.create_server(("127.0.0.1", 0)) as silent:
        workspace = a_workspace(
            tmp_path, f"postgresql://accede@127.0.0.1:{silent.getsockname()[1]}/accede", opened=False
        )
        with TestClient(create_app(workspace), base_url=ADDRESS) as watcher:
            answer = watcher.get("/health")
            silent.close()  # else the question that was given up would hold up the end
    assert answer.status_code == 503
    assert [line.getMessage() for line in caplog.records] == ["StoreUnreachable at GET /health: gone"]
    workspace.close()


def test_the_same_fault_is_written_once_a_minute(caplog):
    hour = [0.0]
    throttled = ThrottledLog(logging.getLogger("accede.desk"), clock=lambda: hour[0])
    for second in (0, 1, 59, 60, 61):
        hour[0] = float(second)
        throttled.error("StoreUnreachable at GET /states: gone")
    throttled.error("StoreUnreachable at GET /people: gone")
    assert [line.getMessage() for line in caplog.records] == [
        "StoreUnreachable at GET /states: gone",
        "StoreUnreachable at GET /states: gone (and 2 more before)",
        "StoreUnreachable at GET /people: gone",
    ]
