"""The flows: each declared once, with its texts, its schedule and the verb it calls.

`prefect.yaml`, the schedule without Prefect, and the page of runs are made from this. To add a flow: `flows/NAME.py`,
its declaration here, its texts; then `make schedules`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from types import MappingProxyType

from casework.core.commit import SWEEP_AT
from casework.core.workspace import Workspace
from casework.depositary.receiving import empty_inbox
from casework.enquiries.rounds import carry_on_all
from casework.letters.posting import post
from casework.operations.sweep import sweep
from casework.record.audit import audit
from casework.record.nightly import back_up_and_prove
from casework.retention.weekly import look_through
from casework.runs.schedules import Schedule


class Flow(StrEnum):
    """What runs by itself, by the name of its flow."""

    SWEEP = "sweep"
    POST = "post"
    INTAKE = "intake"
    AUDIT = "audit"
    BACKUP = "backup"
    RETENTION = "retention"
    ENQUIRY = "enquiry"
    ADVANCE = "advance"  # one step that a person asked for; it has no hour, and is not started without a request


@dataclass(frozen=True, kw_only=True, slots=True)
class Job:
    """One run of a flow in this process: for which treaty, under which id, and who asked for it, if a person did."""

    workspace: Workspace
    treaty: str
    run: str
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Declared:
    """A flow: what it is deployed as, its title and what it does in English, and when.

    `work` does it in this process and says what it came to; without one, and without a schedule, it waits for a
    request. `lease` is what keeps it from running twice at a time.
    """

    deployed: str
    title: str
    does: str
    schedule: Schedule | None = None
    work: Callable[[Job], str] | None = None
    lease: str = ""

    @property
    def is_for_each_treaty(self) -> bool:
        """Tell whether each treaty has a deployment, and a run, of its own."""
        return self.deployed.format(treaty="") != self.deployed


def _sweep(job: Job) -> str:
    swept = sweep(job.workspace, job.treaty, run=job.run, asked_by=job.by)
    if swept.repeated:
        return f"sweep {job.treaty} {swept.on}: nothing more was due"
    return f"sweep {job.treaty} {swept.on}: {swept.due} due, {swept.advanced} advanced, {swept.letters} letters"


def _post(job: Job) -> str:
    posted = post(job.workspace, run=job.run)
    return f"post: {posted.sent} sent, {posted.again} again, {posted.dead} dead, {posted.held} held"


def _intake(job: Job) -> str:
    received = empty_inbox(job.workspace)
    refused = sum(one.taken.is_refused for one in received)
    return f"intake: {len(received) - refused} taken in, {refused} refused"


def _audit(job: Job) -> str:
    sound = audit(job.workspace, run=job.run).verified.is_sound
    return "audit: the ledger is whole" if sound else "audit: the ledger is not what it was; see accede verify"


def _backup(job: Job) -> str:
    made = back_up_and_prove(job.workspace, run=job.run).made
    return f"backup: {made.file}, brought back and verified"


def _retention(job: Job) -> str:
    return f"retention: {look_through(job.workspace)} proposed to be erased"


def _enquiry(job: Job) -> str:
    wrote = carry_on_all(job.workspace)
    return f"enquiry: {wrote.first + wrote.again} letters, {wrote.passed_on} passed on, {wrote.nobody} reach nobody"


FLOWS: Mapping[Flow, Declared] = MappingProxyType(
    {
        Flow.SWEEP: Declared(
            deployed="{treaty}",
            title="Sweep",
            does="Takes the steps whose day has come, opens follow-ups, writes the day's letters.",
            schedule=Schedule(at=SWEEP_AT),
            work=_sweep,
            lease="sweep:{treaty}",
        ),
        Flow.POST: Declared(
            deployed="letters",
            title="Post",
            does="Carries the letters that are due.",
            schedule=Schedule(every=timedelta(minutes=5)),
            work=_post,
        ),
        Flow.INTAKE: Declared(
            deployed="inbox",
            title="Intake",
            does="Takes in the depositary's files that were put into the inbox.",
            schedule=Schedule(every=timedelta(minutes=10), after=timedelta(minutes=2)),
            work=_intake,
        ),
        Flow.AUDIT: Declared(
            deployed="ledger",
            title="Audit",
            does="Verifies every dossier's chain of facts, and seals it.",
            schedule=Schedule(at=time(2, 30)),
            work=_audit,
            lease="audit",
        ),
        Flow.BACKUP: Declared(
            deployed="record",
            title="Backup",
            does="Writes the record into one file, and brings it back in a scratch folder to see that it is whole.",
            schedule=Schedule(at=time(3, 30)),
            work=_backup,
            lease="backup",
        ),
        Flow.RETENTION: Declared(
            deployed="rules",
            title="Retention",
            does="Proposes to erase what is kept about persons for longer than the rules say; erases nothing.",
            schedule=Schedule(at=time(5, 0), weekday=0),
            work=_retention,
        ),
        Flow.ENQUIRY: Declared(
            deployed="rounds",
            title="Enquiry",
            does="Reminds the States that have not answered an enquiry, and closes it after its last day; opens none.",
            schedule=Schedule(at=time(7, 0)),
            work=_enquiry,
        ),
        Flow.ADVANCE: Declared(
            deployed="request",
            title="Requested steps",
            does="Takes a step that somebody has asked for.",
        ),
    }
)
#: What a person may start.
STARTED = tuple(flow for flow, declared in FLOWS.items() if declared.work is not None)


def run_of(flow: Flow, treaty: str) -> str:
    """Return whose run it is: the flow's name, and the treaty where each has its own."""
    return f"{flow}/{treaty}" if FLOWS[flow].is_for_each_treaty else str(flow)


def deployments(treaty: str) -> dict[Flow, str]:
    """Return the name under which each flow is deployed, such as `sweep/att`."""
    return {flow: f"{flow}/{declared.deployed.format(treaty=treaty)}" for flow, declared in FLOWS.items()}
