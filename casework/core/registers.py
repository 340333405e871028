"""The register of a record: the bundled names of States and those the Secretariat has added, as on a day.

Asked anew wherever States are named, so that a name is known to every reader and process from the moment it was added.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from threading import Lock

from models.ledger import state_names
from models.ledger.state_names import AddedName
from models.store.engine import Connection
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from sources.state_names import DatedName, load_names
from sources.states import Register, load_register

_MOST = 16  # days that somebody looked at lately


class Registers:
    """The registers of one record, each made anew only when a name was added or taken back."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[date, tuple[AddedName, ...]], Register] = OrderedDict()
        self._lock = Lock()

    def of(self, connection: Connection, day: date) -> Register:
        """Return the States as they are called on a day; the very same object while no name has changed."""
        added = state_names.names(connection)  # few; neither their number nor the last one's tells that none is new
        key = (day, added)
        with self._lock:
            kept = self._kept.get(key)
            if kept is None:
                kept = self._kept[key] = load_register().naming((*load_names(), *map(_dated, added)), day)
            self._kept.move_to_end(key)
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return kept


def _dated(added: AddedName) -> DatedName:
    return DatedName(
        iso3=added.state,
        name=added.name,
        language=added.language,
        since=PartialDate.of(added.starts_on),
        until=PartialDate.of(added.ends_on) if added.ends_on else None,
        source=SourceKind(added.source),
        reference=added.reference,
    )
