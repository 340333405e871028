"""The flow “enquiry”: each day. It reminds whom a round has not heard of, and closes one that is over; opens none."""

from __future__ import annotations

from prefect import flow

from casework.core.workspace import Workspace
from casework.enquiries.rounds import carry_on_all
from flows.artifacts import show
from flows.discretion import Ended, Outcome, came_to, in_the_workspace, named
from notifications.refusals import sentence
from pathways.grammar.refusals import remark


def _name() -> str:
    return named(lambda workspace: f"enquiry {workspace.today()}", "enquiry")


@flow(flow_run_name=_name)
def enquiry() -> Outcome:
    """Carry on the enquiries that are open."""

    def work(workspace: Workspace, run: str) -> Ended:
        wrote = carry_on_all(workspace)
        letters = wrote.first + wrote.again
        result = came_to(
            remark("letters_written", number=letters),
            remark("enquiries_passed_on", number=wrote.passed_on),
            remark("enquiries_reach_nobody", number=wrote.nobody),
        )
        counts = {"letters": letters, "passed on": wrote.passed_on, "nobody to write to": wrote.nobody}
        show("enquiry", title=f"Enquiry, {workspace.today()}", text=sentence(result), counts=counts)
        return Ended(says=result)

    return in_the_workspace(work)
