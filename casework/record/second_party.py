"""The second party: whoever outside the office gets the head of the newest seal each week, to prove by it later.

The letter goes the way of every other, and is decided once: with the day on which it was.
"""

from __future__ import annotations

from datetime import date, timedelta

from casework.core.workspace import Workspace
from casework.letters.seal_letters import write_seal_letter
from casework.people.persons import add_person
from models.runs import runs
from models.store import record_settings
from models.store.engine import Connection
from notifications.addresses import as_on_file
from pathways.grammar.clearance import OPERATOR

_EACH = timedelta(days=7)
_TOLD = "second_party_told"


def tell_the_second_party(workspace: Workspace) -> None:
    """Write the week's letter to whoever is configured, if it is due; call it once the seals are written for good."""
    if not workspace.settings.seals_to:
        return
    person = _second_party(workspace, as_on_file(workspace.settings.seals_to))
    with workspace.registry() as connection:
        last = runs.last_seal(connection)
        if last is None or not _is_due(workspace, connection, person):
            return
        write_seal_letter(workspace, connection, person, last)
        record_settings.keep(connection, _TOLD, f"{person} {workspace.today()}")


def _second_party(workspace: Workspace, address: str) -> int:
    """Return who is called by their address: the operator vouches for it, by having configured it."""
    return add_person(workspace, address, email=address, reader=OPERATOR)


def _is_due(workspace: Workspace, connection: Connection, person: int) -> bool:
    told, _, day = record_settings.all_settings(connection).get(_TOLD, "").partition(" ")
    return told != str(person) or workspace.today() - date.fromisoformat(day) >= _EACH
