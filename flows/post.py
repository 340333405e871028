"""The flow “post”: every five minutes. Retry times are in the record, so Prefect repeats nothing here.

It is also the moment at which a sweep that died is noticed, and asked for again.
"""

from __future__ import annotations

from datetime import date

from prefect import flow
from prefect.deployments import run_deployment

from casework.core.workspace import Workspace
from casework.letters.posting import Posted
from casework.letters.posting import post as post_letters
from casework.operations.sweep import unfinished
from flows.artifacts import show
from flows.discretion import Ended, Outcome, came_to, in_the_workspace
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark, remark


@flow(flow_run_name="post", retries=0)
def post() -> Outcome:
    """Carry the letters that are due."""

    def work(workspace: Workspace, run: str) -> Ended:
        posted = post_letters(workspace, run=run)
        died = unfinished(workspace)
        for treaty, day in died:
            _ask_again(treaty, day)
        result = _result(posted)
        show("post", title="Post", text=sentence(result), counts={**_counts(posted), "sweeps taken over": len(died)})
        return Ended(says=result)

    return in_the_workspace(work)


def _ask_again(treaty: str, day: date) -> None:
    """Ask for a sweep of the day of one that fell silent; it takes over what was left."""
    run_deployment(f"sweep/{treaty}", parameters={"treaty": treaty, "on": day.isoformat()}, timeout=0, as_subflow=False)


def _counts(posted: Posted) -> dict[str, int]:
    return {"sent": posted.sent, "again": posted.again, "dead": posted.dead, "held": posted.held}


def _result(posted: Posted) -> Remark:
    if posted == Posted():
        return remark("no_letter_waiting")
    return came_to(
        remark("letters_accepted", number=posted.sent),
        remark("letters_tried_again", number=posted.again),
        remark("letters_undeliverable", number=posted.dead),
        remark("letters_held", number=posted.held),
    )
