"""About a State: what every verb is told, by a page or a command: the treaty, the State's name, and who acts."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from pathways.grammar.clearance import Reader


class About(TypedDict):
    """The arguments that verbs about a State share."""

    treaty: str
    name: str
    reader: Reader
