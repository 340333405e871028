"""Status files made for tests: the depositary's form, in English and French, whole and broken."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from pathways.grammar.refusals import Refusal
from sources.participation import Table, TableRefused
from sources.reading import read_table
from sources.states import load_register

TITLES = ("Arms Trade Treaty", "Traité sur le commerce des armes")
HEADER = (
    "Participant",
    "Signature",
    "Provisional application under article 23(n)",
    "Approval(AA), Acceptance(A), Accession(a), Ratification",
)
HEADER_FR = (
    "Participant",
    "Signature",
    "Application provisoire conformément à l'article 23(n)",
    "Approbation(AA), Acceptation(A), Adhésion(a), Ratification",
)
ALBANIA = ("Albania", " 3 Jun\t 2013 ", "", "19 Mar\t 2014 ")
CSV_TITLES = "iso3,name,signature_date,provisional_application_date,deposit_date,known_by,instrument,unconfirmed,note"

_DATA = Path(__file__).parent.parent / "data"
_FRENCH_MONTHS = dict(
    zip(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
        ["janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc"],
        strict=True,
    )
)


def the_file_of(day: str) -> bytes:
    """Return the depositary's table as it stood on 2019-08-30 or 2023-08-25."""
    return (_DATA / f"att_status_{day}.xml").read_bytes()


def a_status_file(
    *rows: Sequence[str],
    header: Sequence[str] = HEADER,
    title: str = TITLES[0],
    encoding: str = "ISO-8859-1",
    root: str = "MTDSG",
    signatories: str | None = None,
    after: str = "",
) -> bytes:
    """Make a status file; cells are given as they read, with their markup, and are escaped here."""
    stated = f"<Status><Signatories>{signatories}</Signatories></Status>" if signatories is not None else ""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<{root}><Treaty>'
        f"<ExternalData><Titlesect>{escape(title)}</Titlesect>{stated}</ExternalData>"
        f"<Participants><Table><TGroup><Thead>{_row(header)}</Thead>"
        f"<Tbody><Rows>{''.join(map(_row, rows))}</Rows></Tbody></TGroup></Table></Participants>"
        f"{after}</Treaty></{root}>"
    )
    return text.encode(encoding)


def _row(cells: Sequence[str]) -> str:
    entries = (f"<Entry>{escape(cell, quote=False)}</Entry>" if cell else "<Entry/>" for cell in cells)
    return f"<Row>{''.join(entries)}</Row>"


def in_french(data: bytes) -> bytes:
    """Translate one of the depositary's files: title, columns, names, months; in the order of the French."""
    text = data.decode("iso-8859-1").replace(TITLES[0], TITLES[1])
    for english, french in zip(HEADER, HEADER_FR, strict=True):
        text = text.replace(f"<Entry>{english}</Entry>", f"<Entry>{french}</Entry>")
    body = re.search(r"<Rows>(.*)</Rows>", text, re.DOTALL)
    assert body is not None
    rows = sorted(map(_row_in_french, re.findall(r"<Row>.*?</Row>", body[1])))
    return text.replace(body[1], "\n".join(rows)).encode("iso-8859-1")


def _row_in_french(row: str) -> str:
    name = re.match(r"<Row><Entry>([^&<]*)", row)
    assert name is not None
    french = next(iter(load_register().named(name[1]))).names["fr"]
    months = re.compile(r"\b([A-Z][a-z]{2})(?=\t)")
    return months.sub(lambda m: _FRENCH_MONTHS[m[1]], row.replace(name[1], french, 1))


def a_csv(*rows: str, titles: str = CSV_TITLES) -> bytes:
    """Make a participation CSV."""
    return "\n".join((titles, *rows, "")).encode()


def read(data: bytes) -> Table:
    """Read a file about the Arms Trade Treaty with the bundled register."""
    return read_table(data, titles=TITLES, register=load_register())


def refusal(data: bytes) -> TableRefused:
    """Return the refusal of a file; fail if the file is taken in."""
    try:
        table = read(data)
    except TableRefused as refused:
        return refused
    raise AssertionError(f"taken in, with {len(table.acts)} acts")


def codes(refused: TableRefused) -> list[str]:
    """Return what is wrong with a file, fault by fault, without where."""
    return [_inmost(fault.why).code for fault in refused.faults]


def _inmost(why: Refusal) -> Refusal:
    inside = why.values.get("why")
    return _inmost(inside) if isinstance(inside, Refusal) else why
