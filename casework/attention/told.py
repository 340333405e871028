"""A line as other programs are promised it. What is not known of a State is None."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.attention.next_steps import Line
from pathways.grammar.refusals import Remark


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """One line; `readiness` is None until it is on file."""

    state: str
    tier: int | None
    readiness: str | None = None
    next_step: Remark | str
    written_by: str | None
    owner: str | None
    last_heard_on: date | None
    unanswered_since: date | None
    promise_due_on: date | None = None
    due_on: date | None


def told(line: Line) -> Told:
    """Return a line as other programs are promised it."""
    return Told(
        state=line.state,
        tier=line.tier,
        next_step=line.next_step,
        written_by=line.written_by,
        owner=line.owner.name if line.owner else None,
        last_heard_on=line.last_word.on if line.last_word else None,
        unanswered_since=line.unanswered_since,
        promise_due_on=line.promise.by.last if line.promise and line.promise.by else None,
        due_on=line.due_on,
    )
