"""Information: what somebody is told of and not asked for, since it wants a word that the role does not owe (E3.7)."""

from __future__ import annotations

from casework.core.actors import number_of
from casework.core.escalation import may_be_asked
from models.follow_ups.follow_up import FollowUp
from pathways.grammar.clearance import Reader


def is_for_information(found: FollowUp, reader: Reader) -> bool:
    """Tell whether nothing is asked of the reader; what the reader has taken is the reader's to do."""
    is_mine = found.owner_id is not None and found.owner_id == number_of(reader)
    return not is_mine and not may_be_asked(reader, found.occasion, found.state)
