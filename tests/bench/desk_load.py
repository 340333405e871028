"""Twenty people at one desk: how long a page takes to come, what it weighs, and how much memory the desk needs.

Each person is a thread with a connection of its own that stays open. The times are those a client on this machine
measures from request to last byte; the desk's processor is shared with the people, as on a laptop.
"""

from __future__ import annotations

import http.client
import random
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import NamedTuple
from urllib.parse import urlencode

import psutil

from casework.access.sessions import open_session
from casework.core.workspace import open_workspace
from desk.processes.ports import HOST
from pathways.grammar.roles import Role
from sources.states import load_register
from tests.bench.desk_record import Staff
from tests.bench.figures import peak_mb
from tests.forms import form_for
from tests.running_desk import RunningDesk, running_desk

_FORM = "application/x-www-form-urlencoded"
#: Of a hundred clicks, so many are of each kind.
_MIX = {"overview": 30, "State page": 35, "search": 20, "save": 15}
_WORDS = ("cambodia", "KHM", "guinea", "islands", "congo", "republic", "viet", "stan", "saint", "mal")
_FILES = frozenset({Role.SECRETARIAT, Role.COORDINATOR, Role.CHAMPION})


class Timing(NamedTuple):
    """How long a kind of request took, in seconds, and how often it was made."""

    kind: str
    n: int
    p50: float
    p95: float


@dataclass(frozen=True, kw_only=True)
class Load:
    """What one run of twenty people came to."""

    timings: tuple[Timing, ...]
    asked: int  # requests in all, forms opened for a save among them
    per_second: float
    work_per_request: float  # seconds of the desk's own processor time
    peak_mb: float


@dataclass
class _Person:
    """Somebody at the desk: a connection, a cookie, and where they may work."""

    number: int
    role: Role
    token: str
    port: int
    states: Sequence[str]
    think: tuple[float, float]
    seed: random.Random
    taken: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)
    filed: int = 0

    def work(self, seconds: float) -> None:
        """Look and file until the time is up, with the pauses people make."""
        self._line = http.client.HTTPConnection(HOST, self.port, timeout=60)
        until = perf_counter() + seconds
        sleep(self.seed.uniform(0, self.think[1]))
        while perf_counter() < until:
            self._click(self.seed.choices(list(_MIX), list(_MIX.values()))[0])
            sleep(self.seed.uniform(*self.think))
        self._line.close()

    def _click(self, kind: str) -> None:
        state = self.seed.choice(self.states)
        if kind == "save" and self.role in _FILES:
            self._save(state)
        elif kind == "overview":
            self._ask(kind, "GET", "/", 200)
        elif kind == "search":
            self._ask(
                kind, "GET", f"/states?{urlencode({'q': self.seed.choice(_WORDS)})}", 200, 303
            )  # one found: there
        else:
            self._ask("State page", "GET", f"/states/{state}", 200)

    def _save(self, state: str) -> None:
        """Open the form, which is a page of its own, and send it."""
        page = self._ask("form", "GET", f"/states/{state}/file/exchange", 200)
        form = form_for(page, f"/states/{state}/facts")
        body = urlencode(form.data(**_filled(form.names(), self._reference())))
        self._ask("save", "POST", form.action, 303, 409, body=body)  # 409: somebody else saved this State meanwhile

    def _reference(self) -> str:
        """Return a reference that nobody has used: the same form twice would be filed once."""
        self.filed += 1
        return f"NV {self.number}-{self.filed}/2026"

    def _ask(self, kind: str, method: str, path: str, *wanted: int, body: str | None = None) -> str:
        headers = {"Cookie": f"accede={self.token}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = _FORM
        start = perf_counter()
        self._line.request(method, path, body=body, headers=headers)
        answer = self._line.getresponse()
        said = answer.read()
        self.taken[kind].append(perf_counter() - start)
        if answer.status not in wanted:
            self.wrong.append(f"{method} {path}: {answer.status}")
        return said.decode()


def _filled(names: set[str], reference: str) -> dict[str, str]:
    said = {
        "effective": "2026-04-13",
        "source": "note_verbale",
        "reference": reference,
        "note": "Asked for the calendar.",
    }
    return {name: value for name, value in said.items() if name in names}


def measured(home: Path, staff: Staff, *, seconds: float, think: tuple[float, float]) -> Load:
    """Let twenty people work for some seconds."""
    with running_desk(home) as desk:
        people = _people(home, staff, desk, think)
        _warm_up(people)
        threads = [threading.Thread(target=person.work, args=(seconds,)) for person in people]
        program = psutil.Process(desk.pid)
        start, before = perf_counter(), program.cpu_times()
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took, after = perf_counter() - start, program.cpu_times()
        work = after.user + after.system - before.user - before.system
        peak = peak_mb(desk.pid)
    wrong = [said for person in people for said in person.wrong]
    assert not wrong, wrong[:5]
    timings = tuple(_timings(people))
    asked = sum(len(taken) for person in people for taken in person.taken.values())
    return Load(timings=timings, asked=asked, per_second=asked / took, work_per_request=work / asked, peak_mb=peak)


def _people(home: Path, staff: Staff, desk: RunningDesk, think: tuple[float, float]) -> list[_Person]:
    regions: dict[str, list[str]] = defaultdict(list)
    for state in load_register().states:
        regions[state.att_region].append(state.iso3)
    with closing(open_workspace(home)) as workspace:
        return [
            _Person(
                number=number,
                role=seat.role,
                token=open_session(workspace, number),
                port=desk.port,
                states=regions.get(seat.region) or [s.iso3 for s in load_register().states],
                think=think,
                seed=random.Random(number),
            )
            for number, seat in staff.seats.items()
        ]


def _warm_up(people: Sequence[_Person]) -> None:
    """Let one person click once of each kind; what a server reads once is no part of the promise."""
    first = people[0]
    first.think = (0, 0)
    first._line = http.client.HTTPConnection(HOST, first.port, timeout=60)
    for kind in _MIX:
        first._click(kind)
    first._line.close()
    first.think = people[-1].think
    first.taken.clear()


def _timings(people: Sequence[_Person]) -> Iterator[Timing]:
    for kind in _MIX:
        taken = [seconds for person in people for seconds in person.taken[kind]]
        if len(taken) > 1:
            yield Timing(kind, len(taken), median(taken), quantiles(taken, n=20)[-1])
