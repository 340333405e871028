"""The console: tables by rich, sentences on stderr, progress where somebody is looking.

Text from the record may hold anything; what is not printable never reaches a terminal, and no markup is read.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

_MONTHS = (  # not in the machine's language: in ours
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_KEPT = frozenset("\u200c\u200d\u200e\u200f")  # joiners and marks that Arabic and others are written with


def say(sentence: str) -> None:
    """Say a sentence on stderr."""
    click.echo(clean(sentence), err=True)


def clean(text: str) -> str:
    """Return text on one line without anything that would steer a terminal."""
    return "".join(c if c.isprintable() or c in _KEPT else " " for c in text)


def long_day(day: date) -> str:
    """Write a day as a letter would: 21 June 2022."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def counted(number: int, one: str) -> str:
    """Write a number with its noun: 1 step, 2 steps."""
    return f"{number} {one}" if number == 1 else f"{number} {one}s"


def from_here(path: Path) -> Path:
    """Return a path as one would type it here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def console() -> Console:
    """Return stdout as rich sees it: coloured on a terminal unless NO_COLOR is set, plain elsewhere."""
    from rich.console import Console

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False, soft_wrap=False)


def table(*columns: str, title: str | None = None, right: Sequence[str] = ()) -> Table:
    """Return an empty table; cells fold rather than lose anything on a narrow terminal."""
    from rich import box

    from desk.terminal.column_widths import FittingTable

    made = FittingTable(title=title, box=box.SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        made.add_column(column, overflow="fold", justify="right" if column in right else "left")
    return made


def row(made: Table, *cells: object, style: str | None = None) -> None:
    """Add a row; None is an empty cell."""
    made.add_row(*(cell_of(cell) for cell in cells), style=style)


def cell_of(cell: object) -> Text:
    """Return a cell as plain text, never as markup; its lines stay lines."""
    from rich.text import Text

    return Text("" if cell is None else "\n".join(map(clean, str(cell).splitlines())))


@contextmanager
def progress(what: str, *, in_a_log: bool = False) -> Iterator[Callable[[int, int], None] | None]:
    """Yield a function to call with (done, in all) while work goes on; None where nobody is looking.

    What takes so long that whoever reads the log wants to know says there how far it is: a line for each tenth.
    """
    if not sys.stderr.isatty():
        yield _by_tenths(what) if in_a_log else None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _by_tenths(what: str) -> Callable[[int, int], None]:
    said = (0, 0)  # the tenth, and of how many: what comes next begins anew

    def tell(done: int, total: int) -> None:
        nonlocal said
        stands = (10 * done // total if total else 0, total)
        if stands[0] and stands != said:
            say(f"{what}: {done:,} of {total:,}.")
        said = stands

    return tell
