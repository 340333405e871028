"""Commands about what comes next for each State that is not party."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import STATE, Day, common

if TYPE_CHECKING:
    from sources.states import State


@click.command("next-steps")
@click.option("--region", metavar="R", help="One region only.")
@click.option("--on", type=Day(), help="As of this day (today).")
@common(of_treaty=True, as_json=True, acts=True)
def next_steps(call: Call, region: str | None, on: date | None) -> None:
    """List what comes next for each State that is not party."""
    from casework.attention.next_steps import next_steps as found_for
    from casework.attention.told import told
    from desk.cli.printed.next_steps import print_next_steps

    with call.workspace() as workspace:
        found = found_for(workspace, treaty=call.treaty, reader=call.reader(), on=on, region=region)
    answer = [told(line) for line in found.lines] if call.as_json else found
    call.show(answer, partial(print_next_steps, treaty=call.treaty))


@click.command("next-step")
@STATE
@click.argument("words", required=False)
@click.option("--by", type=Day(), help="By which day.")
@click.option("--done", is_flag=True, help="What was written is done: let the pathway say again what comes next.")
@common(of_treaty=True, as_json=True, acts=True)
def next_step(call: Call, state: State, words: str | None, by: date | None, done: bool) -> None:
    """Write what comes next for a State; what was written before is kept."""
    from casework.attention.writing import leave_to_pathway, write_next_step

    if done and (words is not None or by is not None):
        raise click.UsageError("Either write what comes next, or say --done.")
    with call.workspace() as workspace:
        about = call.about(state)
        if done:
            written = leave_to_pathway(workspace, state.iso3, **about)
        else:
            written = write_next_step(workspace, state.iso3, words or "", by=by, **about)
    told = {"state": state.iso3, "next_step": written.words, "due_on": written.due_on, "repeated": written.repeated}
    already = " already" if written.repeated else ""
    if written.words is None:
        call.tell(told, f"{state.name}: the pathway says{already} what comes next.")
    else:
        day = f", by {written.due_on}" if written.due_on else ""
        call.tell(told, f"{state.name}, on file{already}{day}: {written.words}")
