"""Persons and mandates, printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from desk.cli.printed.spoken import Say, words_of
from desk.terminal.console import row, table

if TYPE_CHECKING:
    from rich.console import Console

    from casework.people.people_list import HoldView, MandateView, PersonView


def print_people(console: Console, found: Sequence[PersonView], *, treaty: str) -> None:
    """Print persons with what they hold."""
    if not found:
        console.print("Nobody is on file.")
        return
    say = words_of(treaty)
    made = table("ID", "Name", "Address", "Language", "Holds", right=("ID",))
    for person in found:
        holds = "\n".join(_hold(hold, say) for hold in person.holds)
        row(made, person.person, person.name, person.email, person.language, holds)
    console.print(made)


def print_mandates(console: Console, found: Sequence[MandateView], *, treaty: str) -> None:
    """Print mandates with who holds them on the record's day."""
    if not found:
        console.print("There is no mandate.")
        return
    say = words_of(treaty)
    made = table("ID", "Role", "Of", "Serves", "Term", "Consent", "Held by", right=("ID",))
    for mandate in found:
        row(
            made,
            mandate.mandate,
            say(mandate.role),
            mandate.name,
            mandate.scope,
            _term(mandate.from_, mandate.until),
            mandate.consent,
            ", ".join(mandate.held_by) or ("nobody" if mandate.in_term else ""),
            style=None if mandate.in_term else "dim",
        )
    console.print(made)


def _hold(hold: HoldView, say: Say) -> str:
    lead = ", lead" if hold.lead else ""
    return f"{hold.mandate}: {say(hold.role)}, {hold.scope}, {_term(hold.from_, hold.until)}{lead}"


def _term(first: date, until: date | None) -> str:
    return f"from {first}" if until is None else f"{first} to {until}"
