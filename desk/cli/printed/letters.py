"""Letters, printed. “sent” means accepted by the first server, and nothing more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.cli.printed.spoken import words_of
from desk.terminal.console import row, table
from notifications.refusals import sentence
from pathways.grammar.refusals import Remark

if TYPE_CHECKING:
    from rich.console import Console

    from casework.letters.administration import LetterView


def print_letters(console: Console, letters: Sequence[LetterView], *, treaty: str) -> None:
    """Print letters, the newest first."""
    if not letters:
        console.print("No letter has been written.")
        return
    say = words_of(treaty)
    made = table("Letter", "To", "Kind", "Written", "State", "Tries", "Why", right=("Tries",))
    for letter in letters:
        row(
            made,
            letter.letter[:8],
            f"{letter.name} ({letter.person})",
            say(letter.kind),
            letter.day,
            say(letter.state),
            letter.attempts,
            sentence(letter.reason) if isinstance(letter.reason, Remark) else letter.reason,
        )
    console.print(made)
