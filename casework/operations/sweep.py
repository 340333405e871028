"""The sweep: what is due in a day, in batches; it costs what is due, not what exists.

Safe to repeat and to kill: each batch is one transaction, every effect has an occasion, and a run that falls silent
is taken over by the next. Where very much is due, several runs share it (`shared_sweep.py`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from casework.core.commit import Committed
from casework.core.directory import Directory
from casework.core.garbage import uncollected
from casework.core.leases import UnderWay, leased
from casework.core.workspace import Workspace
from casework.follow_ups import reminders
from casework.follow_ups.reminders import Failure
from casework.operations import shared_sweep
from casework.operations.batches import Beat, Progress, Run, note_begun, treat_due
from casework.operations.shared_sweep import COUNTED
from models.ledger import due_dossiers
from models.letters import notices
from models.runs import runs, sweep_parts
from models.runs.sweep_parts import Shared
from models.store.engine import Connection
from pathways.grammar.refusals import Refused, refusal


class NotYetDue(Refused, ValueError):
    """A day that has not come is not swept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """What a sweep did; where several runs shared it, what they did together."""

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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """What a run was asked for; `others` is told once of a day whose sweep is there to be shared."""

    workspace: Workspace
    treaty: str | None
    day: date
    run: str
    actor: str
    progress: Progress | None
    others: Callable[[date], None] | None

    @property
    def key(self) -> str:
        """Return under which key its sweep is noted: the treaty's, or that of every one."""
        return self.treaty or runs.EVERY

    @property
    def lease(self) -> str:
        """Return the name of the lease of whoever does it alone, or begins or ends it for several."""
        return f"sweep:{self.key}"


def sweep(
    workspace: Workspace,
    treaty: str | None,
    *,
    on: date | None = None,
    run: str,
    actor: str = "system:sweep",
    asked_by: str | None = None,
    progress: Progress | None = None,
    others: Callable[[date], None] | None = None,
) -> Swept:
    """Do what is due on a day, for one treaty or every one; what was missed is caught up, dated when it fell due.

    UnknownTreaty for one that nobody has declared. A shared sweep that was left unfinished comes first, whatever its
    day; `others` is called once with the day of one that begins, so that other runs come.
    """
    if treaty is not None:
        workspace.pathway(treaty)
    day = on or workspace.today()
    if day > workspace.today():
        raise NotYetDue(refusal("sweep_in_the_future", day=day, today=workspace.today()))
    by = f"{actor}:{run}" + (f" for {asked_by}" if asked_by else "")
    asked = _Asked(workspace=workspace, treaty=treaty, day=day, run=run, actor=by, progress=progress, others=others)
    while (swept := _swept(asked)).on != day:
        pass
    return swept


def unfinished(workspace: Workspace) -> list[tuple[str, date]]:
    """Return the sweeps (treaty, day) that began, fell silent, and wait to be taken over."""
    now, seconds = workspace.clock.now(), workspace.settings.lease_seconds
    with workspace.reading() as connection:
        held = runs.held(connection, now=now, seconds=seconds)
        held |= sweep_parts.at_work(connection, now=now, seconds=seconds)
        return [(treaty, day) for treaty, day in runs.unfinished(connection) if f"sweep:{treaty}" not in held]


def _swept(asked: _Asked) -> Swept:
    with leased(asked.workspace, asked.lease, asked.run) as beat:
        with uncollected(), asked.workspace.reading() as connection:
            shared = sweep_parts.shared(connection, asked.key)
            run = _run(connection, asked, shared, lambda in_hand, *_: beat(in_hand))
            is_done = shared is None and _is_done(connection, run)
        if is_done:
            return _nothing(run.day)
        if shared is None and not shared_sweep.is_for_many(asked.workspace, run.due):
            return _by_one(run)
        is_new = shared is None
        shared = shared or shared_sweep.cut(run)
    if is_new and asked.others is not None:
        asked.others(run.day)
    return _together(run, shared, asked.lease)


def _run(connection: Connection, asked: _Asked, shared: Shared | None, beat: Beat) -> Run:
    treaty, day = asked.treaty, shared.day if shared else asked.day
    return Run(
        workspace=asked.workspace,
        treaty=treaty,
        day=day,
        name=asked.run,
        actor=asked.actor,
        first=runs.last_completed(connection, asked.key) is None,
        directory=Directory.of(connection, day, treaties=[treaty] if treaty else None),
        beat=beat,
        progress=asked.progress,
        due=shared.due if shared else due_dossiers.count_due(connection, day, treaty=treaty),
    )


def _is_done(connection: Connection, run: Run) -> bool:
    """Tell whether a sweep of this day, or of a later one, has left nothing that is due."""
    last = runs.last_completed(connection, run.key)
    is_swept = last is not None and last >= run.day and not run.due
    return is_swept and not reminders.anything_due(connection, run.day, run.treaty)


def _by_one(run: Run) -> Swept:
    with run.workspace.registry() as connection:
        row = note_begun(run, connection)
    treat_due(run)
    return _end(run, row)


def _together(run: Run, shared: Shared, lease: str) -> Swept:
    """Treat parts until all are done; then one of the runs ends the sweep, and the others wait for that."""
    shared_sweep.treat_parts(run, shared)
    swept = _ended_once(run, shared, lease)
    if run.progress is not None:
        run.progress(run.due, run.due)
    return swept


def _ended_once(run: Run, shared: Shared, lease: str) -> Swept:
    while True:
        with suppress(UnderWay), leased(run.workspace, lease, run.name) as beat:
            with run.workspace.reading() as connection:
                row = runs.sweep(connection, shared.id)
                committed, failed = shared_sweep.came_to(connection, shared)
            last = replace(run, beat=_keeping(beat, shared), committed=committed, failed=failed)
            if row["state"] == runs.COMPLETED:
                return _came_to(last, json.loads(row["counts"]))
            treat_due(last)  # what became due meanwhile in parts that were done
            return _end(last, shared.id)


def _keeping(beat: Callable[[Connection], None], shared: Shared) -> Beat:
    """Return what shows that a run ends a shared sweep, and keeps what it comes to should another have to end it."""

    def keeping(connection: Connection, committed: Committed, failed: Sequence[Failure]) -> None:
        shared_sweep.keep(connection, shared, committed, failed)
        beat(connection)

    return keeping


def _end(run: Run, row: int) -> Swept:
    """Remind, let the letters go, and note that the sweep is done; whoever lost the lease by now writes none of it."""
    reminders.remind(
        run.workspace,
        run.day,
        treaty=run.treaty,
        directory=run.directory,
        committed=run.committed,
        first=run.first,
        beat=run.sign,
    )
    counts = {"due": run.due, "failed": len(run.failed), **{name: getattr(run.committed, name) for name in COUNTED}}
    with run.workspace.registry() as connection:
        now = run.workspace.clock.now()
        notices.release(connection, day=run.day, now=now)
        run.sign(connection)
        runs.end_sweep(connection, row, at=now, counts=counts)
    return _came_to(run, counts)


def _came_to(run: Run, counts: Mapping[str, int]) -> Swept:
    return Swept(
        on=run.day,
        due=counts["due"],
        **{name: counts[name] for name in COUNTED},
        failed=tuple(run.failed),
        repeated=False,
        moved=tuple(sorted(run.committed.moved)),
    )


def _nothing(day: date) -> Swept:
    return Swept(on=day, due=0, advanced=0, opened=0, closed=0, notices=0, letters=0, failed=(), repeated=True)
