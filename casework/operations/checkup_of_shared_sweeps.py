"""The check-up of shared sweeps: how far one under way is, which runs are at work on it, and which fell silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import reduce

from casework.core.workspace import Workspace
from casework.operations.findings import NOTHING, Condition, Finding
from models.runs import runs, sweep_parts
from models.runs.sweep_parts import InHand, UnderWay
from models.store.engine import Connection
from pathways.grammar.refusals import Remark, remark


def of_shared_sweeps(workspace: Workspace, connection: Connection) -> Iterator[Finding]:
    """Look at each sweep that several runs share and that is not ended."""
    now, seconds = workspace.clock.now(), workspace.settings.lease_seconds
    held = runs.held(connection, now=now, seconds=seconds)
    for found in sweep_parts.under_way(connection, now=now, seconds=seconds):
        is_left = not found.at_work and f"sweep:{found.treaty}" not in held  # whoever ends it has that lease
        late = is_left or bool(found.silent)
        of = "" if found.treaty == runs.EVERY else found.treaty
        yield Finding(
            name=f"shared sweep of {of or 'every treaty'}",
            what="shared sweep",
            of=of,
            condition=Condition.LATE if late else Condition.FINE,
            says=_says(found, now),
            todo=remark("lease_is_taken_over") if late else NOTHING,
        )


def _says(found: UnderWay, now: datetime) -> Remark:
    told = [
        remark(
            "sweep_is_shared",
            day=found.day,
            parts=found.parts,
            done=found.done,
            in_hand=len(found.at_work),
            silent=len(found.silent),
        )
    ]
    if found.at_work:
        told.append(remark("parts_are_in_hand", runs=_named(found.at_work, now)))
    if found.silent:
        told.append(remark("parts_fell_silent", runs=_named(found.silent, now)))
    return reduce(lambda before, after: remark("one_after_another", before=before, after=after), told)


def _named(held: tuple[InHand, ...], now: datetime) -> tuple[Remark, ...]:
    """Name parts with whoever has them; a sign of life from ahead of our clock is of just now."""
    return tuple(
        remark(
            "part_of_a_run",
            part=one.number,
            run=one.holder,
            seconds=max(0, int((now - one.beaten_at).total_seconds())),
        )
        for one in held
    )
