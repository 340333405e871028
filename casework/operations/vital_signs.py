"""Vital signs: how long what happens by itself has not happened, and what waits, for whoever watches from outside.

Numbers alone, of treaties and never of States. One statement a treaty and a few more, however much is on file; changes
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from casework.core.commit import SWEEP_AT
from casework.core.workspace import Workspace
from casework.follow_ups.failures import count_failures
from casework.record.nightly import last_backup
from casework.record.opening import OPENED
from models.ledger import due_dossiers
from models.runs import health, runs

_NONE = timedelta(0)


@dataclass(frozen=True, kw_only=True, slots=True)
class VitalSigns:
    """What is to be small. Of what has never been done yet, or last by a clock that went ahead, it is
    told how long the record has stood: whoever watches is woken too early rather than never.

    `oldest_due`: by treaty, since the sweep of the day on which the oldest dossier that is due fell due.
    `oldest_letter`: since when the letter has waited that has waited longest. `letters`: by state; `failures`: by kind.
    `since_sweep`: by treaty. `since_backup`: since the last backup that was brought back.
    """

    oldest_due: Mapping[str, timedelta]
    oldest_letter: timedelta
    letters: Mapping[str, int]
    failures: Mapping[str, int]
    since_sweep: Mapping[str, timedelta]
    since_backup: timedelta


def vital_signs(workspace: Workspace) -> VitalSigns:
    """Read the vital signs of a record."""
    now, backup = workspace.clock.now(), last_backup(workspace)  # which reads anew what the record is
    opened, today, treaties = _opened(workspace) or now, workspace.today(), sorted(workspace.opened_with())
    with workspace.reading() as connection:
        due = {key: due_dossiers.due_page(connection, today, after=None, limit=1, treaty=key) for key in treaties}
        swept = runs.last_finished(connection, by=now)
        waiting = health.longest_waiting(connection, now=now, today=today)
        letters, failures = health.undelivered(connection), count_failures(connection)
    return VitalSigns(
        oldest_due={
            key: _since_swept(workspace, first[0].next_due_on) if first else _NONE for key, first in due.items()
        },
        oldest_letter=_age(waiting or now, now),
        letters=letters,
        failures=failures,
        since_sweep={key: _age(_last_of(swept, key, opened), now) for key in treaties},
        since_backup=_age(backup.at if backup and backup.at <= now else opened, now),
    )


def _age(since: datetime, now: datetime) -> timedelta:
    """Return how long ago something was; what waits since an hour of a clock that went ahead waits since just now."""
    return max(_NONE, now - since)


def _since_swept(workspace: Workspace, day: date) -> timedelta:
    """Return how long ago, by the record's own clock, the sweep of a day was to begin."""
    return _age(datetime.combine(day, SWEEP_AT, workspace.settings.timezone), workspace.stamp())


def _last_of(swept: Mapping[str, datetime], treaty: str, otherwise: datetime) -> datetime:
    return max((swept[key] for key in (treaty, runs.EVERY) if key in swept), default=otherwise)


def _opened(workspace: Workspace) -> datetime | None:
    """Return since when the record has stood: by the real clock, as sweeps and backups are noted."""
    if workspace.training_since is not None:
        return workspace.training_since
    opened = workspace.kept.get(OPENED)
    return datetime.combine(date.fromisoformat(opened), time(), workspace.settings.timezone) if opened else None
