"""Forty connections that try passwords, and how long somebody at work then waits for a page, beside a quiet desk.

Each try is of another account and another caller, so that no count of tries stops it. The crowd has a process of its
own; it ends with the block, and never lasts longer than the looks that are measured.
"""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from time import perf_counter, sleep
from urllib.parse import urlencode

from casework.access.sessions import open_session
from casework.core.workspace import open_workspace
from desk.processes.ports import HOST
from tests.bench.desk_record import Staff
from tests.bench.figures import Race
from tests.running_desk import running_desk

CROWD = 40
_LOOKS = 60
_PAUSE = 0.15  # seconds between two looks
_PAGES = ("/", "/states/KHM", "/follow-ups")
_LONGEST = 120.0  # seconds that the crowd lasts at most


def measured(home: Path, staff: Staff) -> Race:
    """Look at pages while nobody else is there, then with the crowd at the door."""
    with running_desk(home) as desk:
        with closing(open_workspace(home)) as workspace:
            token = open_session(workspace, next(iter(staff.seats)))
        _looks(desk.port, token, len(_PAGES))
        quiet = _looks(desk.port, token, _LOOKS)
        with _crowd(desk.port):
            sleep(2)
            flooded = _looks(desk.port, token, _LOOKS)
    return Race(ours=flooded, theirs=quiet)


def _looks(port: int, token: str, many: int) -> tuple[float, ...]:
    """Return how long each of so many looks took, in seconds."""
    taken = []
    line = http.client.HTTPConnection(HOST, port, timeout=60)
    for n in range(many):
        sleep(_PAUSE)
        start = perf_counter()
        line.request("GET", _PAGES[n % len(_PAGES)], headers={"Cookie": f"accede={token}"})
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        taken.append(perf_counter() - start)
    line.close()
    return tuple(taken)


@contextmanager
def _crowd(port: int) -> Iterator[None]:
    context = get_context("spawn")
    is_over = context.Event()
    crowd = context.Process(target=_try_passwords, args=(port, is_over), daemon=True)
    crowd.start()
    try:
        yield
        assert crowd.is_alive(), "the crowd went before the looks were over"
    finally:
        is_over.set()
        crowd.join(30)


def _try_passwords(port: int, is_over: Event) -> None:
    until = perf_counter() + _LONGEST
    threads = [threading.Thread(target=_one, args=(port, n, is_over, until), daemon=True) for n in range(CROWD)]
    for thread in threads:
        thread.start()
    is_over.wait(_LONGEST)


def _one(port: int, number: int, is_over: Event, until: float) -> None:
    seed = random.Random(number)
    line = http.client.HTTPConnection(HOST, port, timeout=60)
    while not is_over.is_set() and perf_counter() < until:
        said = {"by": "password", "address": f"{seed.getrandbits(40)}@mission.example", "password": "not the one"}
        caller = ".".join(str(seed.randrange(1, 255)) for _ in range(4))
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": caller,
        }
        try:
            line.request("POST", "/sign-in", body=urlencode(said), headers=headers)
            line.getresponse().read()
        except (OSError, http.client.HTTPException):
            line.close()
