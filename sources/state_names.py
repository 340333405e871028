"""Names of States with their days: what a State is called from one day to another, and who says so.

Days decide what a State is called, never whether a name is read: the depositary writes today's names into old tables,
and an old file has the names of its own day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from sources.records import record_file


@dataclass(frozen=True, kw_only=True, slots=True)
class DatedName:
    """A name that a State bears. With a `language` it is what the State is called there; without, a further name.

    `since` counts from its last possible day, as every date does; None: as long as anybody remembers. `until` is the
    last day; None: to this day.
    """

    iso3: str
    name: str
    source: SourceKind
    reference: str = ""
    language: str = ""
    since: PartialDate | None = None
    until: PartialDate | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether the State bears the name on a day."""
        return self._begins <= day and (self.until is None or day <= self.until.last)

    @property
    def _begins(self) -> date:
        return self.since.last if self.since else date.min


def called_on(names: Iterable[DatedName], day: date) -> dict[str, dict[str, str]]:
    """Return what States are called on a day, by State and language: of several names the one that came last."""
    found: dict[str, dict[str, str]] = {}
    for one in sorted(names, key=lambda one: one._begins):
        if one.language and one.holds_on(day):
            found.setdefault(one.iso3, {})[one.language] = one.name
    return found


@cache
def load_names() -> tuple[DatedName, ...]:
    """Return the names of the bundled record that have days of their own, or a source."""
    return tuple(map(_name, csv.DictReader(record_file("state_names.csv").decode().splitlines())))


def _name(row: Mapping[str, str]) -> DatedName:
    kind, _, reference = row["source"].partition(":")
    return DatedName(
        iso3=row["iso3"],
        name=row["name"],
        language=row["language"],
        since=PartialDate.parse(row["from"]) if row["from"] else None,
        until=PartialDate.parse(row["until"]) if row["until"] else None,
        source=SourceKind(kind),
        reference=reference,
    )
