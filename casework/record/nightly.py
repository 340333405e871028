"""The nightly backup: made, brought back in a scratch folder and verified there, and only then are older ones cleared.

What is encrypted to others is encrypted to a passing key besides, which this run alone holds: so the very file that is
kept is the one that was proven.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from casework.core.leases import leased
from casework.core.workspace import Workspace
from casework.record import empty_home
from casework.record.backup import BackedUp, back_up
from casework.record.backup_folder import clear_away, forget_the_killed, next_name, unproven
from casework.record.encryption import Identity, passing_key, recipients_of
from casework.record.restore import Restored, restore
from casework.record.unfinished import give_name
from models.store import record_settings
from models.store.engine import Store
from pathways.grammar.refusals import Remark, remark

BACKUP = "backup"
_LAST = "last_backup"
_SCRATCH = ".rehearsal-"


@dataclass(frozen=True, kw_only=True, slots=True)
class Proven:
    """A backup that was made and brought back: the file, what came back, and how many older ones went."""

    made: BackedUp
    restored: Restored
    cleared: int


@dataclass(frozen=True, kw_only=True, slots=True)
class LastBackup:
    """The last backup that was proven."""

    at: datetime
    file: str
    size: int  # bytes
    facts: int


def back_up_and_prove(workspace: Workspace, *, run: str) -> Proven:
    """Make a backup and bring it back elsewhere; NotBackedUp or NotWhole, and then every older one is still there.

    Until it is proven it is called so that it counts as none: also where this is killed.
    """
    with leased(workspace, BACKUP, run) as beat:

        def alive(*_: int) -> None:
            with workspace.registry() as connection:
                beat(connection)

        made, restored = proven(workspace, next_name(workspace), alive, alive)
        _note(workspace, made)
        cleared = clear_away(workspace)
    return Proven(made=made, restored=restored, cleared=len(cleared))


def proven(
    workspace: Workspace, file: Path, alive: Callable[[], None], progress: Callable[[int, int], None] | None
) -> tuple[BackedUp, Restored]:
    """Make a backup and bring it back elsewhere, under this program's schema; it has its name only then."""
    forget_the_killed(workspace)
    waiting, key = _made(workspace, unproven(file), alive)
    restored = _brought_back(workspace, waiting.file, key, progress)
    give_name(waiting.file, file)
    return replace(waiting, file=file), restored


def last_backup(workspace: Workspace) -> LastBackup | None:
    """Return the last backup that was proven, wherever it is by now."""
    kept = workspace.forget().get(_LAST)
    if kept is None:
        return None
    said = json.loads(kept)
    return LastBackup(at=datetime.fromisoformat(said.pop("at")), **said)


def result_of(proven: Proven) -> Remark:
    """Say what a nightly backup came to."""
    made, lost = proven.made, len(proven.made.lost)
    if lost:
        return remark("backed_up_without_files", facts=made.facts, dossiers=made.dossiers, files=made.files, lost=lost)
    return remark("backed_up", facts=made.facts, dossiers=made.dossiers, files=made.files)


def _made(workspace: Workspace, file: Path, alive: Callable[[], None]) -> tuple[BackedUp, list[Identity]]:
    recipients = recipients_of(workspace.settings.backup_recipients.split(","))
    if not recipients:
        return back_up(workspace, file, alive=alive), []
    key, own = passing_key()
    return back_up(workspace, file, recipients=[*recipients, own], alive=alive), [key]


def _brought_back(
    workspace: Workspace, file: Path, key: list[Identity], progress: Callable[[int, int], None] | None
) -> Restored:
    with _scratch(workspace) as home:
        settings = workspace.settings.model_copy(update={"home": home, "database_url": ""})
        with closing(Workspace(settings, Store(settings.url), workspace.clock, workspace.pathway)) as elsewhere:
            return restore(elsewhere, file, identities=key, by="system:backup", progress=progress)


@contextmanager
def _scratch(workspace: Workspace) -> Iterator[Path]:
    """Yield an empty folder that is the owner's alone; those that a killed run left go first."""
    home = workspace.settings.home
    empty_home.forget_the_killed(home)
    for left in home.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    place = Path(mkdtemp(prefix=_SCRATCH, dir=home))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _note(workspace: Workspace, made: BackedUp) -> None:
    said = {"at": workspace.clock.now().isoformat(), "file": str(made.file), "size": made.size, "facts": made.facts}
    with workspace.registry() as connection:
        record_settings.keep(connection, _LAST, json.dumps(said))
