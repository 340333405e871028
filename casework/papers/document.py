"""A paper as it is, whatever it is written in: its head, its sections with numbered paragraphs, tables and charts.

Holds what is printed and nothing else: no fact, no row, no number of a person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

Cell = str | int


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph, numbered through the paper. `lead` begins it in italics; `points` stand below it, with letters."""

    text: str
    lead: str = ""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A table with its caption; the last row is a sum where `has_sum`."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    has_sum: bool = False

    @property
    def counts(self) -> bool:
        """Tell whether its cells are numbers but for the first of each row."""
        return all(isinstance(cell, int) for row in self.rows for cell in row[1:])


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """One kind of bar: what it is, and how long it is for each label."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Bars for each label: one series stands upright, several lie in one bar one after the other."""

    caption: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]

    @property
    def stands(self) -> bool:
        """Tell whether the bars stand upright."""
        return len(self.series) == 1

    def in_words(self) -> str:
        """Say what it shows, for whoever does not see it."""
        bars = (
            f"{label}: {', '.join(f'{one.name} {one.values[place]}' for one in self.series)}"
            for place, label in enumerate(self.labels)
        )
        return f"{self.caption}: {'; '.join(bars)}"


Block = Paragraph | Table | Chart


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section: its heading, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """A paper, ready to be written. `foot` stands on every page: who may hold it, and as of when it is.

    `left` and `right` are the two columns of its head, `marks` what is said above everything else.
    `lists` are tables of what its paragraphs say: a workbook has them, where they would be said twice elsewhere.
    """

    language: str
    direction: str
    masthead: str
    symbol: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    title: str
    subtitle: str
    marks: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    notes_heading: str
    foot: str
    on: date
    known: date
    lists: tuple[Table, ...] = ()

    def numbered(self) -> Iterator[tuple[Section, list[tuple[int, Block]]]]:
        """Yield each section with its blocks; a paragraph has its number in the paper, all else 0."""
        number = 0
        for section in self.sections:
            blocks = []
            for block in section.blocks:
                if isinstance(block, Paragraph):
                    number += 1
                blocks.append((number if isinstance(block, Paragraph) else 0, block))
            yield section, blocks

    def tables(self) -> tuple[Table, ...]:
        """Return its tables, as a workbook has them."""
        blocks = (block for section in self.sections for block in section.blocks)
        return (*(block for block in blocks if isinstance(block, Table)), *self.lists)


def letter(place: int) -> str:
    """Return the letter of a point: a to z, then aa to zz."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + "abcdefghijklmnopqrstuvwxyz"[last]


def roman(number: int) -> str:
    """Return a number as sections bear it."""
    signs = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    written = ""
    for value, sign in signs:
        while number >= value:
            written, number = written + sign, number - value
    return written
