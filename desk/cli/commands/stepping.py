"""The command that takes a step of a State's pathway, or asks the flow “advance” to take it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import STATE, Day, common
from desk.terminal.console import from_here, say

if TYPE_CHECKING:
    from sources.states import State


@click.command()
@STATE
@click.argument("step")
@click.option("--on", type=Day(), help="When it was taken (today).")
@click.option("--reason", metavar="TEXT", help="Why, kept beside the ledger.")
@click.option("--request", is_flag=True, help="Ask the flow “advance” to take it, instead of taking it now.")
@common(of_treaty=True, as_json=True, acts=True)
def step(call: Call, *, state: State, step: str, on: date | None, reason: str | None, request: bool) -> None:
    """Take a step, or be told every proof that is missing."""
    if request:
        _request(call, state, step, on, reason or "")
        return
    from casework.dossiers.steps import take_step
    from desk.cli.printed.spoken import words_of

    words = words_of(call.treaty)
    with call.workspace() as workspace:
        taken = take_step(workspace, state.iso3, step, on=on, reason=reason, **call.about(state))
    call.tell(
        {
            "state": taken.state,
            "step": taken.step,
            "from": taken.source,
            "to": taken.target,
            "on": taken.on,
            "fact": taken.fact.id,
        },
        f"{state}: {taken.source} → {taken.target}, by the step “{words(taken.step)}” of {taken.on}.",
    )


def _request(call: Call, state: State, step: str, on: date | None, reason: str) -> None:
    from casework.dossiers.requested_steps import request_step
    from desk.cli.printed.spoken import words_of

    with call.workspace() as workspace:
        home = workspace.settings.home
        request = request_step(workspace, state.iso3, step, on=on, reason=reason, **call.about(state))
    call.tell(
        {"request": request}, f"Asked for the step “{words_of(call.treaty)(step)}” of {state}, request {request}."
    )
    say(
        "The flow “advance” takes it with the rights its asker has then. Start it on Prefect's page, or with: "
        + _prefect_command(home, request)
    )


def _prefect_command(home: Path, request: str) -> str:
    """Return what starts the flow as printed, on the Prefect that was started from this home if there is one."""
    from casework.operations.checkup_of_surroundings import PREFECT_ADDRESS

    told = home / "prefect" / PREFECT_ADDRESS
    where = f"PREFECT_API_URL={told.read_text(encoding='utf-8').strip()}/api " if told.is_file() else ""
    program = from_here(Path(sys.executable).with_name("prefect"))
    return f"{where}{program} deployment run advance/request --param request={request}"
