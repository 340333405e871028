"""Participation as CSV: the columns of the bundled record, one row a State; as strict as the XML.

Rows are counted as a spreadsheet counts them. What a spreadsheet leaves empty is nothing: a row of commas, a column
without title and entries. A date may be known to the month or year.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refusal, refusal
from sources.documents import refuse_other_kinds, refuse_oversize
from sources.participation import MAX_BYTES, MAX_ROWS, Act, Findings, Table, TableRefused
from sources.roll import Roll
from sources.rows import COLUMNS, Row
from sources.states import Register, shortened

_MOST_NAMED = 20  # of unknown columns, in one sentence
_LONGEST_LINE = 20_000  # bytes; the longest note on record has some hundreds
_MOST_LINES = 1_048_576  # of a spreadsheet, most of them empty
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_Line = tuple[int, list[str]]  # with its number


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
    (_, titles), *lines = list(_lines(data)) or [(1, [""])]
    _check_titles([title for title in titles if title], findings)
    if not lines:
        findings.add(refusal("no_rows_below_titles"))
    if sorted(title for title in titles if title in COLUMNS) != sorted(COLUMNS):
        findings.refuse_if_any()  # without each of its columns once no row can be read
    acts = tuple(_read_rows(titles, lines, Roll(register, findings), findings))
    findings.refuse_if_any(acts)
    return Table(treaty=treaty, source=source, acts=acts, published=published)


def _lines(data: bytes) -> Iterator[_Line]:
    """Yield the lines that hold anything, each with its number and its entries."""
    if b"\r" in data and b"\n" not in data:
        raise TableRefused(refusal("csv_ends_lines_as_old_macs"))
    reader = csv.reader(_decoded(data), strict=True)
    found = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if any(entries := [cell.strip() for cell in cells]):
                found += 1
                yield number, entries
            if found > MAX_ROWS + 1 or number > _MOST_LINES:
                raise TableRefused(refusal("too_many_rows", most=f"{MAX_ROWS:,}"))
    except csv.Error as wrong:
        raise TableRefused(_why(wrong, reader.line_num)) from None


def _why(wrong: csv.Error, line: int) -> Refusal:
    if "new-line" in str(wrong):
        return refusal("csv_breaks_a_line", line=line)
    return refusal("csv_not_well_formed", line=line)


def _decoded(data: bytes) -> Iterable[str]:
    """Return the lines as text; one that is too long, not UTF-8 or no text refuses the file."""
    for number, line in enumerate(io.BytesIO(data.removeprefix(b"\xef\xbb\xbf")), start=1):
        if len(line) > _LONGEST_LINE:
            raise TableRefused(refusal("line_too_long", line=number, most=f"{_LONGEST_LINE:,}"))
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            raise TableRefused(refusal("csv_not_utf8", line=number)) from None
        if stray := _NO_TEXT.search(line):
            raise TableRefused(refusal("csv_holds_a_stray_byte", line=number, byte=f"{stray[0][0]:02X}"))
        yield text


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


def _read_rows(titles: Sequence[str], lines: Sequence[_Line], roll: Roll, findings: Findings) -> Iterable[Act]:
    for number, cells in lines:
        if len(cells) < len(titles) or any(cells[len(titles) :]):
            findings.add(refusal("entries_beside_columns", entries=len(cells), columns=len(titles)), number)
            continue
        if untitled := next((cell for title, cell in zip(titles, cells, strict=False) if cell and not title), ""):
            findings.add(refusal("entry_without_a_title", entry=shortened(untitled)), number)
        row = Row(number, {title: cell for title, cell in zip(titles, cells, strict=False) if title}, findings)
        yield from row.acts(roll)
