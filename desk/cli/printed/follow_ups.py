"""Follow-ups, printed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desk.cli.printed.matters import NameOf, what
from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.follow_ups.listing import FollowUpView


def print_follow_ups(console: Console, found: Sequence[FollowUpView], *, treaty: str, name_of: NameOf) -> None:
    """Print follow-ups: the open ones by due day, then the closed ones with their outcomes."""
    if not found:
        console.print("There is no follow-up.")
        return
    say = words_of(treaty)
    made = table("ID", "State", "What", "Whose", "Due", "Stands", right=("ID",))
    for follow_up in found:
        row(
            made,
            follow_up.id,
            follow_up.name or follow_up.region or "every State",
            what(follow_up, name_of, say),
            follow_up.owner_name or say(follow_up.role),
            follow_up.due_on,
            _stands(follow_up, say),
            style="red" if follow_up.is_late else "dim" if follow_up.closed_on else None,
        )
    console.print(made)


def _stands(follow_up: FollowUpView, say: Say) -> str:
    if follow_up.closed_on:
        said = say(follow_up.became or "overtaken") if follow_up.overtaken_by else follow_up.outcome
        return f"closed on {follow_up.closed_on}: {said}"
    if follow_up.snoozed_until:
        return f"rests until {follow_up.snoozed_until}: {follow_up.snooze_reason}"
    then = f"; {say(follow_up.next_role)} asked on {follow_up.next_on}" if follow_up.next_role else ""
    return ("passed on" if follow_up.is_passed_on else "late" if follow_up.is_late else "open") + then
