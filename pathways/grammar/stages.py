"""Stages: where a State stands on its way, and how the dossier is held."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """A stage of the way into a treaty; our assessment until a depositary act speaks."""

    OUTSIDE = "outside"
    INTEREST = "interest"
    ASSISTANCE = "assistance"
    LEGISLATION = "legislation"
    DEPOSIT = "deposit"
    IMPLEMENTATION = "implementation"


class Standing(StrEnum):
    """Whether the way is being walked."""

    OPEN = "open"
    PAUSED = "paused"  # by the State, with a review date
    DECLINED = "declined"  # the State said it will not join, with a review date


class LegalStatus(StrEnum):
    """What the depositary's acts make of a State; never moved by the pathway."""

    NON_SIGNATORY = "non_signatory"
    SIGNATORY = "signatory"
    DEPOSITED = "deposited"
    STATE_PARTY = "state_party"
    WITHDRAWAL_NOTIFIED = "withdrawal_notified"
    WITHDRAWN = "withdrawn"

    @property
    def is_party(self) -> bool:
        """Tell whether it is a State Party's: also of one that leaves, until its withdrawal takes effect."""
        return self in (LegalStatus.STATE_PARTY, LegalStatus.WITHDRAWAL_NOTIFIED)


class Instrument(StrEnum):
    """The kind of instrument deposited. A signatory ratifies, accepts or approves; another State accedes."""

    RATIFICATION = "ratification"
    ACCEPTANCE = "acceptance"
    APPROVAL = "approval"
    ACCESSION = "accession"
    SUCCESSION = "succession"
