"""Terms of a treaty beside its steps: the rules its articles stand for, the instruments, and periods of custom.

Words to declare with, and the answers that there are to what is asked of a State; what they come to for one treaty
stands in that treaty's file alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from pathways.grammar.stages import Instrument


class Rule(StrEnum):
    """What a treaty rules, so that a sentence can cite the article; one without an article is cited without."""

    SIGNATURE = "signature"  # from when to when it is open for signature
    INSTRUMENT = "kind of instrument"  # that a signatory and another State deposit different ones
    OF_A_SIGNATORY = "instrument of a signatory"
    OF_ANOTHER_STATE = "instrument of another State"
    ACCESSION = "accession"  # from when it is open
    ENTRY_INTO_FORCE = "entry into force"
    BINDING = "binding a later State"
    BEING_BOUND = "being bound"
    PROVISIONAL_APPLICATION = "provisional application"
    WITHDRAWAL = "withdrawal"


#: Kinds of meetings that any treaty may have.
MEETINGS = ("preparatory", "treaty_event", "workshop", "bilateral", "other")


@dataclass(frozen=True, kw_only=True, slots=True)
class Instruments:
    """Which instruments are open to whom, and from when a State that has not signed may deposit; None: always."""

    of_a_signatory: tuple[Instrument, ...]
    of_another_state: tuple[Instrument, ...]
    accession_from: date | None = None

    def open_to(self, *, signatory: bool) -> tuple[Instrument, ...]:
        """Return the instruments that a State may deposit."""
        return self.of_a_signatory if signatory else self.of_another_state


@dataclass(frozen=True, kw_only=True, slots=True)
class NotificationNumber:
    """How a depositary numbers its notifications: a pattern, and an example for people."""

    pattern: str
    example: str

    def fits(self, reference: str) -> bool:
        """Tell whether a reference is such a number."""
        return re.fullmatch(self.pattern, reference, re.IGNORECASE) is not None


@dataclass(frozen=True, kw_only=True, slots=True)
class Periods:
    """How long a follow-up of each occasion has until it is due, and a rung until the next one is asked.

    `promise` is after how long one without a day is asked about, and whichever was asked about is so again.
    """

    contradiction: timedelta
    review: timedelta
    ready: timedelta
    date_passed: timedelta
    vanished: timedelta
    rung: timedelta
    promise: timedelta = timedelta(days=180)  # [BK]


class About(StrEnum):
    """What a statement was about."""

    LAW_PROGRESS = "law_progress"
    OUTREACH = "outreach"
    ASSISTANCE_RECEIVED = "assistance_received"
    ASSISTANCE_GIVEN = "assistance_given"
    PROMISE = "promise"
    OBSTACLE = "obstacle"
    EXPERIENCE = "experience"
    OFFER = "offer"
    POSITION = "position"
    OTHER = "other"


class National(StrEnum):
    """Where a State says that its national process stands."""

    NOT_BEGUN = "not_begun"
    CONSIDERED = "considered"
    DRAFTED = "drafted"
    BEFORE_PARLIAMENT = "before_parliament"
    APPROVED = "approved_at_home"
    NOT_INTENDED = "not_intended"


class Hindrance(StrEnum):
    """What stands in a State's way, by classes."""

    SECURITY = "security_concerns"
    KNOWLEDGE = "little_knowledge"
    COMMUNICATION = "communication"
    POLITICS = "domestic_politics"
    INDUSTRY = "industry_concerns"
    INSTITUTIONS = "institutions"
    SOVEREIGNTY = "sovereignty"
    RESOURCES = "few_resources"
    TURNOVER = "new_officials"
    OTHER = "other_hindrance"


class Became(StrEnum):
    """What became of a promise, as somebody has learnt since."""

    KEPT = "kept"
    RENEWED = "renewed"
    LAPSED = "lapsed"
