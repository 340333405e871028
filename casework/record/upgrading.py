"""Upgrade: a record of an older program is brought up to this one's schema, or is left exactly as it was.

First a backup is made and brought back in a scratch folder: a copy goes the whole way up and is verified there. Then
the record goes it, in one transaction that is committed only if chains, replay, seals and guards hold and every fact is
the one it was. So whatever fails, and whoever is killed, the record is of the one schema or of the other, and whole.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from uuid import uuid4

from casework.core.leases import leased
from casework.core.own_dossiers import make_own_dossiers_on
from casework.core.workspace import Workspace
from casework.record.audit import Progress, verify
from casework.record.backup import BackedUp, ledger_of
from casework.record.backup_folder import next_name
from casework.record.bringing_back import differences_in
from casework.record.counting_anew import count_anew
from casework.record.manifest import Ledger
from casework.record.nightly import BACKUP, proven
from models.people import people
from models.runs import runs, sweep_parts
from models.store.engine import Connection, Store
from models.store.one_connection import OneConnection
from models.store.schema import migrate_on
from pathways.grammar.refusals import Refused, Remark, refusal, remark

Says = Callable[[Remark], None]


class NotUpgraded(Refused):
    """The record was not brought up; it is as it was."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Upgraded:
    """What an upgrade did: the program it was for, the schemas, the backup made before, and what was verified."""

    program: str
    came_from: str
    schema: str
    backup: Path | None  # None where there was nothing to do
    dossiers: int
    facts: int


def upgrade(
    workspace: Workspace, *, by: str = "operator", says: Says = lambda _: None, progress: Progress | None = None
) -> Upgraded:
    """Bring the record up to this program's schema, after a backup that was proven; again, do nothing.

    NotUpgraded, NotBackedUp, NotWhole or whatever else goes wrong on the way: then the record is as it was.
    """
    stands = workspace.store.revision()
    if stands is None or stands >= workspace.store.schema:
        workspace.store.require()
        with workspace.reading() as connection:
            return _done(workspace, workspace.store.schema, None, ledger_of(connection))
    made = _backed_up(workspace, stands, says, progress)
    with workspace.store.upgrading() as connection:
        before = ledger_of(connection)
        migrate_on(connection, told=lambda to, n, of: says(remark("upgrade_steps_up", schema=to, number=n, total=of)))
        seen = _seen_on(workspace, connection)
        if anew := count_anew(seen, connection, came_from=stands, by=by):
            says(remark("upgrade_counts_anew", number=anew))
        says(remark("upgrade_verifies"))
        if progress is not None:
            progress(0, before.dossiers)
        _refuse_unlike(seen, connection, before, progress)
        make_own_dossiers_on(connection, seen.opened_with())
        _note(workspace, connection, by, stands)
    return _done(workspace, stands, made.file, before)


def _backed_up(workspace: Workspace, stands: str, says: Says, progress: Progress | None) -> BackedUp:
    """Back the record up as it is, and see that a copy comes the whole way up; nobody else is to be at work on it."""
    with (
        closing(Workspace(workspace.settings, _as_it_is(workspace, stands), workspace.clock, workspace.pathway)) as it,
        leased(it, BACKUP, f"upgrade-{uuid4().hex[:12]}") as beat,
    ):

        def alive(done: int = 0, total: int = 0) -> None:
            with it.registry() as connection:
                beat(connection)
            if progress is not None and total:
                progress(done, total)

        with it.reading() as connection:
            now, seconds = it.clock.now(), it.settings.lease_seconds
            at_work = runs.held(connection, now=now, seconds=seconds) - {BACKUP}
            if stands >= sweep_parts.SINCE:
                at_work |= sweep_parts.at_work(connection, now=now, seconds=seconds)
        if at_work:
            raise NotUpgraded(refusal("upgrade_beside_others", names=tuple(sorted(at_work))))
        says(remark("upgrade_backs_up", schema=stands, to=workspace.store.schema))
        made, _ = proven(it, next_name(it, by_hand=True), alive, alive)
        return made


def _as_it_is(workspace: Workspace, stands: str) -> Store:
    return Store(workspace.settings.url, stands)


def _seen_on(workspace: Workspace, connection: Connection) -> Workspace:
    """Return the record as a connection has it; seals that are kept elsewhere have nothing to do with an upgrade."""
    settings = workspace.settings.model_copy(update={"seals_folder": None})
    return Workspace(settings, OneConnection(workspace.store, connection), workspace.clock, workspace.pathway)


def _refuse_unlike(seen: Workspace, connection: Connection, before: Ledger, progress: Progress | None) -> None:
    """Refuse a record that does not verify under this schema, or whose facts are not those that they were.

    Files that were lost before have nothing to do with it.
    """
    differences = differences_in(verify(seen, progress=progress))
    if ledger_of(connection) != before:
        differences.append("the heads of its chains are not those of before")
    if differences:
        raise NotUpgraded(refusal("upgraded_does_not_verify", number=len(differences), first=differences[0]))


def _note(workspace: Workspace, connection: Connection, by: str, stands: str) -> None:
    now, schema = workspace.clock.now(), workspace.store.schema
    people.audit(connection, at=now, actor=by, what="upgraded", row="record", came_from=stands, schema=schema)


def _done(workspace: Workspace, stands: str, backup: Path | None, ledger: Ledger) -> Upgraded:
    return Upgraded(
        program=version("accede"),
        came_from=stands,
        schema=workspace.store.schema,
        backup=backup,
        dossiers=ledger.dossiers,
        facts=ledger.facts,
    )
