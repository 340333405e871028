"""Run every benchmark, print the figures as a table, and write them to build/bench.json."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from rich.console import Console
from rich.table import Table

from tests.bench import backups, commands, desk_figures, desk_record, letters, per_state, shared_sweeps, sweeps
from tests.bench.figures import Figure, alone
from tests.bench.made_up import FIRST_DAY, SECOND_DAY, Size
from tests.postgres import NoPostgres

_ROUNDS = 5
_SMALL = Size(dossiers=200, due=4)
_MIDDLE = Size(dossiers=10_000, due=200, later=800)
_MUCH = Size(dossiers=10_000, due=6_000)
_LARGE = Size(dossiers=110_000, due=1_000, later=1_200, first=desk_record.TREATY)
_WRITTEN = ("name", "n", "due", "seconds", "baseline_seconds", "ratio", "peak_mb")
_UNITS = {"seconds": "s", "ratio": "times", "peak_mb": "MB"}
_RESULTS = Path(__file__).resolve().parents[2] / "build" / "bench.json"
_PLACES = (3, 3, 2, 0)
_CAPTION = "The middle of several runs, in turn with what stands beside; the plain loop writes the same rows."
_console = Console(width=None if sys.stdout.isatty() else 120)  # a log is as wide as the table


def main() -> None:
    """Measure, show and keep."""
    start = perf_counter()
    figures: list[Figure] = []
    with TemporaryDirectory(prefix="accede-bench-") as place:
        _forget_this_shell(place)
        for figure in _measured(Path(place)):
            _console.print(f"[dim]{perf_counter() - start:4.0f} s  {figure.name}: {figure.seconds:.3f} s[/dim]")
            figures.append(figure)
    _console.print(_table(figures))
    _RESULTS.parent.mkdir(exist_ok=True)
    written = [{name: getattr(figure, name) for name in _WRITTEN} for figure in figures]
    _RESULTS.write_text(json.dumps(written, indent=1) + "\n")


def _forget_this_shell(place: str) -> None:
    """Let no configuration of this shell's reach what is measured."""
    for name in [name for name in os.environ if name.startswith(("ACCEDE_", "PREFECT_"))]:
        del os.environ[name]
    os.environ.update(per_state.QUIET, PREFECT_HOME=f"{place}/prefect")


def _measured(place: Path) -> Iterator[Figure]:
    """Measure one thing after the other, each in a process of its own."""
    small, middle, large = (place / f"{size.dossiers}.db" for size in (_SMALL, _MIDDLE, _LARGE))
    for kept, size in ((small, _SMALL), (middle, _MIDDLE), (large, _LARGE)):
        taken = alone(sweeps.prepare, kept, size)
        yield Figure(name="making the record", n=size.dossiers, seconds=taken)
    yield _sweep(small, _SMALL.dossiers, FIRST_DAY, _SMALL.due)
    yield _sweep(middle, _MIDDLE.dossiers, FIRST_DAY, _MIDDLE.due)
    yield _sweep(large, _LARGE.dossiers, SECOND_DAY, _LARGE.due + _LARGE.later)
    yield _growth(large, middle)
    yield _verify(large)
    yield from _carried(large)
    yield from _on_postgres()
    yield from _shared()
    yield _prefect(middle)
    yield _post(middle)
    yield from _letters(place)
    yield from _commands()
    yield from desk_figures.measured(place, large, _LARGE.dossiers)


def _sweep(kept: Path, dossiers: int, day: date, due: int) -> Figure:
    race = alone(sweeps.beside_a_plain_loop, kept, day, due, _ROUNDS)
    return Figure(
        name="sweep, beside a plain loop: processor time",
        n=dossiers,
        due=due,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        peak_mb=alone(sweeps.memory_of_a_sweep, kept, day, due),
        most={"ratio": 4.0, "peak_mb": 300.0} if dossiers == _LARGE.dossiers else {},
    )


def _growth(large: Path, middle: Path) -> Figure:
    due = _LARGE.due
    assert due == _MIDDLE.due + _MIDDLE.later
    race = alone(sweeps.beside_a_smaller_record, (large, FIRST_DAY), (middle, SECOND_DAY), due, 2 * _ROUNDS)
    return Figure(
        name="sweep, beside that of 10,000 dossiers: processor time",
        n=_LARGE.dossiers,
        due=due,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        most={"ratio": 1.2},
    )


def _verify(large: Path) -> Figure:
    facts, race = alone(sweeps.verified, large, FIRST_DAY)
    return Figure(
        name="verify, beside reading and hashing each fact: processor time, facts",
        n=facts,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        most={"seconds": 30.0},
    )


