"""What a follow-up or a matter asks, printed in a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from casework.depositary.gone import FEW, VANISHED, acts_gone
from desk.terminal.console import counted

if TYPE_CHECKING:
    from casework.follow_ups.listing import FollowUpView
    from casework.overview.agenda import AgendaMatter

NameOf = Callable[[str], str]


def what(matter: FollowUpView | AgendaMatter, name_of: NameOf) -> str:
    """Say what it is about: in the words of who opened it, if a person did."""
    about = _gone(matter.about, name_of) if matter.kind == VANISHED else matter.about
    return f"{matter.kind.replace('_', ' ')}: {matter.words or about}"


def _gone(about: str, name_of: NameOf) -> str:
    """Name the first few States whose acts are gone, and how many more there are."""
    found = acts_gone(about, name_of)
    first = ", ".join(f"{name_of(state)} ({', '.join(acts).replace('_', ' ')})" for state, acts in found[:FEW])
    return f"{first} and {counted(len(found) - FEW, 'more State')}" if len(found) > FEW else first
