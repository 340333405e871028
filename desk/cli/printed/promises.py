"""Promises, printed and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk.cli.printed.spoken import words_of
from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.promises.listing import Promises


def as_told(found: Promises) -> list[dict[str, object]]:
    """Return promises as other programs are promised them."""
    return [
        {
            "state": one.state,
            "words": one.words,
            "condition": one.condition or None,
            "made_on": str(one.made_on),
            "due_on": one.due_on,
            "age_days": one.age_days,
            "standing": one.standing,
            "fact": one.fact,
        }
        for one in found.promises
    ]


def print_promises(console: Console, found: Promises, *, treaty: str) -> None:
    """Print promises, the oldest first, and how many of each region stand still."""
    if not found.promises:
        console.print("No promise is on file that you may know.")
        return
    say = words_of(treaty)
    made = table("State", "Made", "Words", "Condition", "By", "Age", "Stands", "Fact", right=("Age",))
    for one in found.promises:
        words = "(deleted for good)" if one.words is None else one.words
        age = f"{one.age_days} days"
        row(
            made,
            one.state,
            str(one.made_on),
            words,
            one.condition,
            str(one.by or ""),
            age,
            say(one.standing),
            one.fact[:8],
        )
    console.print(made)
    for region in found.counted():
        console.print(f"{region.region}: {region.stand} stand, {region.kept} kept, {region.lapsed} lapsed.")
