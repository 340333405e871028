"""What a depositary file brought, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.terminal.console import clean, counted, row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.depositary.intaken import Intaken


_GUESSED = ", the latest date in the file; give --published if it is of a later day"


def print_intake(console: Console, found: Sequence[Intaken], *, dry_run: bool, dated: bool) -> None:
    """Print each file's counts, what differs and what is gone; `dated`: somebody said of which day it is."""
    for one in found:
        if one.is_refused:
            console.print("Refused; nothing was written.")
            continue
        _print_one(console, one, dry_run=dry_run, dated=dated)


def _print_one(console: Console, one: Intaken, *, dry_run: bool, dated: bool) -> None:
    said = "Dry run, nothing was written." if dry_run else "Taken in."
    console.print(
        f"{said} {counted(one.read, 'act')} read: {one.new} new, {one.changed} changed, {one.confirmed} confirmed,"
        f" {one.unchanged} unchanged (as at {one.published}{'' if dated else _GUESSED})."
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
