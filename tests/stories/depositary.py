"""The depositary's table as it stood on a day, made from the bundled record: CSV, or XML in the depositary's own form.

A story changes single entries of it; those are examples.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date

from pathways.grammar.dates import PartialDate
from sources.records import record_file
from tests.sources.files import CSV_TITLES, a_status_file

Row = dict[str, str]

_COLUMNS = CSV_TITLES.split(",")
_DATES = ("signature_date", "provisional_application_date", "deposit_date")
_CODES = {"Ratification": "", "Acceptance": "A", "Approval": "AA", "Accession": "a"}


def as_csv(day: str, **changed: Mapping[str, str]) -> bytes:
    """Return the table of a day; `GMB={"deposit_date": "2024-06-11"}` changes an entry."""
    lines = [_COLUMNS, *([row[column] for column in _COLUMNS] for row in _rows(day, changed))]
    return "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()


def as_xml(day: str, **changed: Mapping[str, str]) -> bytes:
    """Return the table of a day in the depositary's own form; every date in it is a day."""
    return a_status_file(*(_cells(row) for row in _rows(day, changed)))


def _rows(day: str, changed: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """Yield the rows of all who had signed or deposited by the day; what is changed stands whatever its date."""
    for row in csv.DictReader(record_file("att_participation.csv").decode().splitlines()):
        stood = {**_by(date.fromisoformat(day), row), **changed.get(row["iso3"], {})}
        marked = [column for column in stood["unconfirmed"].split() if stood[column]]
        if any(stood[column] for column in _DATES):
            yield stood | {"unconfirmed": " ".join(marked), "note": ""}


def _by(day: date, row: Row) -> Row:
    dates = {column: row[column] if row[column] and _counts_from(row, column) <= day else "" for column in _DATES}
    deposited = {} if dates["deposit_date"] else {"instrument": "", "known_by": ""}
    return row | dates | deposited


def _counts_from(row: Row, column: str) -> date:
    return date.fromisoformat(row["known_by"]) if row["known_by"] else PartialDate.parse(row[column]).last


def _cells(row: Row) -> tuple[str, str, str, str]:
    signed, applied, deposited = (_written(row[column]) for column in _DATES)
    return (
        row["name"],
        signed,
        f"{applied}n" if applied else "",
        f"{deposited}{_CODES[row['instrument']]}" if deposited else "",
    )


def _written(day: str) -> str:
    """Write a day as the depositary does: ` 3 Jun<TAB> 2013 `."""
    return f"{date.fromisoformat(day):%e %b\t %Y} " if day else ""
