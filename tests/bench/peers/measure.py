"""One peer in a process of its own: makes its database, or does its sweep and says what that took.

    python -m tests.bench.peers.measure prepare|sweep PEER URL CASES PLACE [SERVER]

PLACE is the folder in which everything lies that is not in a PostgreSQL; SERVER is the process of that.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from contextlib import closing
from importlib import import_module
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import psutil
from sqlalchemy import create_engine, text

from tests.bench.figures import peak_mb
from tests.bench.peers import contract


def main() -> None:
    """Do what is asked, and print what it took as the last line."""
    what, name, url, count, place, *server = sys.argv[1:]
    peer = load(name, url)
    if what == "prepare":
        peer.prepare(url, int(count))
        return
    took = _sweep(peer, url, Path(place), [int(process) for process in server])
    contract.check(took["due"], getattr(peer, "outcome", contract.outcome)(url, int(count)), int(count))
    print(json.dumps(took))


def load(name: str, url: str) -> Any:
    """Import a peer; Django wants to know its database first."""
    if name.startswith("viewflow"):
        import_module("tests.bench.peers.django_settings").begin(url)
    return import_module(f"tests.bench.peers.{name}")


def _sweep(peer: Any, url: str, place: Path, servers: list[int]) -> dict[str, Any]:
    with peer.opened(url) as sweep:
        kept, own, theirs, start = _kept(url, place), _cpu(), sum(map(_cpu, servers)), perf_counter()
        due = sweep()
        wall = perf_counter() - start
        cpu, server_cpu = _cpu() - own, sum(map(_cpu, servers)) - theirs
        peak = sum(peak_mb(process.pid) for process in _family(None))
        now = _kept(url, place)
    return {
        "due": due,
        "cpu": cpu,
        "server_cpu": server_cpu,
        "wall": wall,
        "peak_mb": peak,
        "kept_mb": now / 2**20,
        "bytes_per_due": (now - kept) / max(due, 1),
    }


def _family(process: int | None) -> list[psutil.Process]:
    """Return a process, ours if none is named, and those it has started."""
    first = psutil.Process(process)
    return [first, *first.children(recursive=True)]


def _cpu(process: int | None = None) -> float:
    """Return the processor time of a process and of what it has started, ended or not; of our own exactly."""
    first, *others = _family(process)
    own = sum(first.cpu_times()[:4]) if process else process_time() + sum(first.cpu_times()[2:4])
    return own + sum(sum(one.cpu_times()[:4]) for one in others)


def _kept(url: str, place: Path) -> int:
    """Return how many bytes are in use in every database of a peer, log files left out."""
    found = sum(_in_use(path) for path in place.rglob("*") if path.is_file() and _is_sqlite(path))
    if url.startswith("sqlite"):
        return found
    engine = create_engine(url)
    with engine.connect() as connection:
        found += connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one()
        found -= connection.execute(text("SELECT pg_database_size('template0')")).scalar_one()
    engine.dispose()
    return int(found)


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:  # no more of it: what it weighed in memory would count as the peer's
        return file.read(16) == b"SQLite format 3\0"


def _in_use(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        size, pages, free = (
            connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_size", "page_count", "freelist_count")
        )
    return int(size * (pages - free))


if __name__ == "__main__":
    main()
