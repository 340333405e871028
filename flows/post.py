"""The flow “post”: every five minutes. Retry times are in the record, so Prefect repeats nothing here.

It is also the moment at which a sweep that died is noticed, and asked for again.
"""

from __future__ import annotations

from datetime import date

from prefect import flow
from prefect.deployments import run_deployment
from prefect.states import Completed

from casework.core.workspace import Workspace
from casework.letters.posting import Posted
from casework.letters.posting import post as post_letters
from casework.operations.sweep import unfinished
from flows.artifacts import show
from flows.discretion import Outcome, in_the_workspace


@flow(flow_run_name="post", retries=0)
def post() -> Outcome:
    """Carry the letters that are due."""

    def work(workspace: Workspace, run: str) -> Outcome:
        posted = post_letters(workspace, run=run)
        died = unfinished(workspace)
        for treaty, day in died:
            _ask_again(treaty, day)
        said = _sentence(posted)
        show("post", title="Post", text=said, counts={**_counts(posted), "sweeps taken over": len(died)})
        return Completed(message=said)

    return in_the_workspace(work)


def _ask_again(treaty: str, day: date) -> None:
    """Ask for a sweep of the day of one that fell silent; it takes over what was left."""
    run_deployment(f"sweep/{treaty}", parameters={"treaty": treaty, "on": day.isoformat()}, timeout=0, as_subflow=False)


def _counts(posted: Posted) -> dict[str, int]:
    return {"sent": posted.sent, "again": posted.again, "dead": posted.dead, "held": posted.held}


def _sentence(posted: Posted) -> str:
    if posted == Posted():
        return "No letter was waiting to go out."
    return (
        f"{posted.sent} accepted by the first mail server, {posted.again} to be tried again,"
        f" {posted.dead} undeliverable, {posted.held} held."
    )
