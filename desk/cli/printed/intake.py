"""What a depositary file brought, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.cli.printed.matters import NameOf
from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import clean, counted, row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.depositary.intaken import Change, Intaken


_GUESSED = ", the latest date in the file; give --published if it is of a later day"


def print_intake(console: Console, found: Sequence[Intaken], *, name_of: NameOf, dry_run: bool, dated: bool) -> None:
    """Print each file's counts, what differs and what is gone; `dated`: somebody said of which day it is."""
    for one in found:
        if one.is_refused:
            console.print("Refused; nothing was written.")
            continue
        _print_one(console, one, name_of, dry_run=dry_run, dated=dated)


def _print_one(console: Console, one: Intaken, name_of: NameOf, *, dry_run: bool, dated: bool) -> None:
    say = words_of(one.treaty)
    said = "Dry run, nothing was written." if dry_run else "Taken in."
    console.print(
        f"{said} {counted(one.read, 'act')} read: {one.new} new, {one.changed} changed, {one.confirmed} confirmed,"
        f" {one.unchanged} unchanged (as at {one.published}{'' if dated else _GUESSED})."
    )
    if dry_run:
        for change in one.differing:
            console.print(clean(_change(change, name_of, say)))
    if one.conflicts:
        made = table("State", "Field", "Ours", "Theirs", title="Contradictions, to be settled by the Secretariat")
        for conflict in one.conflicts:
            row(made, name_of(conflict.state), say(conflict.field), conflict.ours, conflict.theirs)
        console.print(made)
    if one.vanished:
        made = table("State", "Act", "Date", title="On file here, and no longer in effect in the table")
        for gone in one.vanished:
            row(made, name_of(gone.state), say(gone.act), gone.date)
        console.print(made)


def _change(change: Change, name_of: NameOf, say: Say) -> str:
    act = f"{say(change.act)} of {change.date}"
    return f"{name_of(change.state)} ({change.state}): {act}: {change.verdict}"
