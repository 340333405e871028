"""What was kept long enough, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.retention.proposals import Proposed


def print_proposed(console: Console, found: Sequence[Proposed]) -> None:
    """Print what is proposed, with the key to release it by."""
    if not found:
        console.print("Nothing is proposed.")
        return
    made = table("Key", "About", "Why", "Since")
    for one in found:
        row(made, one.key, one.about, one.rule, one.since)
    console.print(made)
