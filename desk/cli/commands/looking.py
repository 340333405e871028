"""Commands that look: the counts, one dossier, what needs somebody, and a pathway."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import click

from desk.cli.call import Call
from desk.cli.options import STATE, Day, common

if TYPE_CHECKING:
    from sources.states import State

_ON = click.option("--on", type=Day(), help="As of this day (today).")
_KNOWN = click.option("--known", type=Day(), help="As known at the end of this day (now).")
_REGION = click.option("--region", metavar="R", help="One region only.")


@click.command()
@_ON
@_KNOWN
@_REGION
@common(of_treaty=True, as_json=True, acts=True)
def status(call: Call, on: date | None, known: date | None, region: str | None) -> None:
    """Count the States on a day, as known on a day."""
    from casework.overview.status import status as count
    from desk.cli.printed.status import print_status

    with call.workspace() as workspace:
        view = count(workspace, treaty=call.treaty, on=on, known=known, region=region, reader=call.reader())
    call.show(view, print_status)


@click.command()
@STATE
@_ON
@_KNOWN
@common(of_treaty=True, as_json=True, acts=True)
def dossier(call: Call, state: State, on: date | None, known: date | None) -> None:
    """Show one State: status, stage, duties, facts."""
    from casework.dossiers.dossier_view import dossier_view
    from desk.cli.printed.dossier import print_dossier

    with call.workspace() as workspace:
        view = dossier_view(workspace, state.iso3, treaty=call.treaty, on=on, known=known, reader=call.reader())
    call.show(view, print_dossier)


@click.command()
@_ON
@click.option(
    "--within",
    type=click.IntRange(min=0, max=3660),
    default=0,
    metavar="DAYS",
    help="What is late, or due within so many days.",
)
@_REGION
@common(of_treaty=True, as_json=True, acts=True)
def agenda(call: Call, on: date | None, within: int, region: str | None) -> None:
    """List what needs somebody, late first."""
    from casework.overview.agenda import agenda_view
    from desk.cli.printed.agenda import print_agenda

    with call.workspace() as workspace:
        view = agenda_view(workspace, treaty=call.treaty, on=on, within=within, region=region, reader=call.reader())
        name_of = workspace.register().name_of
    call.show(view, partial(print_agenda, name_of=name_of))


@click.command()
@click.argument("key", required=False)
@click.option("--mermaid", is_flag=True, help="Its diagram, in Mermaid's words.")
@common(of_treaty=True, as_json=True)
def treaty(call: Call, key: str | None, mermaid: bool) -> None:
    """Print a pathway: steps, proofs, dates, articles."""
    from casework.overview.treaty import as_mermaid, treaty_view
    from desk.cli.printed.treaty import print_treaty

    chosen = key or call.treaty
    if mermaid:
        click.echo(as_mermaid(chosen))
    else:
        call.show(treaty_view(chosen), print_treaty)
