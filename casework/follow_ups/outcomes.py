"""Outcomes: how a follow-up may end, in the words that are kept of it. Writes nothing."""

from __future__ import annotations

import re
from enum import StrEnum

from casework.core.text_rules import line_faults
from pathways.grammar.agenda import Occasion
from pathways.grammar.lines import shows, without_fillers
from pathways.grammar.refusals import Refusal, refusal


class Outcome(StrEnum):
    """What became of a follow-up; the word with which what is kept of it begins."""

    DONE = "done"
    OVERTAKEN = "overtaken"  # by a fact
    HANDED_OVER = "handed over"  # to somebody outside this record
    NOT_NEEDED = "not needed"


class Became(StrEnum):
    """What a fact did of what a follow-up had asked, where the fact is just what was asked for."""

    STEP_TAKEN = "step taken"
    HEARD_FROM = "heard from"


#: The fact that says a State was heard from; it starts the silence clock again.
EXCHANGE = "exchange"

#: An outcome that begins so says that nothing was done; any other says that it was.
_NOT_DONE = tuple(outcome.value for outcome in Outcome if outcome is not Outcome.DONE)

#: What is kept before the words: an outcome, or that a letter was given up.
_CODES = frozenset({*Outcome, "given up"})


def worded(outcome: str, said: str) -> str:
    """Return the outcome as it is kept: what became of it, and the sentence that says so; empty without one."""
    chosen = next((known for known in Outcome if known == outcome), None)
    sentence = said.strip()
    return f"{chosen}: {sentence}" if chosen and shows(sentence) else ""


def was_done(outcome: str) -> bool:
    """Tell whether an outcome says that something was done."""
    return not outcome.casefold().startswith(_NOT_DONE)


def parted(outcome: str | None) -> tuple[str, str]:
    """Return what became of a follow-up as its code, and what was said of it; no code where there are words alone."""
    code, joined, said = (outcome or "").partition(": ")
    return (code, said) if joined and code in _CODES else ("", outcome or "")


def faults_of(outcome: str, occasion: str) -> list[Refusal]:
    """Return a refusal for each reason why a follow-up of that occasion cannot be closed with this outcome.

    That a step is ready is true until the step is taken, whatever is said of it: the step closes it, and nobody else.
    """
    if occasion == Occasion.READY:
        return [refusal("ready_closes_by_its_step", field="outcome")]
    faults = line_faults(outcome, refusal("outcome_wanted", field="outcome"))
    if re.fullmatch(rf"{Outcome.NOT_NEEDED}\W*", without_fillers(outcome).casefold()):
        faults.append(refusal("say_why_not_needed", field="outcome"))
    return faults
