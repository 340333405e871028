"""What a large record takes to be brought up from an older schema, exported whole and imported; `make bench-record`.

The older record holds the rows of a made-up one, as far as that schema has columns for them.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

from rich.console import Console
from rich.table import Table

from casework.record.importing import import_record
from casework.record.upgrading import upgrade
from casework.record.whole_record import write_whole_record
from models.store import rows
from models.store.engine import Store
from models.store.schema import REVISIONS, SCHEMA, migrate_on
from tests.bench.figures import alone, peak_mb
from tests.bench.made_up import FIRST_DAY, Size, make, open_made_up
from tests.postgres import cluster

_DAY = FIRST_DAY + timedelta(days=2)


@dataclass(frozen=True, kw_only=True)
class Took:
    """What one thing took: seconds by the clock and of our process, its most memory, and what it came to."""

    what: str
    seconds: float
    processor: float
    peak_mb: float
    facts: int


def measured(size: Size, schema: str, database: str, place: Path) -> Iterator[Took]:
    """Bring an older record up, export it whole and import it; each in a process of its own."""
    with _urls(database, place) as url:
        alone(_make, place / "newer", "", size)
        alone(_write_older, place, url("older"), schema)
        yield alone(_took, f"upgrade from {schema} to {SCHEMA}", _upgrade, place / "older", url("older"))
        yield alone(_took, "export --format jsonl", _export, place / "older", url("older"), place / "whole")
        yield alone(_took, "import", _import, place / "imported", url("imported"), place / "whole/record.jsonl")


@contextmanager
def _urls(database: str, place: Path) -> Iterator[Callable[[str], str]]:
    """Yield a function that gives each record a database of its own."""
    made: dict[str, str] = {}
    with nullcontext() if database == "sqlite" else cluster(on_disk=True) as server:

        def url(name: str) -> str:
            (place / name).mkdir(exist_ok=True)
            if server is None:
                return ""
            if name not in made:
                made[name] = server.url(server.create())
            return made[name]

        yield url


def _make(home: Path, url: str, size: Size) -> None:
    home.mkdir()
    with closing(open_made_up(home, FIRST_DAY, url)) as workspace:
        make(workspace, size)


def _write_older(place: Path, url: str, schema: str) -> None:
    newer = Store(open_made_up(place / "newer", FIRST_DAY).settings.url)
    older = Store(open_made_up(place / "older", FIRST_DAY, url).settings.url, schema)
    there = {of.name: of for of in rows.tables()}
    with newer.reading() as source, older.writing(of_any_schema=True) as to:
        migrate_on(to, schema)
        for of in rows.tables(schema):
            if of.name in there:
                rows.write(to, of, (_as_then(of, row) for row in rows.rows_of(source, there[of.name])))
        rows.gather_statistics(to)  # as a server has done by itself within a minute; ours has no autovacuum
    older.dispose()
    newer.dispose()


def _as_then(of: rows.TableOf, row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row.get(name) for name in of.columns}


def _took(what: str, work: Callable[..., int], *given: Any) -> Took:
    start, began = process_time(), perf_counter()
    facts = work(*given)
    return Took(
        what=what,
        seconds=perf_counter() - began,
        processor=process_time() - start,
        peak_mb=peak_mb(),
        facts=facts,
    )


def _upgrade(home: Path, url: str) -> int:
    with closing(open_made_up(home, _DAY, url)) as workspace:
        return upgrade(workspace).facts


def _export(home: Path, url: str, folder: Path) -> int:
    folder.mkdir()
    with closing(open_made_up(home, _DAY, url)) as workspace:
        return write_whole_record(workspace, folder).facts


def _import(home: Path, url: str, file: Path) -> int:
    with closing(open_made_up(home, _DAY, url)) as workspace:
        return import_record(workspace, file).facts


def main() -> None:
    """Measure, and print what each took as a table."""
    asked = argparse.ArgumentParser(prog="make bench-record")
    asked.add_argument("--dossiers", type=int, default=10_000)
    asked.add_argument("--from", dest="schema", choices=REVISIONS[:-1], default=REVISIONS[0])
    asked.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    told = asked.parse_args()
    for name in [name for name in os.environ if name.startswith("ACCEDE_")]:
        del os.environ[name]  # no configuration of this shell's reaches what is measured
    console, due = Console(), told.dossiers // 100
    table = Table(title=f"{told.dossiers:,} dossiers on {told.database}")
    for column in ("what", "seconds", "processor s", "peak MB", "facts"):
        table.add_column(column, justify="left" if column == "what" else "right")
    with TemporaryDirectory(prefix="accede-bench-") as place:
        for one in measured(Size(dossiers=told.dossiers, due=due), told.schema, told.database, Path(place)):
            row = one.what, f"{one.seconds:.1f}", f"{one.processor:.1f}", f"{one.peak_mb:.0f}", f"{one.facts:,}"
            console.print(f"[dim]{': '.join(row[:2])}[/dim]")
            table.add_row(*row)
    console.print(table)


if __name__ == "__main__":
    main()
