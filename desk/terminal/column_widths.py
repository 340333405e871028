"""Column widths: how columns share a terminal's width, so that whole words are broken last. It prints nothing."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text


class FittingTable(Table):
    """A table whose long cells wrap between words, for as long as the terminal has room for words at all."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Share the width out, then print as any table."""
        room = options.max_width - 3 * len(self.columns) + 1  # edges, lines between, and a blank beside each
        wanted = [_widest(column, words=False) for column in self.columns]
        if 0 < room < sum(wanted):
            words = [_widest(column, words=True) for column in self.columns]
            for column, width in zip(self.columns, shares(wanted, words, room), strict=True):
                column.width = width
        yield from super().__rich_console__(console, options)


def shares(wanted: Sequence[int], words: Sequence[int], room: int) -> list[int]:
    """Return widths that fit the room: the widest columns give way first, down to their longest words and then below.

    No column falls below one character; where there is no room for that, the widths do not fit.
    """
    floors = list(words) if sum(words) <= room else [1] * len(words)
    most = list(wanted) if sum(words) <= room else list(words)
    cap = max(most, default=1)
    while cap > 1 and sum(_under(cap, most, floors)) > room:
        cap -= 1
    return _under(cap, most, floors)


def _under(cap: int, most: Sequence[int], floors: Sequence[int]) -> list[int]:
    return [max(floor, min(width, cap)) for width, floor in zip(most, floors, strict=True)]


def _widest(column: Column, *, words: bool) -> int:
    """Return how wide the longest line of a column is, or its longest word."""
    cells = [str(column.header), *(str(cell) for cell in column.cells if isinstance(cell, Text))]
    parts = (part for cell in cells for part in (cell.split() if words else cell.splitlines()))
    return max(map(cell_len, parts), default=1)
