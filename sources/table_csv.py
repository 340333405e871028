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
from pathways.grammar.refusals import refusal
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
        findings.add(refusal("no_rows_below_titles"))
    findings.refuse_if_any()  # without its columns no row can be read
    acts = tuple(_read_rows(titles, lines, Roll(register, findings), findings))
    findings.refuse_if_any()
    return Table(treaty=treaty, source=source, acts=acts, published=published)


def _lines(data: bytes) -> list[list[str]]:
    reader = csv.reader(_decoded(data), strict=True)
    try:
        lines = list(islice(reader, MAX_ROWS + 2))
    except csv.Error as wrong:
        raise TableRefused(refusal("csv_not_well_formed", line=reader.line_num, why=str(wrong))) from None
    if len(lines) > MAX_ROWS + 1:
        raise TableRefused(refusal("too_many_rows", most=f"{MAX_ROWS:,}"))
    return lines


def _decoded(data: bytes) -> Iterable[str]:
    """Return the lines as text; one that is too long or not UTF-8 refuses the file."""
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if len(line) > _LONGEST_LINE:
            raise TableRefused(refusal("line_too_long", line=number, most=f"{_LONGEST_LINE:,}"))
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            raise TableRefused(refusal("csv_not_utf8", line=number)) from None


def _check_titles(titles: Sequence[str], findings: Findings) -> None:
    """Note every column that is unknown, missing, or there twice."""
    if len(titles) == 1 and ";" in titles[0]:
        findings.add(refusal("semicolons_for_commas"))
        return
    if not set(titles) & set(COLUMNS):
        findings.add(refusal("no_columns_of_the_record"))
    if unknown := tuple(f"“{shortened(title)}”" for title in titles if title not in COLUMNS):
        findings.add(refusal("unknown_columns", columns=unknown[:_MOST_NAMED]))
    if missing := tuple(column for column in COLUMNS if column not in titles):
        findings.add(refusal("columns_missing", columns=missing))
    if twice := tuple(column for column in COLUMNS if titles.count(column) > 1):
        findings.add(refusal("columns_twice", columns=twice))


def _read_rows(titles: Sequence[str], lines: Sequence[Sequence[str]], roll: Roll, findings: Findings) -> Iterable[Act]:
    for number, cells in enumerate(lines, start=2):
        if not cells:
            continue  # a blank line; a spreadsheet counts it all the same
        if len(cells) != len(titles):
            findings.add(refusal("entries_beside_columns", entries=len(cells), columns=len(titles)), number)
        else:
            row = Row(number, dict(zip(titles, map(str.strip, cells), strict=True)), findings)
            yield from row.acts(roll)
