"""The check-up, printed: what is in force, then what was looked at, the worst not hidden among the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import row, table
from desk.terminal.json_output import plain

if TYPE_CHECKING:
    from rich.console import Console

    from casework.operations.checkup import Checkup
    from casework.operations.findings import Finding

_STYLE = {"broken": "bold red", "late": "red", "not made yet": "bold red", "to do": "yellow"}


def print_checkup(console: Console, view: Checkup, *, treaty: str) -> None:
    """Print the configuration, then the findings with the next thing to do."""
    made = table("Setting", "In force")
    for name, value in view.settings.items():
        row(made, name, value)
    console.print(made)
    made = table("What", "", "How it is", "Next")
    for finding in view.findings:
        says, todo = plain(finding.says), plain(finding.todo)
        row(made, named(finding, words_of(treaty)), finding.condition, says, todo, style=_STYLE.get(finding.condition))
    console.print(made)


def named(finding: Finding, say: Say) -> str:
    """Say what was looked at, and of which flow or file if it is of one."""
    what = say(finding.what or finding.name)
    return f"{what}: {say(finding.of)}" if finding.of else what
