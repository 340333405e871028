"""Participation as CSV: the columns of the bundled record, one row a State; as strict as the XML.

Rows are counted as a spreadsheet counts them, titles first. A date may be known to the month or year.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

from pathways.grammar.facts import SourceKind
from sources.documents import refuse_other_kinds, refuse_oversize
from sources.participation import MAX_BYTES, MAX_ROWS, Act, Findings, Table, TableRefused
from sources.roll import Roll
from sources.rows import COLUMNS, Row
from sources.states import Register, shortened

_MOST_NAMED = 20  # of unknown columns, in one sentence
_LONGEST_LINE = 20_000  # bytes; the longest note on record has some hundreds


def parse_csv(
    data: bytes,
    *,
    treaty: str,
    register: Register,
    source: SourceKind = SourceKind.DEPOSITARY,
    max_bytes: int = MAX_BYTES,
    published: date | None = None,
) -> Table:
    """Read a table of acts about one treaty; TableRefused lists every fault."""
    refuse_oversize(data, max_bytes)
    refuse_other_kinds(data)
    findings = Findings()
    first, *lines = _lines(data)
    titles = [title.strip() for title in first]
    _check_titles(titles, findings)
    if not any(lines):
        findings.add("The file has no rows below its titles.")
    findings.refuse_if_any()  # without its columns no row can be read
    acts = tuple(_read_rows(titles, lines, Roll(register, findings), findings))
    findings.refuse_if_any()
    return Table(treaty=treaty, source=source, acts=acts, published=published)


def _lines(data: bytes) -> list[list[str]]:
    reader = csv.reader(_decoded(data), strict=True)
    try:
        lines = list(islice(reader, MAX_ROWS + 2))
    except csv.Error as wrong:
        raise TableRefused(f"The file is not well-formed CSV (line {reader.line_num}: {wrong}).") from None
    if len(lines) > MAX_ROWS + 1:
        raise TableRefused(f"The file has more than {MAX_ROWS:,} rows; there are not that many States.")
    return lines


def _decoded(data: bytes) -> Iterable[str]:
    """Return the lines as text; one that is too long or not UTF-8 refuses the file."""
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if len(line) > _LONGEST_LINE:
            raise TableRefused(f"Line {number} has more than {_LONGEST_LINE:,} bytes; that is no row of a table.")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise TableRefused(f"The file is not UTF-8 (line {number}); save it as CSV in UTF-8.") from None


def _check_titles(titles: Sequence[str], findings: Findings) -> None:
    """Note every column that is unknown, missing, or there twice."""
    if len(titles) == 1 and ";" in titles[0]:
        findings.add("The columns are separated by semicolons; save the file with commas.")
        return
    if not set(titles) & set(COLUMNS):
        findings.add("This is neither the depositary's XML nor a CSV with the columns of the record.")
    if unknown := [f"“{shortened(title)}”" for title in titles if title not in COLUMNS]:
        findings.add(f"Columns that this reader does not know: {', '.join(unknown[:_MOST_NAMED])}.")
    if missing := [column for column in COLUMNS if column not in titles]:
        findings.add(f"Columns are missing: {', '.join(missing)}.")
    if twice := [column for column in COLUMNS if titles.count(column) > 1]:
        findings.add(f"Columns stand there twice: {', '.join(twice)}.")


def _read_rows(titles: Sequence[str], lines: Sequence[Sequence[str]], roll: Roll, findings: Findings) -> Iterable[Act]:
    for number, cells in enumerate(lines, start=2):
        if not cells:
            continue  # a blank line; a spreadsheet counts it all the same
        if len(cells) != len(titles):
            findings.add(f"it has {len(cells)} entries, and the table {len(titles)} columns.", number)
        else:
            row = Row(number, dict(zip(titles, map(str.strip, cells), strict=True)), findings)
            yield from row.acts(roll)
