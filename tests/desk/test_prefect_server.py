"""What is asked of Prefect's server is asked again while it is busy, and no run is made twice by that."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest

from desk import prefect_server
from desk.ports import HOST, free_from
from desk.prefect_server import Prefect, PrefectRefused


@contextmanager
def a_server(*answers: int | None) -> Iterator[tuple[Prefect, list[dict[str, Any]]]]:
    """Give the far end of the wire: its answers in order (none: it hangs), and the bodies it was sent."""
    bodies: list[dict[str, Any]] = []
    left, over = list(answers), Event()

    class Far(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            bodies.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            code = left.pop(0)
            if code is None:
                over.wait(20)
                return
            self.send_response(code)
            self.end_headers()
            self.wfile.write(b'{"id": "f00d"}')

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer((HOST, 0), Far) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield Prefect(port=server.server_port), bodies
        over.set()
        server.shutdown()


@pytest.fixture(autouse=True)
def hurried(monkeypatch):
    monkeypatch.setattr(prefect_server, "_PATIENCE", 0.3)
    monkeypatch.setattr(prefect_server, "_PAUSE", 0.01)


def test_a_busy_server_is_asked_again():
    with a_server(503, 503, 200) as (prefect, bodies):
        assert prefect.ask("POST", "/deployments/filter", {}) == {"id": "f00d"}
    assert len(bodies) == 3


def test_a_server_that_hangs_is_asked_again():
    with a_server(None, 200) as (prefect, _):
        assert prefect.ask("POST", "/deployments/filter", {}) == {"id": "f00d"}


def test_a_run_asked_for_twice_is_made_once():
    with a_server(503, None, 200) as (prefect, bodies):
        prefect._start("deployment", {"parameters": {}})
    assert len({body["idempotency_key"] for body in bodies}) == 1
    assert len(bodies) == 3


def test_a_server_that_stays_busy_is_given_up(monkeypatch):
    monkeypatch.setattr(prefect_server, "_IN_ALL", 0.2)
    with a_server(*[503] * 99) as (prefect, _), pytest.raises(PrefectRefused, match="was busy"):
        prefect.ask("POST", "/deployments/filter", {})


def test_no_server_is_no_slowness():
    with pytest.raises(PrefectRefused, match="does not answer"):
        Prefect(port=free_from(0)).ask("GET", "/health")
