"""The flow “sweep”: for one day, which is the day the run was scheduled for, whenever it comes to run."""

from __future__ import annotations

from datetime import date

from httpx import HTTPError
from prefect import flow, get_run_logger
from prefect.deployments import run_deployment
from prefect.exceptions import PrefectException
from prefect.runtime import flow_run

from casework.core.workspace import Workspace
from casework.operations.sweep import Swept
from casework.operations.sweep import sweep as sweep_day
from flows.artifacts import Gauge, linked, show
from flows.discretion import Ended, Outcome, came_to, failing, in_the_workspace, named
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark, remark


def _name() -> str:
    """Return the run's name, such as `sweep att 2026-03-02`."""
    treaty, on = flow_run.parameters["treaty"], flow_run.parameters.get("on")
    return f"sweep {treaty} {on}" if on else named(lambda o: f"sweep {treaty} {_day(o)}", f"sweep {treaty}")


def _day(workspace: Workspace) -> date:
    """Return the scheduled day in the record's zone, or the day a training record stands on."""
    return workspace.training or flow_run.scheduled_start_time.astimezone(workspace.settings.timezone).date()


@flow(flow_run_name=_name)
def sweep(treaty: str, on: date | None = None, asked_by: int | None = None) -> Outcome:
    """Sweep a treaty's dossiers on a day; by default the day this run was scheduled for.

    `asked_by` is the number of the person who started it by hand.
    """

    def work(workspace: Workspace, run: str) -> Ended:
        workspace.pathway(treaty)  # or it is none, and says so
        gauge = Gauge(f"sweep-{treaty}", f"Sweep of {treaty}")
        by = f"person:{asked_by}" if asked_by is not None else None

        def others(day: date) -> None:
            _call_others(treaty, day, asked_by, number=workspace.settings.sweep_runs - 1)

        day = on or _day(workspace)
        swept = sweep_day(workspace, treaty, on=day, run=run, asked_by=by, progress=gauge, others=others)
        _show(workspace, treaty, swept)
        return failing(swept.failed, _result(swept))

    return in_the_workspace(work)


def _call_others(treaty: str, day: date, asked_by: int | None, *, number: int) -> None:
    """Ask for more runs of this sweep, which the pool's other workers take; without them this one does it all."""
    parameters = {"treaty": treaty, "on": day.isoformat(), "asked_by": asked_by}
    try:
        for _ in range(number):
            run_deployment(f"sweep/{treaty}", parameters=parameters, timeout=0, as_subflow=False)
    except (HTTPError, PrefectException):
        get_run_logger().warning("No other run could be asked for; this one does it all.")


def _show(workspace: Workspace, treaty: str, swept: Swept) -> None:
    counts = ("due", "advanced", "opened", "closed", "notices", "letters")
    bound = "".join(f"- {linked(workspace, state)}: the treaty day has come\n" for state in swept.moved)
    failed = "".join(f"- {linked(workspace, f.state)}: incident {f.incident}\n" for f in swept.failed)
    text = sentence(_result(swept))
    text += f"\n\n## By date\n\n{bound}" if bound else ""
    text += f"\n\n## Could not be treated\n\n{failed}" if failed else ""
    show(
        f"sweep-{treaty}",
        title=f"Sweep of {treaty}, {swept.on}",
        text=text,
        counts={**{name: getattr(swept, name) for name in counts}, "failed": len(swept.failed)},
    )


def _result(swept: Swept) -> Remark:
    if swept.repeated:
        return remark("swept_before", day=swept.on)
    return came_to(
        remark("dossiers_due", number=swept.due),
        remark("advanced_by_date", number=swept.advanced),
        remark("follow_ups_opened", number=swept.opened),
        remark("follow_ups_closed", number=swept.closed),
        remark("notices_written", number=swept.notices),
        remark("letters_written", number=swept.letters),
    )
