"""What is asked of Prefect's server is asked again while it is busy, and no run is made twice by that."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped]

from desk.processes.ports import HOST, free_from
from desk.runtime.prefect_server import Prefect, in_json
from desk.scheduling.prefect_http import Patience, PrefectRefused


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
        yield Prefect(port=server.server_port, patience=HURRIED), bodies
        over.set()
        server.shutdown()


HURRIED = Patience(one=0.3, in_all=20, pause=0.01)


def test_whatever_prefect_writes_on_a_stream_is_an_object():
    [prefect] = find_spec("prefect").submodule_search_locations
    handlers = yaml.safe_load((Path(prefect) / "logging/logging.yml").read_text())["handlers"]
    writing = {name for name, handler in handlers.items() if "stream" in handler}
    assert "console" in writing
    assert {f"PREFECT_LOGGING_HANDLERS_{name.upper()}_FORMATTER" for name in writing} <= in_json().keys()


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


def test_a_server_that_stays_busy_is_given_up():
    with a_server(*[503] * 99) as (prefect, _), pytest.raises(PrefectRefused, match="was busy"):
        replace(prefect, patience=replace(HURRIED, in_all=0.2)).ask("POST", "/deployments/filter", {})


def test_nobody_waits_longer_for_one_answer_than_for_all_tries():
    with a_server(None, None) as (prefect, bodies), pytest.raises(PrefectRefused, match="was busy"):
        replace(prefect, patience=Patience(one=15, in_all=0.2, pause=0)).ask("POST", "/deployments/filter", {})
    assert len(bodies) == 1


def test_no_server_is_no_slowness():
    with pytest.raises(PrefectRefused, match="does not answer"):
        Prefect(port=free_from(0)).ask("GET", "/health")
