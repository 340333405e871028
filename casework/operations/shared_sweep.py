"""Shared sweeps: what is due is cut into parts, and each run of the sweep takes the next that nobody has in hand.

Each part has a lease of its own. Every run stays until all parts are done: so one that falls silent is taken over by
the others, on whichever machines they are, and nobody has to look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import sleep
from typing import Any

from casework.core.commit import Committed
from casework.core.leases import LeaseGone, UnderWay
from casework.core.workspace import Workspace
from casework.follow_ups.reminders import Failure
from casework.operations import batches
from casework.operations.batches import Run, treat_due
from models.runs import sweep_parts
from models.runs.sweep_parts import Part, Shared
from models.store.engine import Connection
from pathways.grammar.refusals import refusal

#: What a sweep did, in numbers.
COUNTED = ("advanced", "opened", "closed", "notices", "letters")
_BATCHES = 2  # in a part at most: few, for the others wait for whoever does the last
_FOR_EACH = 4  # parts at least for each run that is asked for, so that there is something for whoever comes
_LOOKS = 0.5  # seconds between looks at the parts that others have in hand


def is_for_many(workspace: Workspace, due: int) -> bool:
    """Tell whether so much is due that several runs share it; SQLite lets one write at a time, so there it is one's."""
    return not workspace.store.is_sqlite and due >= workspace.settings.shared_from


def cut(run: Run) -> Shared:
    """Note that a sweep runs, and cut what is due into parts."""
    with run.workspace.registry() as connection:
        row = batches.note_begun(run, connection)
        sweep_parts.cut(connection, row, on=run.day, treaty=run.treaty, size=_size(run))
        run.sign(connection)
    return Shared(row, run.day, run.due)


def treat_parts(run: Run, shared: Shared) -> None:
    """Treat one part after the other until all are done; those in others' hands are waited for, and taken over.

    UnderWay where nothing moves for longer than a lease, and yet nobody is silent by the clock of this machine.
    """
    patience = int((run.workspace.settings.lease_seconds + 1) / _LOOKS) + 1
    seen, looks = None, 0
    while looks <= patience:
        part = _taken(run, shared)
        if part is not None:
            _treat(run, part)
        with run.workspace.reading() as connection:
            left = sweep_parts.left(connection, shared.id)
        if not left:
            return
        seen, looks = left, looks + 1 if left == seen else 0
        if part is None:
            sleep(_LOOKS)
    raise UnderWay(refusal("under_way", name=f"sweep:{run.key}"))


def _size(run: Run) -> int:
    """Return how many dossiers are in a part: where not so many are due, each run gets some of them all the same."""
    shares = _FOR_EACH * run.workspace.settings.sweep_runs
    return min(_BATCHES * batches.BATCH, -(-run.due // shares) or 1)


def came_to(connection: Connection, shared: Shared) -> tuple[Committed, list[Failure]]:
    """Return what has come of a sweep, whoever did it, also what a run had done that was killed."""
    committed, failed = Committed(), list[Failure]()
    for counts in sweep_parts.came_to(connection, shared.id):
        done, not_done = _read(counts)
        committed.add(done)
        failed += not_done
    return committed, failed


def so_far(connection: Connection, shared: Shared) -> dict[str, int]:
    """Return what a sweep that is not ended has come to by now, in numbers."""
    committed, failed = came_to(connection, shared)
    return {"due": shared.due, "failed": len(failed), **{name: getattr(committed, name) for name in COUNTED}}


def keep(connection: Connection, shared: Shared, committed: Committed, failed: Sequence[Failure]) -> None:
    """Keep what the whole sweep has come to by now, for whoever ends it where this run does not."""
    sweep_parts.keep(connection, shared, _counts(committed, failed))


def _taken(run: Run, shared: Shared) -> Part | None:
    now, seconds = run.workspace.clock.now(), run.workspace.settings.lease_seconds
    with run.workspace.registry() as connection:
        return sweep_parts.take(connection, shared.id, run.name, now=now, seconds=seconds)


def _treat(run: Run, part: Part) -> None:
    """Treat a part; LeaseGone where another has taken it over, and nothing of what was in hand is written then."""
    now = run.workspace.clock.now

    def beat(connection: Connection, committed: Committed, failed: Sequence[Failure]) -> None:
        so_far = _counts(committed, failed)
        _stop_unless(run, part, is_ours=sweep_parts.beat(connection, part, run.name, now=now(), counts=so_far))

    committed, failed = _read(part.counts)
    mine = replace(run, beat=beat, committed=committed, failed=failed)
    treat_due(mine, part.within)
    run.treated = mine.treated
    counts = _counts(mine.committed, mine.failed)
    with run.workspace.registry() as connection:
        ended = sweep_parts.end(connection, part, run.name, at=now(), counts=counts)
        _stop_unless(run, part, is_ours=ended)


def _stop_unless(run: Run, part: Part, *, is_ours: bool) -> None:
    if not is_ours:
        raise LeaseGone(refusal("taken_over", name=f"sweep:{run.key}, part {part.number}"))


def _counts(committed: Committed, failed: Sequence[Failure]) -> Mapping[str, Any]:
    numbers = {name: getattr(committed, name) for name in (*COUNTED, "moved")}
    return {**numbers, "failed": [[one.state, one.incident] for one in failed]}


def _read(counts: Mapping[str, Any]) -> tuple[Committed, list[Failure]]:
    numbers = {name: counts[name] for name in (*COUNTED, "moved") if name in counts}
    failed = [Failure(state=state, incident=incident) for state, incident in counts.get("failed", ())]
    return Committed(**numbers), failed
