"""What waits for the reader, in numbers: beside the words of the menu on every page.

Asked for with every page, so in a statement or two, however many States there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casework.core.actors import number_of
from casework.core.escalation import may_be_asked
from casework.core.workspace import Workspace
from casework.overview.memo import Memos
from models.follow_ups import open_follow_ups
from models.follow_ups.open_follow_ups import Waits
from models.ledger import proposals
from pathways.grammar.clearance import Reader, may_read_words
from pathways.grammar.roles import Right


class Waiting(NamedTuple):
    """How many follow-ups are the reader's to do now, and how many proposals the Secretariat's to decide."""

    follow_ups: int = 0
    proposals: int = 0


_MEMORIES: Memos[Sequence[Waits], int] = Memos(most=100)


def waiting(workspace: Workspace, *, treaty: str, reader: Reader) -> Waiting:
    """Count what needs the reader: the own, and what waits for a role of the reader's, but for what rests.

    It is what the inbox shows as the reader's own to do.
    """
    with workspace.reading() as connection:
        found = open_follow_ups.waiting_ones(connection, treaty, number_of(reader), workspace.today())
        to_decide = proposals.how_many_wait(connection, treaty) if reader.is_secretariat else 0
    counted = _MEMORIES.of(workspace).of((treaty, reader), found, lambda: _count(found, reader))
    return Waiting(follow_ups=counted, proposals=to_decide)


def _count(found: Sequence[Waits], reader: Reader) -> int:
    return sum(waits.number for waits in found if _knows(waits, reader) and _is_to_do(waits, reader))


def _knows(waits: Waits, reader: Reader) -> bool:
    """Tell whether the reader knows of what is the reader's own or asks a role of the reader's."""
    if not may_read_words(reader, waits.state, waits.sensitivity, waits.opened_by):
        return False
    return reader.is_secretariat or (waits.state is not None and reader.may(Right.FOLLOW_UP, waits.state))


def _is_to_do(waits: Waits, reader: Reader) -> bool:
    if waits.is_own:
        return True
    return reader.serves_as(waits.asked, waits.state) and may_be_asked(reader, waits.occasion, waits.state)
