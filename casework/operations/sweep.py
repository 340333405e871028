"""The sweep: what is due in a day, in batches; it costs what is due, not what exists.

Safe to repeat and to kill: each batch is one transaction, every effect has an occasion, and a run that falls silent
is taken over by the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from casework.core.commit import Committed
from casework.core.directory import Directory
from casework.core.garbage import uncollected
from casework.core.leases import LeaseGone, leased
from casework.core.open_dossier import OpenDossier
from casework.core.workspace import Workspace
from casework.dossiers.derived_steps import take_due_steps
from casework.follow_ups import reminders
from casework.follow_ups.reminders import Failure
from models.ledger import due_dossiers
from models.ledger.dossiers import Moved
from models.ledger.due_dossiers import Due
from models.letters import notices
from models.runs import runs
from models.store.engine import Connection, StoreBusy, StoreUnreachable
from pathways.grammar.refusals import Refused, refusal

BATCH = 500
_TRIES = 3

Progress = Callable[[int, int], None]


class NotYetDue(Refused, ValueError):
    """A day that has not come is not swept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What a sweep did."""

    on: date
    due: int
    advanced: int
    opened: int
    closed: int
    notices: int
    letters: int
    failed: tuple[Failure, ...]
    repeated: bool
    moved: tuple[str, ...] = ()  # States for which a treaty day came; public


@dataclass
class _Run:
    workspace: Workspace
    treaty: str | None
    day: date
    name: str
    actor: str
    first: bool
    directory: Directory  # read once: who it names is looked up again before a letter leaves
    beat: Callable[[Connection], None]
    progress: Progress | None
    due: int = 0
    treated: int = 0
    committed: Committed = field(default_factory=Committed)
    failed: list[Failure] = field(default_factory=list)


def sweep(
    workspace: Workspace,
    treaty: str | None,
    *,
    on: date | None = None,
    run: str,
    actor: str = "system:sweep",
    asked_by: str | None = None,
    progress: Progress | None = None,
) -> Swept:
    """Do what is due on a day, for one treaty or every one; what was missed is caught up, dated when it fell due.

    UnknownTreaty for one that nobody has declared.
    """
    if treaty is not None:
        workspace.pathway(treaty)
    day = on or workspace.today()
    if day > workspace.today():
        raise NotYetDue(refusal("sweep_in_the_future", day=day, today=workspace.today()))
    key = treaty or runs.EVERY
    by = f"{actor}:{run}" + (f" for {asked_by}" if asked_by else "")
    with leased(workspace, f"sweep:{key}", run) as beat:
        with uncollected(), workspace.reading() as connection:
            last = runs.last_completed(connection, key)
            due = due_dossiers.count_due(connection, day, treaty=treaty)
            climbing = reminders.anything_due(connection, day, treaty)
            directory = Directory.of(connection, day, treaties=[treaty] if treaty else None)
        if last is not None and last >= day and not due and not climbing:
            return _nothing(day)
        done = _Run(workspace, treaty, day, run, by, last is None, directory, beat, progress, due=due)
        return _noted(done)


def unfinished(workspace: Workspace) -> list[tuple[str, date]]:
    """Return the sweeps (treaty, day) that began, fell silent, and wait to be taken over."""
    with workspace.reading() as connection:
        held = runs.held(connection, now=workspace.clock.now(), seconds=workspace.settings.lease_seconds)
        return [(treaty, day) for treaty, day in runs.unfinished(connection) if f"sweep:{treaty}" not in held]


def treat(open_dossier: OpenDossier) -> None:
    """Treat one dossier: take the steps whose day has come; its agenda is settled with it."""
    open_dossier.swept = True
    take_due_steps(open_dossier)


def _noted(done: _Run) -> Swept:
    workspace, now = done.workspace, done.workspace.clock.now
    with workspace.registry() as connection:
        row = runs.begin_sweep(
            connection,
            treaty=done.treaty or runs.EVERY,
            day=done.day,
            run=done.name,
            actor=done.actor,
            started_at=now(),
        )
    _all_due(done)
    reminders.remind(
        workspace,
        done.day,
        treaty=done.treaty,
        directory=done.directory,
        committed=done.committed,
        first=done.first,
        beat=done.beat,
    )
    swept = _result(done)
    with workspace.registry() as connection:
        notices.release(connection, day=done.day, now=now())
        counts = {k: getattr(done.committed, k) for k in ("advanced", "opened", "closed", "notices", "letters")}
        runs.end_sweep(connection, row, at=now(), counts={"due": done.due, "failed": len(done.failed), **counts})
    return swept


def _all_due(done: _Run) -> None:
    """Go through the queue; who is held by another writer is met again on the next pass, and waited for."""
    for tries in range(_TRIES):
        for page in _pages(done):
            _treat_page(done, [due.id for due in page], skip_locked=tries == 0)
        with done.workspace.reading() as connection:
            if not due_dossiers.count_due(connection, done.day, treaty=done.treaty):
                return


def _pages(done: _Run) -> Iterator[list[Due]]:
    after: Due | None = None
    while True:
        with done.workspace.reading() as connection:
            page = due_dossiers.due_page(connection, done.day, after=after, limit=BATCH, treaty=done.treaty)
        if not page:
            return
        yield page
        after = page[-1]


def _treat_page(done: _Run, ids: Sequence[int], *, skip_locked: bool) -> None:
    try:
        _treat_batch(done, ids, skip_locked=skip_locked)
    except (StoreUnreachable, LeaseGone):
        raise
    except Exception:  # noqa: BLE001  # one bad dossier costs one dossier: find it, name it, go on
        _treat_each(done, ids)


def _treat_batch(done: _Run, ids: Sequence[int], *, skip_locked: bool = False) -> None:
    """Treat dossiers in one transaction; when another writer was in the way, read again, at most three times."""
    for tries in range(1, _TRIES + 1):
        committed = Committed()
        try:
            with _open(done, ids, committed, skip_locked=skip_locked) as open_dossiers:
                for open_dossier in open_dossiers:
                    treat(open_dossier)
        except (Moved, StoreBusy):
            if tries == _TRIES:
                raise
            continue
        _count(done, committed, len(open_dossiers))
        return


@contextmanager
def _open(done: _Run, ids: Sequence[int], committed: Committed, *, skip_locked: bool) -> Iterator[list[OpenDossier]]:
    treated: list[int] = []

    def beat(connection: Connection) -> None:
        runs.resolve_incidents(connection, treated, done.workspace.clock.now())
        done.beat(connection)

    batch = done.workspace.batch(
        ids,
        actor=done.actor,
        today=done.day,
        committed=committed,
        first_sweep=done.first,
        directory=done.directory,
        skip_locked=skip_locked,
        beat=beat,
        sweeping=True,
    )
    with uncollected(), batch as open_dossiers:
        treated += [open_dossier.record.id for open_dossier in open_dossiers]
        yield open_dossiers


def _count(done: _Run, committed: Committed, treated: int) -> None:
    done.committed.add(committed)
    done.treated += treated
    if done.progress is not None:
        done.progress(min(done.treated, done.due), done.due)


def _treat_each(done: _Run, ids: Sequence[int]) -> None:
    known = {failure.incident for failure in done.failed}
    for id_ in ids:
        try:
            _treat_batch(done, [id_])
        except (StoreUnreachable, LeaseGone):
            raise
        except Exception as wrong:  # noqa: BLE001
            failure = reminders.note_incident(done.workspace, id_, done.day, done.name, type(wrong).__name__)
            if failure.incident not in known:
                done.failed.append(failure)


def _result(done: _Run) -> Swept:
    s = done.committed
    return Swept(
        on=done.day,
        due=done.due,
        advanced=s.advanced,
        opened=s.opened,
        closed=s.closed,
        notices=s.notices,
        letters=s.letters,
        failed=tuple(done.failed),
        repeated=False,
        moved=tuple(sorted(s.moved)),
    )


def _nothing(day: date) -> Swept:
    return Swept(on=day, due=0, advanced=0, opened=0, closed=0, notices=0, letters=0, failed=(), repeated=True)
