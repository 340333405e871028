"""A paper in plain text with Markdown's few signs: the same words as in Word, for whoever reads on a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casework.papers.document import Block, Cell, Chart, Paper, Paragraph, Table, letter, roman

_SIGNS = re.compile(r"([\\`*_\[\]<>|#])")


def as_markdown(paper: Paper) -> bytes:
    """Write a paper as Markdown; what a person wrote is never taken for a sign."""
    return ("\n\n".join(_parts(paper)) + "\n").encode("utf-8", "replace")


def _parts(paper: Paper) -> Iterator[str]:
    yield from (f"> {_plain(mark)}" for mark in paper.marks)
    yield "  \n".join(_plain(line) for line in (paper.masthead, paper.symbol, *paper.left, *paper.right) if line)
    yield f"# {_plain(paper.title)}"
    if paper.subtitle:
        yield f"**{_plain(paper.subtitle)}**"
    for place, (section, blocks) in enumerate(paper.numbered(), start=1):
        yield f"## {roman(place)}. {_plain(section.heading)}"
        for number, block in blocks:
            yield from _block(number, block)
    if paper.notes:
        yield f"## {_plain(paper.notes_heading)}"
        yield "\n".join(f"{number}. {_plain(note)}" for number, note in enumerate(paper.notes, start=1))
    yield f"---\n\n{_plain(paper.foot)}"


def _block(number: int, block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        lead = f"*{_plain(block.lead)}* " if block.lead else ""
        yield f"{number}. {lead}{_plain(block.text)}"
        if block.points:
            yield "\n".join(f"   ({letter(place)}) {_plain(point)}  " for place, point in enumerate(block.points))
    elif isinstance(block, Table):
        yield f"**{_plain(block.caption)}**"
        yield "\n".join(_table(block))
    elif isinstance(block, Chart):
        yield _plain(block.in_words())


def _table(table: Table) -> Iterator[str]:
    yield _row(table.headings)
    lines = ("---", *("--:" if table.counts else "---" for _ in table.headings[1:]))
    yield f"|{'|'.join(lines)}|"
    yield from map(_row, table.rows)


def _row(cells: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(_plain(str(cell)) for cell in cells) + " |"


def _plain(text: str) -> str:
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
