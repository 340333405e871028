"""The register of a record: the bundled names of States and those the Secretariat has added, as on a day.

Asked anew wherever States are named, so that a name is known to every reader and process from the moment it was added.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from threading import Lock

from models.ledger import state_names
from models.ledger.state_names import AddedName
from models.store.engine import Connection
from pathways.grammar.dates import PartialDate
from pathways.grammar.facts import SourceKind
from sources.state_names import DatedName, load_names
from sources.states import Register, load_register

_MOST = 16  # days that somebody looked at lately
_one_at_a_time = Lock()


def register_of(connection: Connection, day: date) -> Register:
    """Return the States as they are called on a day; the very same object while no name has changed."""
    added = state_names.names(connection)  # few; neither their number nor the last one's tells that none is new
    with _one_at_a_time:
        return _called(day, added)


@lru_cache(_MOST)
def _called(day: date, added: tuple[AddedName, ...]) -> Register:
    return load_register().naming((*load_names(), *map(_dated, added)), day)


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
