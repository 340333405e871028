"""Meetings, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.cli.printed.spoken import words_of
from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.meetings.listing import MeetingView
    from casework.meetings.room import LineView


def print_meetings(console: Console, meetings: Sequence[MeetingView], *, treaty: str) -> None:
    """Print meetings, the latest first."""
    if not meetings:
        console.print("No meeting is on file.")
        return
    say = words_of(treaty)
    made = table("Meeting", "Days", "What", "Kind", "Where", "Access", "Stands")
    for one in meetings:
        days = one.from_ if one.from_ == one.until else f"{one.from_} to {one.until}"
        stands = say(one.standing) if one.confirmed else f"{say(one.standing)}, unconfirmed"
        row(made, one.meeting, days, one.title, say(one.kind), one.place, say(one.access), stands)
    console.print(made)


def print_lines(console: Console, lines: Sequence[LineView], *, treaty: str) -> None:
    """Print what was said at a meeting, the newest first."""
    if not lines:
        console.print("Nothing was taken down that you may know.")
        return
    say = words_of(treaty)
    made = table("Line", "Day", "Who", "About", "Words", "Condition", "By", "Held as", "Stands", right=("Line",))
    for one in lines:
        words = "(deleted for good)" if one.words is None else one.words
        held, stands = say(one.sensitivity), say(one.standing)
        row(made, one.line, one.on, one.speaker, say(one.about), words, one.condition, one.by, held, stands)
    console.print(made)
