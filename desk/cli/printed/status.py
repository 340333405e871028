"""The counts, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.terminal.console import counted, long_day, row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.overview.status import Status


def print_status(console: Console, view: Status) -> None:
    """Print the counts, then by region, then by stage."""
    as_known = "" if view.known >= view.on else f", as known on {long_day(view.known)}"
    console.print(f"{view.treaty.upper()} on {long_day(view.on)}{as_known}", style="bold")
    console.print(_totals(view))
    console.print(_regions(view))
    console.print(_stages(view))
    hidden = sum(count.states for count in view.by_region.values()) - sum(view.by_stage.values())
    if hidden:
        console.print(f"The stage of {counted(hidden, 'State')} is not shown to you.")


def _totals(view: Status) -> object:
    made = table("", "States", right=("States",))
    row(made, "Signatures", view.signatures)
    row(made, "Instruments deposited", view.deposits)
    row(made, "   of these in force for the State", view.in_force)
    row(made, "   of these accessions", view.accessions)
    row(made, "Signatories not party", view.signatories_not_party)
    if view.withdrawn:
        row(made, "Withdrawn", view.withdrawn)
    return made


def _regions(view: Status) -> object:
    columns = ("States", "Signed", "Deposited", "Signatories not party")
    made = table("Region", *columns, right=columns)
    for name, count in view.by_region.items():
        row(made, name, count.states, count.signatures, count.deposits, count.signatories_not_party)
    return made


def _stages(view: Status) -> object:
    made = table("Stage", "States", right=("States",))
    for stage, count in view.by_stage.items():
        row(made, stage.value, count)
    return made
