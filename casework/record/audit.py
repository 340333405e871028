"""The audit: the chain of every dossier, the replay of its facts into its row, its files, and a seal over all heads."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from casework.access.sessions import forget_the_old
from casework.core.commit import projection
from casework.core.garbage import uncollected
from casework.core.leases import leased
from casework.core.own_dossiers import own_dossiers_gone
from casework.core.workspace import Workspace
from casework.files.attachments import clear_away
from casework.files.integrity import FileCheck, Lost, still_lost
from casework.record.audit_result import places_of, result_of
from casework.record.seals import (
    broken_seals,
    keep_seals,
    keep_seals_elsewhere,
    last_head,
    seal,
    settled_by,
    unlike_the_kept,
    unlike_what_was_sealed,
)
from casework.record.second_party import tell_the_second_party
from casework.runs.results import note_failed_run
from models.ledger import contents, guards, verification
from models.ledger.dossiers import Record
from models.ledger.every_dossier import facts_and_links, pages
from models.ledger.heads import heads
from models.people import erasure
from models.runs import health, runs
from models.store.engine import Connection
from pathways import pathways
from pathways.grammar.agenda import next_due_on
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import Pathway, which_dossier
from pathways.grammar.projection import may_differ, project
from pathways.grammar.refusals import Remark

AUDIT = "audit"
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verified:
    """What the ledger says of itself and of the files that its facts refer to; empty lists are good."""

    facts: int
    dossiers: int
    chain: tuple[str, ...]
    replay: tuple[str, ...]
    files: tuple[str, ...]
    seals: tuple[str, ...]  # made and gone, made anew, or of a ledger that was another
    guards: tuple[str, ...]  # what keeps the ledger append-only and is not in place
    purged: int = 0  # facts whose words or file were deleted for good
    erased: int = 0  # persons of whom nothing but a number is kept

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing differs."""
        return self.is_whole and not self.files and not self.guards

    @property
    def is_whole(self) -> bool:
        """Tell whether the ledger itself holds, so that it can be sealed: also without a file or a guard."""
        return not self.chain and not self.replay and not self.seals


@dataclass(frozen=True, kw_only=True, slots=True)
class Audited:
    """What the nightly audit found."""

    verified: Verified
    sealed: bool
    oldest_unsent: datetime | None
    orphaned_mandates: tuple[int, ...]
    head: str = ""  # of the newest seal, as others keep it
    not_kept: Remark | None = None  # why the seal is not kept elsewhere, where it should be
    is_training: bool = False

    @property
    def is_sound(self) -> bool:
        """Tell whether nothing differs, and the seal is wherever it is to be kept."""
        return self.verified.is_sound and self.not_kept is None


def verify(workspace: Workspace, *, progress: Progress | None = None, since: str | None = None) -> Verified:
    """Check every chain, replay every dossier and look at every fact's file; each difference is a sentence.

    With the head of a seal that somebody kept elsewhere, prove too that nothing has changed of what it sealed.
    """
    with workspace.reading() as connection:
        check = _Check(workspace, connection, progress)
        for records, unreadable in pages(connection):
            check.chain += unreadable
            with uncollected():
                check.look_at(records)
        unguarded = [f"the trigger {name} is gone or was changed" for name in guards.missing_triggers(connection)]
        unlike = [f"seal {number}: {wrong}" for number, wrong in unlike_the_kept(workspace, connection)]
        by = settled_by(workspace)
        asked = () if since is None else unlike_what_was_sealed(connection, since, by)
        seals = (*broken_seals(connection, by), *unlike, *asked)
        chain = (*check.chain, *_missing(workspace, connection))
        purged, gone = contents.count_purged(connection), len(erasure.erased(connection))
    return Verified(
        facts=check.facts,
        dossiers=check.dossiers,
        chain=chain,
        replay=tuple(check.replay),
        files=still_lost(workspace, check.lost),
        seals=seals,
        guards=tuple(unguarded),
        purged=purged,
        erased=gone,
    )


def audit(workspace: Workspace, *, run: str) -> Audited:
    """Verify, seal a ledger that holds, and name what waits: the oldest letter, mandates nobody holds.

    Files that nothing refers to, as a crash leaves them, are cleared away; sessions and links long over are forgotten.
    """
    with leased(workspace, AUDIT, run) as beat:

        def alive(_done: int, _total: int) -> None:
            with workspace.registry() as connection:
                beat(connection)

        verified, not_kept = verify(workspace, progress=alive), None
        if verified.is_whole:
            with workspace.registry() as connection:
                seal(workspace, connection, dossiers=verified.dossiers, facts=verified.facts)
                beat(connection)
            keep_seals(workspace)
            not_kept = keep_seals_elsewhere(workspace)
            tell_the_second_party(workspace)
        clear_away(workspace)
        forget_the_old(workspace)
        workspace.store.empty_log()
        with workspace.reading() as connection:
            audited = Audited(
                verified=verified,
                sealed=verified.is_whole,
                oldest_unsent=health.oldest_unsent(connection),
                orphaned_mandates=tuple(health.orphaned_mandates(connection, workspace.today())),
                head=last_head(connection),
                not_kept=not_kept,
                is_training=workspace.training is not None,
            )
        if not audited.is_sound:
            note_failed_run(workspace, AUDIT, [result_of(audited)], where=places_of(verified))
        return audited


