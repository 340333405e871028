"""What a depositary file brought, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.terminal import clean, row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.intake import Intaken


def print_intake(console: Console, found: Sequence[Intaken], *, dry_run: bool) -> None:
    """Print the counts of each file, then what differs and what is no longer there."""
    for one in found:
        if one.is_refused:
            console.print("Refused; nothing was written.")
            continue
        _print_one(console, one, dry_run=dry_run)


def _print_one(console: Console, one: Intaken, *, dry_run: bool) -> None:
    said = "Dry run, nothing was written. It would bring" if dry_run else "Taken in"
    console.print(
        f"{said}: {one.read} acts read, {one.new} new, {one.changed} changed, {one.confirmed} confirmed,"
        f" {one.unchanged} unchanged (as at {one.published})."
    )
    if dry_run:
        for change in one.changes:
            console.print(clean(change))
    if one.conflicts:
        made = table("State", "Field", "Ours", "Theirs", title="Contradictions, to be settled by the Secretariat")
        for conflict in one.conflicts:
            row(made, conflict.state, conflict.field, conflict.ours, conflict.theirs)
        console.print(made)
    if one.vanished:
        made = table("State", "Act", "Date", title="On file here, and no longer in effect in the table")
        for gone in one.vanished:
            row(made, gone.state, gone.act, gone.date)
        console.print(made)
