"""What comes next for each State, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cli.printed.spoken import words_of
from desk.terminal.console import long_day, row, table
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark

if TYPE_CHECKING:
    from rich.console import Console

    from casework.attention.next_steps import Line, NextSteps


def print_next_steps(console: Console, found: NextSteps, *, treaty: str) -> None:
    """Print what comes next for each State, the nearest day first."""
    if not found.lines:
        console.print("There is no State of which you may know what comes next.")
        return
    console.print(f"{treaty.upper()} on {long_day(found.on)}: {len(found.lines)} States not party", style="bold")
    say = words_of(treaty)
    made = table("By", "State", "Tier", "Next step", "Owner", "Last heard of", "Unanswered since")
    for line in found.lines:
        is_late = line.due_on is not None and line.due_on < found.on
        heard = f"{line.last_word.on}, {say(line.last_word.kind)}" if line.last_word else "never"
        owner = line.owner.name if line.owner else "nobody"
        by = f"{line.due_on} late" if is_late else line.due_on
        row(
            made, by, line.name, line.tier, _words(line), owner, heard, line.unanswered_since,
            style="red" if is_late else None,
        )  # fmt: skip
    console.print(made)


def _words(line: Line) -> str:
    return sentence(line.next_step) if isinstance(line.next_step, Remark) else line.next_step
