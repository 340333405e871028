"""What needs somebody, printed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from desk.cli.printed.matters import NameOf, what
from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import long_day, row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.overview.agenda import AgendaMatter, AgendaView


def print_agenda(console: Console, view: AgendaView, *, name_of: NameOf) -> None:
    """Print what needs somebody, late first."""
    console.print(f"{view.treaty.upper()} on {long_day(view.on)}: {_listed(view)}", style="bold")
    if not view.items:
        console.print("Nothing needs anybody.")
        return
    say = words_of(view.treaty)
    made = table("Due", "State", "What", "Who", "Follow-up", right=("Follow-up",))
    for matter in view.items:
        late = f"{matter.due_on} late" if matter.is_late else matter.due_on
        row(
            made,
            late,
            matter.name or matter.region or "every State",
            _what(matter, name_of, say),
            _who(matter, say),
            matter.follow_up,
            style="red" if matter.is_late else None,
        )
    console.print(made)


def _listed(view: AgendaView) -> str:
    if not view.within:
        return "what needs somebody now, whenever it is due"
    return f"what is late, or due by {long_day(view.on + timedelta(days=view.within))}"


def _what(matter: AgendaMatter, name_of: NameOf, say: Say) -> str:
    rests = f" (rests until {matter.snoozed_until})" if matter.snoozed_until else ""
    return what(matter, name_of, say) + rests


def _who(matter: AgendaMatter, say: Say) -> str:
    return matter.owner or " → ".join(map(say, matter.roles)) or "the sweep"
