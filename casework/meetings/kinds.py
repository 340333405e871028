"""What becomes of a meeting, and the one kind of it that is not everybody's to know. The others a treaty declares."""

from __future__ import annotations

from enum import StrEnum

#: Of a meeting with one State alone.
BILATERAL = "bilateral"


class Ended(StrEnum):
    """What became of a meeting, once somebody has said so."""

    HELD = "held"
    CANCELLED = "cancelled"


class MeetingStanding(StrEnum):
    """How a meeting stands on a day."""

    COMING = "coming"
    UNDER_WAY = "under_way"
    OVER = "over"
    WAS_HELD = "was_held"
    CANCELLED = "cancelled"
