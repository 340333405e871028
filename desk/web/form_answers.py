"""Answers to a form that was refused: what is wrong, and what was typed, kept where it was typed.

Decides nothing: what is refused, and in which words, is the verb's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casework.access.rate_limit import TooManyTries
from casework.core.leases import UnderWay
from casework.core.staleness import Stale
from casework.dossiers.deciding import AlreadyDecided
from casework.follow_ups.actions import AlreadyClosed
from desk.refusals import sentences
from desk.web.form_parsing import NotReadable
from desk.web.storage_faults import CANNOT_WRITE

#: A sentence, or the field it is about and the sentence.
Fault = str | tuple[str, str]
_MEANWHILE = (AlreadyClosed, AlreadyDecided, Stale, UnderWay)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What became of what was sent; `kept` is what was typed, by field, and under `form` which form it was typed in."""

    status: int = 200
    faults: Sequence[Fault] = ()
    kept: Mapping[str, str] = field(default_factory=dict)

    def fault_of(self, name: str) -> str:
        """Return what is wrong with a field, in a sentence; nothing when nothing is known of it."""
        return next((fault[1] for fault in self.faults if not isinstance(fault, str) and fault[0] == name), "")


NOTHING_SENT = Answer()


def refused(wrong: Exception, kept: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a form that was refused."""
    return Answer(status=status_of(wrong), faults=faults_of(wrong), kept=kept or {})


def status_of(wrong: Exception) -> int:
    """Return the status of a refusal: somebody was faster, it was tried too often, or the form wants another look.

    503 where the machine is in the way.
    """
    if isinstance(wrong, _MEANWHILE):
        return 409
    if isinstance(wrong, CANNOT_WRITE):
        return 503
    return 429 if isinstance(wrong, TooManyTries) else 422


def faults_of(wrong: Exception) -> tuple[Fault, ...]:
    """Return what is to be said of a refusal, with the field where it is known."""
    if isinstance(wrong, NotReadable):
        return ((wrong.field, str(wrong)),)
    return sentences(wrong)