@dataclass
class _Check:
    """A check under way: what it found in the dossiers so far."""

    workspace: Workspace
    connection: Connection
    progress: Progress | None
    facts: int = 0
    dossiers: int = 0
    chain: list[str] = field(default_factory=list)
    replay: list[str] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Learn how much there is to check, and which dossiers a sweep could not treat."""
        self._today = self.workspace.today()
        self._total = verification.count_dossiers(self.connection)
        self._failing = {incident["dossier_id"] for incident in runs.open_incidents(self.connection)}
        self._swept = {key: runs.last_completed(self.connection, key) for key in pathways()}
        self._files = FileCheck(self.workspace, sign=self._tell)

    def look_at(self, records: Sequence[Record]) -> None:
        """Check some more dossiers."""
        read, unreadable = facts_and_links(self.connection, records)
        self.chain += unreadable
        for record, links, on_file in read:
            self.chain += verification.breaks(record, links)
            failed = record.id in self._failing
            self.replay += differences(
                self.workspace.pathway(record.treaty), record, on_file, self._today, failed=failed
            )
            if not failed:
                self.replay += _out_of_time(record, self._today, self._swept.get(record.treaty))
            self.lost += self._files.lost(record, links)
            self.facts += len(links)
        self.dossiers += len(records)
        self._tell()

    def _tell(self) -> None:
        if self.progress is not None:
            self.progress(self.dossiers, self._total)


def _missing(workspace: Workspace, connection: Connection) -> list[str]:
    """Name rows that belong to what is gone, and treaties that have fewer dossiers than were opened."""
    gone = [
        f"{number} rows of “{table}” belong to no {other} that is there"
        for table, other, number in guards.orphans(connection)
    ]
    for treaty, opened in workspace.opened_with().items():
        there = len(heads(connection, treaty))
        if there < opened:
            gone.append(f"{treaty}: {opened - there} of the {opened} dossiers that were opened are gone")
    return gone + [f"{key}: the treaty's own dossier is gone" for key in own_dossiers_gone(workspace, connection)]


def differences(pathway: Pathway, record: Record, facts: list[Fact], today: date, *, failed: bool) -> list[str]:
    """Replay the facts into the row, as of the day it speaks of; of today too, when it says that nothing changed."""
    if not facts:
        return []
    due = record.next_due_on
    where = which_dossier(record.treaty, record.state)
    first = record.projected_on or today
    try:
        replayed = [project(pathway, record.state, facts, on=first, reader=None)]
        if not failed and (due is None or due > today) and may_differ(replayed[0], facts, on=today):
            replayed.append(project(pathway, record.state, facts, on=today, reader=None))
        again = [projection(dossier) for dossier in replayed]
        latest = next_due_on(pathway, replayed[0])
    except Exception as wrong:  # noqa: BLE001  # whatever it is, it is this dossier's, and the others are looked at
        return [f"{where}: its facts do not add up ({type(wrong).__name__})"]
    unswept = [f"{where}: next_due_on is {due!s} in the row, {latest!s} at the latest by the facts of {first}"]
    is_late = latest is not None and (due is None or (due > latest and not failed))
    return [
        f"{where}: {name} is {getattr(record, name)!s} in the row, {value!s} by the facts of {dossier.on}"
        for dossier, projected in zip(replayed, again, strict=True)
        for name, value in projected.items()
        if getattr(record, name) != value
    ] + (unswept if is_late else [])


def _out_of_time(record: Record, today: date, swept: date | None) -> list[str]:
    """Name a row that no sweep or save has left so: of a day to come, or due before a sweep that passed it by."""
    where, on, due = which_dossier(record.treaty, record.state), record.projected_on, record.next_due_on
    if on is None:
        return []
    if on > today:
        return [f"{where}: projected_on is {on} in the row, which is yet to come"]
    if swept is not None and on < swept and due is not None and due < swept:
        return [f"{where}: next_due_on is {due} in the row of {on}, and the sweep of {swept} has passed it by"]
    return []
