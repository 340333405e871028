"""Enquiries, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.enquiries.standing import Counted


def print_status(console: Console, found: Counted) -> None:
    """Print how a round stands, in numbers of States."""
    ends = f"closed on {found.closed_on}" if found.closed_on else f"open until {found.until}"
    console.print(f"Enquiry {found.enquiry}, {ends}.")
    made = table("States", "Number", right=("Number",))
    row(made, "written to", found.sent)
    row(made, "answered", found.answered)
    row(made, "silent", found.silent)
    row(made, "of these, never answered any", found.never_answered)
    row(made, "nobody to write to", found.nobody)
    console.print(made)
