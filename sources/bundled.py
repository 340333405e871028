"""The bundled participation as a table: what a new record starts from.

Its facts are the record's word, not the depositary's, until a file of the depositary confirms them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import replace

from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from pathways.grammar.refusals import Refused, refusal
from sources.participation import Act, ActKind, Table
from sources.records import record_file
from sources.states import load_register
from sources.table_csv import parse_csv


class NoRecord(Refused, LookupError):
    """Nothing is bundled for this treaty."""


def load_participation(treaty: str) -> Table:
    """Return what the record holds of a treaty, named by its key: participation, then declarations."""
    try:
        participation, declarations = (
            record_file(f"{treaty}_{part}.csv") for part in ("participation", "declarations")
        )
    except FileNotFoundError:
        raise NoRecord(refusal("no_bundled_record", treaty=treaty)) from None
    table = parse_csv(participation, treaty=treaty, register=load_register(), source=SourceKind.RECORD)
    rows = csv.DictReader(declarations.decode().splitlines())
    declared = tuple(_declaration(row, number) for number, row in enumerate(rows, start=2))
    return replace(table, acts=table.acts + declared)


def _declaration(row: Mapping[str, str], number: int) -> Act:
    return Act(
        state=row["iso3"],
        kind=ActKind(row["kind"]),
        effective=PartialDate.parse(row["date"]),
        reference=row["reference"],
        unconfirmed=tuple(row["unconfirmed"].split()),
        note=row["note"],
        row=number,
    )
