"""Commands about what comes next for each State that is not party."""

from __future__ import annotations

from datetime import date
from functools import partial

import click

from desk.cli.call import Call
from desk.cli.options import Day, common


@click.command("next-steps")
@click.option("--region", metavar="R", help="One region only.")
@click.option("--on", type=Day(), help="As of this day (today).")
@common(of_treaty=True, as_json=True, acts=True)
def next_steps(call: Call, region: str | None, on: date | None) -> None:
    """List what comes next for each State that is not party."""
    from casework.attention.next_steps import next_steps as found_for
    from desk.cli.printed.next_steps import as_told, print_next_steps

    with call.workspace() as workspace:
        found = found_for(workspace, treaty=call.treaty, reader=call.reader(), on=on, region=region)
    call.show(as_told(found) if call.as_json else found, partial(print_next_steps, treaty=call.treaty))
