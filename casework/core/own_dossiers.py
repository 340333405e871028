"""Own dossiers: each treaty that is opened in a record has one, for what is of no State. Made once, and empty."""

from __future__ import annotations

from collections.abc import Iterable

from casework.core.workspace import Workspace
from models.ledger import dossiers
from models.store import record_settings
from models.store.engine import Connection
from pathways.grammar.pathway import OF_NO_STATE, own_key
from pathways.grammar.stages import LegalStatus, Stage, Standing

_MADE = "own_dossier:"  # a setting for each treaty; what was made and is gone is missed by it


def make_own_dossier(workspace: Workspace, treaty: str) -> None:
    """Make a treaty's own dossier where this record has none yet."""
    if f"{_MADE}{treaty}" in workspace.kept:
        return
    with workspace.registry() as connection:
        make_own_dossiers_on(connection, [treaty])
    workspace.forget()


def make_own_dossiers_on(connection: Connection, treaties: Iterable[str]) -> None:
    """Make the own dossiers of treaties that have none yet; of two who come at once, one does."""
    new = [treaty for treaty in treaties if record_settings.keep_other(connection, f"{_MADE}{treaty}", "yes")]
    dossiers.add_dossiers(connection, [blank_dossier(own_key(treaty), OF_NO_STATE) for treaty in new])


def own_dossiers_gone(workspace: Workspace, connection: Connection) -> list[str]:
    """Return the keys of own dossiers that were made and are not there."""
    made = [own_key(key.removeprefix(_MADE)) for key in workspace.kept if key.startswith(_MADE)]
    return [key for key in made if dossiers.record_of(connection, key, OF_NO_STATE) is None]


def blank_dossier(treaty: str, state: str) -> dict[str, object]:
    """Return a dossier's row before its first fact."""
    return {
        "treaty": treaty,
        "state": state,
        "stage": Stage.OUTSIDE.value,
        "standing": Standing.OPEN.value,
        "legal_status": LegalStatus.NON_SIGNATORY.value,
        "entered_by": "",
        "version": 0,
        "head_seq": 0,
        "head_hash": "",
    }
