"""The depositary's status file: XML of *Multilateral Treaties Deposited with the Secretary-General*.

Reads the table of participants and nothing else: the sections after it have no fixed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from xml.etree.ElementTree import Element

from pathways.grammar.dates import NotADate, PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import refusal
from sources.cells import LONGEST, plain, read_date
from sources.columns import TableColumn, UnknownCode, read_columns
from sources.documents import read_xml, refuse_other_kinds, refuse_oversize
from sources.participation import MAX_BYTES, MAX_ROWS, Act, Findings, Table, TableRefused
from sources.roll import Roll
from sources.states import Register, fold, shortened

_NOTE_TAGS = ("superscript", "sup")


def parse_mtdsg(
    data: bytes,
    *,
    titles: Sequence[str],
    register: Register,
    max_bytes: int = MAX_BYTES,
    published: date | None = None,
) -> Table:
    """Read the status file of the treaty with one of these titles; TableRefused lists every fault."""
    refuse_oversize(data, max_bytes)
    refuse_other_kinds(data)
    root = read_xml(data)
    _refuse_other_treaties(root, titles)
    group = _the_table(root)
    findings = Findings()
    columns = read_columns(_texts(group.findall("{*}Thead/{*}Row/{*}Entry")), findings)
    findings.refuse_if_any()  # without its columns no row can be read
    rows = group.findall("{*}Tbody/{*}Rows/{*}Row")
    acts = tuple(_read_rows(rows, columns, Roll(register, findings), findings))
    findings.refuse_if_any(acts)
    return Table(treaty=titles[0], source=SourceKind.DEPOSITARY, acts=acts, published=published)


def _refuse_other_treaties(root: Element, titles: Sequence[str]) -> None:
    found = root.find(".//{*}Titlesect")
    title = plain(_text(found)[:LONGEST]) if found is not None else ""
    if not title:
        raise TableRefused(refusal("table_of_no_treaty", expected=titles[0]))
    if fold(title) not in map(fold, titles):
        raise TableRefused(refusal("table_of_another_treaty", title=shortened(title, 100), expected=titles[0]))


def _the_table(root: Element) -> Element:
    parts = root.findall(".//{*}Participants")
    groups = [group for part in parts for group in part.iterfind(".//{*}TGroup")]
    if not groups:
        raise TableRefused(refusal("no_table_of_participants"))
    if len(groups) > 1:
        raise TableRefused(refusal("tables_of_participants", count=len(groups)))
    return groups[0]


def _read_rows(
    rows: Sequence[Element], columns: Sequence[TableColumn], roll: Roll, findings: Findings
) -> Iterable[Act]:
    if not rows:
        findings.add(refusal("no_participants"))
    if len(rows) > MAX_ROWS:
        findings.add(refusal("too_many_participants", count=len(rows)))
        return
    for number, row in enumerate(rows, start=1):
        cells = _texts(row.findall("{*}Entry"))
        if len(cells) != len(columns):
            findings.add(refusal("entries_beside_columns", entries=len(cells), columns=len(columns)), number)
        elif max(map(len, cells)) > LONGEST:
            findings.add(refusal("entry_too_long", most=LONGEST), number)
        else:
            yield from _read_row(list(zip(columns, map(plain, cells), strict=True)), number, roll, findings)


def _read_row(cells: Sequence[tuple[TableColumn, str]], number: int, roll: Roll, findings: Findings) -> Iterable[Act]:
    """Read one participant's acts; its dates are checked even where nobody knows the participant."""
    name = next(text for column, text in cells if column.tells is None)
    state = roll.call(name, number)
    for column, text in cells:
        try:
            act = _read_act(column, text, state.iso3 if state else "", number)
        except (NotADate, UnknownCode) as wrong:
            for why in wrong.refusals:
                findings.add(why, number, shortened(name))
        else:
            yield from [act] if act else []


def _read_act(column: TableColumn, text: str, iso3: str, number: int) -> Act | None:
    cell = read_date(text) if column.tells else None
    if column.tells is None or cell is None:
        return None
    return Act(
        state=iso3,
        kind=column.tells,
        effective=PartialDate.of(cell.day),
        instrument=column.instrument(cell.code),
        in_brackets=cell.in_brackets,
        row=number,
    )


def _texts(entries: Iterable[Element]) -> list[str]:
    return [_text(entry) for entry in entries]


def _text(entry: Element) -> str:
    """Return the text of an entry; markup is escaped there, but real note marks are left out too."""
    pieces = [entry.text or ""]
    for child in entry:
        pieces += [] if _is_note_mark(child) else child.itertext()
        pieces.append(child.tail or "")
    return "".join(pieces)


def _is_note_mark(child: Element) -> bool:
    return str(child.tag).rpartition("}")[2].lower() in _NOTE_TAGS