def _carried(large: Path) -> Iterator[Figure]:
    """Back the large record up and bring it back."""
    took = alone(backups.carried, large, FIRST_DAY)
    for name, race, peak, most in (
        (f"backup of {took.size_mb:.0f} MB, beside packing each row", took.out, took.peak_out, {"ratio": 3.0}),
        ("restore, beside verifying what it is of", took.back, took.peak_back, {"ratio": 5.0}),
    ):
        yield Figure(
            name=f"{name}: processor time",
            n=_LARGE.dossiers,
            seconds=race.seconds,
            baseline_seconds=race.baseline_seconds,
            ratio=race.ratio,
            peak_mb=peak,
            most={**most, "peak_mb": 300.0},
        )


def _on_postgres() -> Iterator[Figure]:
    due = _MIDDLE.due + _MIDDLE.later
    try:
        race = alone(sweeps.beside_a_plain_loop_on_postgres, _MIDDLE, SECOND_DAY, due, _ROUNDS)
    except NoPostgres as none:
        _console.print(f"[bold]Not measured:[/bold] {none}")
        return
    yield Figure(
        name="sweep on PostgreSQL, beside a plain loop",
        n=_MIDDLE.dossiers,
        due=due,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
    )


def _shared() -> Iterator[Figure]:
    """Let one, two and three runs share a sweep."""
    try:
        taken = alone(shared_sweeps.shared_by, (1, 2, 3), _MUCH)
    except NoPostgres:
        return
    for number in (2, 3):
        yield Figure(
            name=f"sweep on PostgreSQL shared by {number} runs, beside one alone",
            n=_MUCH.dossiers,
            due=_MUCH.due,
            seconds=taken[number],
            baseline_seconds=taken[1],
            ratio=taken[number] / taken[1],
        )


def _prefect(middle: Path) -> Figure:
    due = _MIDDLE.due + _MIDDLE.later
    race = alone(per_state.beside_one_task_per_state, middle, SECOND_DAY, due)
    return Figure(
        name="Prefect flow, beside one task per State",
        n=_MIDDLE.dossiers,
        due=due,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
    )


def _post(middle: Path) -> Figure:
    carried = letters.carried(middle, SECOND_DAY)
    return Figure(name="post to a local mail server", n=carried.letters, seconds=carried.seconds)


def _letters(place: Path) -> Iterator[Figure]:
    """Carry letters to a server that is fast, and to one that takes a tenth of a second at one place or the other."""
    for count, rounds in ((300, _ROUNDS), (3_000, 1)):
        kept = place / "letters" / f"{count}.db"
        alone(letters.prepare, kept, count)
        yield _beside_smtplib("a fast server", kept, count, rounds, most={"ratio": 3.0, "seconds": count / 50})
        slow = "a server 0.1 s slow"
        yield _beside_smtplib(f"{slow} to take an address", kept, count, 1, address=0.1, most={"ratio": 3.0})
        if count == 300:  # nothing is gained there, and much time lost
            yield _beside_smtplib(f"{slow} to take a letter", kept, count, 1, taken=0.1, most={"ratio": 3.0})


def _beside_smtplib(
    server: str, kept: Path, count: int, rounds: int, *, most: Mapping[str, float], **slow: float
) -> Figure:
    race = letters.beside_smtplib(kept, count, rounds, **slow)
    return Figure(
        name=f"post to {server}, beside smtplib",
        n=count,
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        most=most,
    )


def _commands() -> Iterator[Figure]:
    yield Figure(name="accede status, whole process", seconds=commands.status(_ROUNDS), most={"seconds": 1.0})
    race = commands.status_beside_importing("sqlmodel", 3 * _ROUNDS)
    yield Figure(
        name="accede status, beside importing SQLModel: processor time",
        seconds=race.seconds,
        baseline_seconds=race.baseline_seconds,
        ratio=race.ratio,
        most={"ratio": 1.4},
    )
    yield Figure(name="accede init, whole process", seconds=commands.init(_ROUNDS), most={"seconds": 10.0})


def _table(figures: Sequence[Figure]) -> Table:
    table = Table(
        title="make bench",
        caption=_CAPTION,
    )
    table.add_column("what")
    for column in ("n", "due", "seconds", "beside", "ratio", "peak MB", "promised"):
        table.add_column(column, justify="right")
    for figure in figures:
        numbers = (figure.seconds, figure.baseline_seconds, figure.ratio, figure.peak_mb)
        counts = (figure.n, figure.due)
        table.add_row(
            figure.name,
            *("" if count is None else f"{count:,}" for count in counts),
            *(
                "" if number is None else f"{number:,.{places}f}"
                for number, places in zip(numbers, _PLACES, strict=True)
            ),
            _promise(figure),
        )
    return table


def _promise(figure: Figure) -> str:
    said = ", ".join(f"≤ {limit:g} {_UNITS[name]}" for name, limit in figure.most.items())
    return said if figure.is_kept else f"[bold red]{said}: not kept[/bold red]"


if __name__ == "__main__":
    main()
