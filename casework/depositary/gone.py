"""What a follow-up about acts that a table no longer shows is about: written down once, and read again by State."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casework.depositary.intaken import Gone
from sources.alphabet import alphabetical

VANISHED = "vanished"
FEW = 3  # States that the title of such a follow-up names


def about_acts(gone: Iterable[Gone]) -> str:
    """Write what the follow-up of such acts is about."""
    return ", ".join(f"{one.state} {one.act}" for one in gone)


def acts_gone(about: str, name_of: Callable[[str], str]) -> list[tuple[str, list[str]]]:
    """Return the acts that such a follow-up is about, State by State in the order of their names."""
    found: dict[str, list[str]] = {}
    for state, _, act in (one.partition(" ") for one in about.split(", ") if one):
        found.setdefault(state, []).append(act)
    return sorted(found.items(), key=lambda one: alphabetical(name_of(one[0])))
