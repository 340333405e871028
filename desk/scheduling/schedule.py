"""The schedule: what happens when, without Prefect. The same verbs on the same schedule, one after the other.

For a machine that is too small for Prefect, or a reader who wants to see that the record does not need it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from casework.core.commit import SWEEP_AT
from casework.core.workspace import Workspace
from casework.depositary.drop_folder import empty_inbox
from casework.letters.posting import post
from casework.operations.audit import audit
from casework.operations.sweep import sweep
from desk.processes.stop_signal import StopSignal
from desk.refusals import sentences

_LOOKS = 5.0  # seconds

Echo = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """Something that is done daily at an hour of the record's zone, or every so many minutes."""

    name: str  # of the deployment that does it under Prefect
    work: Callable[[Workspace, str], str]
    at: time | None = None
    every: timedelta = timedelta(days=1)
    after: timedelta = timedelta(0)  # the hour, so that not everything starts at once

    def falls_between(self, since: datetime, until: datetime, zone: ZoneInfo) -> bool:
        """Tell whether its hour struck after `since`, and by `until`."""
        if self.at is None:
            return _count(since - self.after, self.every) < _count(until - self.after, self.every)
        day = until.astimezone(zone).date()
        return since < datetime.combine(day, self.at, zone) <= until

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return when its hour strikes next."""
        if self.at is None:
            return (
                datetime.fromtimestamp(0, UTC) + (_count(moment - self.after, self.every) + 1) * self.every + self.after
            )
        day = moment.astimezone(zone).date()
        struck = datetime.combine(day, self.at, zone) <= moment
        return datetime.combine(day + timedelta(days=struck), self.at, zone).astimezone(UTC)


def _count(moment: datetime, every: timedelta) -> int:
    return int(moment.timestamp() // every.total_seconds())


def _sweep(workspace: Workspace, run: str) -> str:
    swept = sweep(workspace, run=run)
    if swept.repeated:
        return f"sweep att {swept.on}: nothing more was due"
    return f"sweep att {swept.on}: {swept.due} due, {swept.advanced} advanced, {swept.letters} letters"


def _post(workspace: Workspace, run: str) -> str:
    posted = post(workspace, run=run)
    return f"post: {posted.sent} sent, {posted.again} again, {posted.dead} dead, {posted.held} held"


def _intake(workspace: Workspace, _run: str) -> str:
    received = empty_inbox(workspace)
    refused = sum(one.taken.is_refused for one in received)
    return f"intake: {len(received) - refused} taken in, {refused} refused"


def _audit(workspace: Workspace, run: str) -> str:
    sound = audit(workspace, run=run).verified.is_sound
    return "audit: the ledger is whole" if sound else "audit: the ledger is not what it was; see accede verify"


SCHEDULES = (
    Schedule(name="sweep/att", work=_sweep, at=SWEEP_AT),
    Schedule(name="post/letters", work=_post, every=timedelta(minutes=5)),
    Schedule(name="intake/inbox", work=_intake, every=timedelta(minutes=10), after=timedelta(minutes=2)),
    Schedule(name="audit/ledger", work=_audit, at=time(2, 30)),
)


def next_round(name: str, moment: datetime, zone: ZoneInfo) -> datetime | None:
    """Return when a round is done next; None for what has no hour."""
    return next((round_.next_after(moment, zone) for round_ in SCHEDULES if round_.name == name), None)


def once(workspace: Workspace, name: str) -> str:
    """Do one round now; return what it came to, or why it came to nothing."""
    work = next(round_.work for round_ in SCHEDULES if round_.name == name)
    try:
        return work(workspace, uuid4().hex)
    except Exception as wrong:  # noqa: BLE001  # the next round is not to suffer for it
        return f"{name}: " + " ".join(sentences(wrong))


def run_due(workspace: Workspace, stop_signal: StopSignal, echo: Echo, look: Callable[[], None] = lambda: None) -> None:
    """Do every round in its time until the stop signal comes; `look` raises when there is no use in going on."""
    since = workspace.clock.now()
    while not stop_signal.wait(_LOOKS):
        look()
        until = workspace.clock.now()
        for round_ in SCHEDULES:
            if round_.falls_between(since, until, workspace.settings.timezone):
                echo(f"{until:%H:%M} UTC  {once(workspace, round_.name)}")
        since = until
