"""The bundled meetings of a treaty: what is known of them from public sources, each with its own.

Data that a Secretariat edits once it is on file: that a meeting was webcast is often our reading of the practice, and
its source says so.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pathways.grammar.dates import PartialDate
from sources.records import record_file


@dataclass(frozen=True, kw_only=True, slots=True)
class BundledMeeting:
    """A meeting of the bundled record."""

    meeting: str
    kind: str
    title: str
    starts: PartialDate
    ends: PartialDate
    place: str
    is_webcast: bool
    documents_by: date | None
    source: str
    is_unconfirmed: bool


def load_meetings(treaty: str) -> tuple[BundledMeeting, ...]:
    """Return the meetings that are bundled for a treaty; none where nothing is."""
    try:
        text = record_file(f"{treaty}_meetings.csv").decode()
    except FileNotFoundError:
        return ()
    return tuple(map(_meeting, csv.DictReader(text.splitlines())))


def _meeting(row: Mapping[str, str]) -> BundledMeeting:
    return BundledMeeting(
        meeting=row["meeting"],
        kind=row["kind"],
        title=row["title"],
        starts=PartialDate.parse(row["from"]),
        ends=PartialDate.parse(row["until"]),
        place=row["place"],
        is_webcast=row["access"] == "webcast",
        documents_by=date.fromisoformat(row["documents_by"]) if row["documents_by"] else None,
        source=row["source"],
        is_unconfirmed=row["unconfirmed"] == "unconfirmed",
    )
