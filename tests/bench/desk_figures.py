"""The desk's lines in the table: twenty people with the pauses people make, then without any, and a crowd at
the door."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.bench import desk_load, sign_in_flood
from tests.bench.desk_load import Load
from tests.bench.desk_record import prepare
from tests.bench.figures import Figure, alone

#: Seconds between an answer and the next click of one person; nobody is promised anything about people without any.
_PAUSES, _NONE = (1.0, 3.0), (0.0, 0.0)
#: Seconds of work. In a shorter one each person's first look, for which every snapshot is made, would count as common.
_WITH_PAUSES, _WITHOUT = 180.0, 20.0


def measured(place: Path, kept: Path, dossiers: int) -> Iterator[Figure]:
    """Fill a copy of a record with people, then measure; clients, server and maker each have a process of their own."""
    home = place / "desk"
    home.mkdir()
    staff = alone(prepare, home, kept)
    load = alone(desk_load.measured, home, staff, seconds=_WITH_PAUSES, think=_PAUSES)
    yield from _figures(load, dossiers, "20 people, pauses of 1 to 3 s", promised=True)
    load = alone(desk_load.measured, home, staff, seconds=_WITHOUT, think=_NONE)
    yield from _figures(load, dossiers, "20 people without a pause", promised=False)
    race = alone(sign_in_flood.measured, home, staff)
    yield Figure(
        name="desk, a page while forty try passwords, beside a quiet desk",
        n=sign_in_flood.CROWD,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        most={"ratio": 3.0},
    )


def _figures(load: Load, dossiers: int, who: str, *, promised: bool) -> Iterator[Figure]:
    yield Figure(
        name=f"desk, {who}: processor time of a request",
        n=load.asked,
        seconds=load.work_per_request,
        peak_mb=load.peak_mb,
        most={"seconds": 0.015, "peak_mb": 250.0} if promised else {"peak_mb": 250.0},
    )
    yield Figure(name=f"desk, {who}: between two requests", n=dossiers, seconds=1 / load.per_second)
    for timing in load.timings:
        yield Figure(name=f"desk, {who}: {timing.kind}, median", n=timing.n, seconds=timing.p50)
        yield Figure(
            name=f"desk, {who}: {timing.kind}, 95th of a hundred",
            n=timing.n,
            seconds=timing.p95,
            most={"seconds": 0.1} if promised else {},
        )
