"""Answers to a form that was refused: what is wrong, and what was typed, kept where it was typed.

Decides nothing: what is refused, and in which words, is the verb's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casework.access.rate_limit import TooManyTries
from casework.attention.writing import WrittenMeanwhile
from casework.core.leases import UnderWay
from casework.core.staleness import Stale
from casework.depositary.bringing import ChangedMeanwhile
from casework.dossiers.deciding import AlreadyDecided
from casework.follow_ups.actions import AlreadyClosed
from casework.follow_ups.reopening import OpenAlready
from casework.meetings.taking_down import NotADraft
from desk.refusals import refusals_of
from desk.web.sign_in_gate import TooManyAtTheDoor
from desk.web.storage_faults import CANNOT_WRITE
from pathways.grammar.refusals import Refusal

_MEANWHILE = (
    AlreadyClosed,
    AlreadyDecided,
    ChangedMeanwhile,
    NotADraft,
    OpenAlready,
    Stale,
    UnderWay,
    WrittenMeanwhile,
)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of what was sent; `kept` is what was typed, by field, and under `form` which form it was typed in."""

    status: int = 200
    faults: Sequence[Refusal] = ()
    kept: Mapping[str, str] = field(default_factory=dict)

    def fault_of(self, name: str) -> Refusal | None:
        """Return what is wrong with a field, if anything is known of it."""
        return next((fault for fault in self.faults if fault.field == name), None)


NOTHING_SENT = Answer()


def refused(wrong: Exception, kept: Mapping[str, str] | None = None, fields: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a form that was refused; `fields` says what the form calls a field of the verb."""
    faults = (replace(one, field=(fields or {}).get(one.field, one.field)) for one in refusals_of(wrong))
    return Answer(status=status_of(wrong), faults=tuple(faults), kept=kept or {})


def status_of(wrong: Exception) -> int:
    """Return the status of a refusal: somebody was faster, it was tried too often, or the form wants another look.

    503 where the machine is in the way.
    """
    if isinstance(wrong, _MEANWHILE):
        return 409
    if isinstance(wrong, CANNOT_WRITE):
        return 503
    return 429 if isinstance(wrong, (TooManyTries, TooManyAtTheDoor)) else 422
