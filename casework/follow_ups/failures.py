"""Failures: what a run could not do stands on the Secretariat's list until a person has dealt with it.

No later success takes it off. The same failure met again is the same entry, until somebody has closed that.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from casework.core.workspace import Workspace
from casework.follow_ups.periods import due
from casework.follow_ups.secretariat_tasks import Task, enter, leave
from models.follow_ups import lifecycle
from models.runs import failures
from models.store.engine import Connection
from pathways.grammar.refusals import Remark, remark

INCIDENT = "incident"  # a dossier that could not be treated
RUN_FAILED = "run_failed"
NOT_TAKEN_IN = "file_not_taken_in"
KINDS = (INCIDENT, RUN_FAILED, NOT_TAKEN_IN)
_SEVERAL = "several_reasons"


@dataclass(frozen=True, kw_only=True, slots=True)
class FailureView:
    """A failure that nobody has dealt with: its follow-up, what it is about, since when, and every reason."""

    follow_up: int
    treaty: str
    state: str | None
    kind: str
    about: str
    at: datetime
    last_at: datetime
    reasons: tuple[Remark | str, ...]


def note_failure(
    workspace: Workspace,
    connection: Connection,
    occasion: str,
    *,
    treaty: str,
    mark: str,
    about: str,
    reasons: Sequence[Remark],
    dossier_id: int | None = None,
    tell: bool = True,
) -> str:
    """Put a failure on the list, or the new reasons of one that is there; return the key of its follow-up.

    `mark` tells it from others of its kind; without `tell` whoever calls writes the letter of it.
    """
    key, today = _key(occasion, treaty, mark), workspace.today()
    entry = Task(
        key=key,
        occasion=occasion,
        about=about,
        treaty=treaty,
        due_on=due(occasion, today),
        dossier_id=dossier_id,
        recurs=True,
    )
    is_new = bool(enter(workspace, connection, [entry], today, tell=tell))
    says = reasons[0] if len(reasons) == 1 else remark("several_reasons", reasons=tuple(reasons))
    failures.note(connection, key, at=workspace.clock.now(), says=says, anew=is_new)
    return key


def dealt_with(
    workspace: Workspace, connection: Connection, occasion: str, *, treaty: str, mark: str, outcome: str, by: str
) -> None:
    """Take a failure off the list, if it stands there: `by` is the person who has dealt with it."""
    key = _key(occasion, treaty, mark)
    known = lifecycle.open_with_prefix(connection, key)
    leave(connection, [id_ for found, id_ in known.items() if found == key], workspace.today(), outcome, by)


def open_failures(connection: Connection) -> tuple[FailureView, ...]:
    """Return what nobody has dealt with, the oldest first."""
    return tuple(
        FailureView(
            follow_up=one.follow_up,
            treaty=one.treaty,
            state=one.state,
            kind=one.occasion,
            about=one.about,
            at=one.at,
            last_at=one.last_at,
            reasons=_reasons(one.says),
        )
        for one in failures.open_ones(connection)
    )


def count_failures(connection: Connection) -> dict[str, int]:
    """Count what nobody has dealt with, of each kind, also where there is none."""
    return dict.fromkeys(KINDS, 0) | failures.count_open(connection)


def reasons_of(connection: Connection, key: str) -> tuple[Remark | str, ...]:
    """Return why something failed, of the follow-up with this occasion; nothing where it is about something else."""
    says = failures.of_follow_up(connection, key)
    return () if says is None else _reasons(says)


def _reasons(says: Remark | str) -> tuple[Remark | str, ...]:
    if isinstance(says, Remark) and says.code == _SEVERAL:
        several = says.values["reasons"]
        assert isinstance(several, tuple)
        return several
    return (says,)


def _key(occasion: str, treaty: str, mark: str) -> str:
    return f"{occasion}:{treaty}:{mark}"
