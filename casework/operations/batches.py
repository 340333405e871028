"""Batches: what is due is treated in transactions of some hundreds of dossiers, each safe to repeat and to kill.

By the one run of a sweep, or by each of several in the part that it has in hand. One bad dossier costs one dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from casework.core.commit import Committed
from casework.core.directory import Directory
from casework.core.garbage import uncollected
from casework.core.leases import LeaseGone
from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import take_due_steps
from casework.follow_ups import reminders
from casework.follow_ups.reminders import Failure
from models.ledger import due_dossiers
from models.ledger.dossiers import Moved
from models.ledger.due_dossiers import Due, Span
from models.ledger.hash_chain import canonical
from models.runs import runs
from models.store.engine import Connection, StoreBusy, StoreUnreachable

BATCH = 500
_TRIES = 3

Progress = Callable[[int, int], None]
#: Shows in a transaction that a run holds its lease, and is told what the run comes to if that is written.
Beat = Callable[[Connection, Committed, Sequence[Failure]], None]


@dataclass(kw_only=True)
class Run:
    """One run at work on a sweep, and what it has done; it gives a sign of life in each transaction."""

    workspace: Workspace
    treaty: str | None
    day: date
    name: str
    actor: str
    first: bool
    directory: Directory  # read once: who it names is looked up again before a letter leaves
    beat: Beat
    progress: Progress | None
    due: int = 0
    treated: int = 0
    committed: Committed = field(default_factory=Committed)
    failed: list[Failure] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return under which key its sweep is noted: the treaty's, or that of every one."""
        return self.treaty or runs.EVERY

    def sign(self, connection: Connection, more: Committed | None = None) -> None:
        """Show that it holds its lease, and what it comes to with what this transaction adds."""
        so_far = Committed()
        for one in (self.committed, more or Committed()):
            so_far.add(one)
        self.beat(connection, so_far, self.failed)

    def sign_with(self, connection: Connection, failure: Failure) -> None:
        """Show the same in the transaction that notes a dossier which failed."""
        self.beat(connection, self.committed, [*self.failed, failure])


def note_begun(run: Run, connection: Connection) -> int:
    """Note that a sweep runs, and how much is due; return its number. One that died running is taken over by it."""
    return runs.begin_sweep(
        connection,
        treaty=run.key,
        day=run.day,
        run=run.name,
        actor=run.actor,
        started_at=run.workspace.clock.now(),
        counts=canonical({"due": run.due}),
    )


def treat(open_dossier: OpenDossier) -> None:
    """Treat one dossier: take the steps whose day has come; its agenda is settled with it."""
    open_dossier.swept = True
    take_due_steps(open_dossier)


def treat_due(run: Run, within: Span | None = None) -> None:
    """Go through the queue; who is held by another writer is met again on the next pass, and waited for."""
    for tries in range(_TRIES):
        for page in _pages(run, within):
            _treat_page(run, [due.id for due in page], skip_locked=tries == 0)
        with run.workspace.reading() as connection:
            if not due_dossiers.count_due(connection, run.day, treaty=run.treaty, within=within):
                return


def _pages(run: Run, within: Span | None) -> Iterator[list[Due]]:
    after: Due | None = None
    while True:
        with run.workspace.reading() as connection:
            page = due_dossiers.due_page(
                connection, run.day, after=after, limit=BATCH, treaty=run.treaty, within=within
            )
        if not page:
            return
        yield page
        after = page[-1]


def _treat_page(run: Run, ids: Sequence[int], *, skip_locked: bool) -> None:
    try:
        _treat_batch(run, ids, skip_locked=skip_locked)
    except (StoreUnreachable, LeaseGone):
        raise
    except Exception:  # noqa: BLE001  # one bad dossier costs one dossier: find it, name it, go on
        _treat_each(run, ids)


def _treat_batch(run: Run, ids: Sequence[int], *, skip_locked: bool = False) -> None:
    """Treat dossiers in one transaction; when another writer was in the way, read again, at most three times."""
    for tries in range(1, _TRIES + 1):
        committed = Committed()
        try:
            with _open(run, ids, committed, skip_locked=skip_locked) as open_dossiers:
                for open_dossier in open_dossiers:
                    treat(open_dossier)
        except (Moved, StoreBusy):
            if tries == _TRIES:
                raise
            continue
        _count(run, committed, len(open_dossiers))
        return


@contextmanager
def _open(run: Run, ids: Sequence[int], committed: Committed, *, skip_locked: bool) -> Iterator[list[OpenDossier]]:
    treated: list[int] = []

    def beat(connection: Connection) -> None:
        runs.resolve_incidents(connection, treated, run.workspace.clock.now())
        run.sign(connection, committed)

    batch = run.workspace.batch(
        ids,
        actor=run.actor,
        today=run.day,
        committed=committed,
        first_sweep=run.first,
        directory=run.directory,
        skip_locked=skip_locked,
        beat=beat,
        sweeping=True,
    )
    with uncollected(), batch as open_dossiers:
        treated += [open_dossier.record.id for open_dossier in open_dossiers]
        yield open_dossiers


def _count(run: Run, committed: Committed, treated: int) -> None:
    run.committed.add(committed)
    run.treated += treated
    if run.progress is not None:
        run.progress(min(run.treated, run.due), run.due)


def _treat_each(run: Run, ids: Sequence[int]) -> None:
    known = {failure.incident for failure in run.failed}
    for id_ in ids:
        try:
            _treat_batch(run, [id_])
        except (StoreUnreachable, LeaseGone):
            raise
        except Exception as wrong:  # noqa: BLE001
            code = type(wrong).__name__
            failure = reminders.note_incident(run.workspace, id_, run.day, run.name, code, beat=run.sign_with)
            if failure.incident not in known:
                run.failed.append(failure)
