"""Whose a follow-up is to one reader: the own, asked of the own role, for information, passed on, or with others.

And who may answer it, and who is asked next, and when, while it stays open.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from casework.core.actors import number_of
from casework.core.directory import Directory
from casework.core.escalation import ask, may_be_asked
from casework.follow_ups.ground import may_do
from models.follow_ups.follow_up import FollowUp
from pathways.grammar.agenda import own_day
from pathways.grammar.clearance import Reader


class Part(StrEnum):
    """Where in the inbox a follow-up stands."""

    MINE = "mine"
    FOR_MY_ROLE = "for_my_role"  # nobody has taken it, and the reader's role is asked
    FOR_INFORMATION = "for_information"  # it has reached the reader's role, of which no outreach is asked
    PASSED_ON = "passed_on"  # the reader was asked, and somebody else is by now
    OTHERS = "others"


def part_of(found: FollowUp, reader: Reader, *, was_asked: bool = False) -> Part:
    """Tell whether a follow-up is the reader's, or waits for a role of the reader's, or for others."""
    if found.owner_id is not None and found.owner_id == number_of(reader):
        return Part.MINE
    if found.owner_id is not None or not reader.serves_as(found.asked, found.state):
        return Part.PASSED_ON if was_asked else Part.OTHERS
    return Part.FOR_MY_ROLE if may_be_asked(reader, found.occasion, found.state) else Part.FOR_INFORMATION


def is_for_information(found: FollowUp, reader: Reader) -> bool:
    """Tell whether nothing is asked of the reader, since it wants a word that the role does not owe (E3.7).

    What the reader has taken is the reader's to do.
    """
    is_mine = found.owner_id is not None and found.owner_id == number_of(reader)
    return not is_mine and not may_be_asked(reader, found.occasion, found.state)


def may_answer(found: FollowUp, reader: Reader) -> bool:
    """Tell whether the reader may close a follow-up or let it rest.

    Its owner and the Secretariat may; while nobody owns it, so may whoever may be asked for it and can do it.
    """
    if reader.is_secretariat:
        return True
    if found.owner_id is not None:
        return found.owner_id == number_of(reader)
    return may_do(found.occasion, found.state, reader) and may_be_asked(reader, found.occasion, found.state)


class AskedNext(NamedTuple):
    """The role that is asked if a follow-up stays open, and from which day on."""

    role: str
    on: date


def asked_next(found: FollowUp, directory: Directory, today: date) -> AskedNext | None:
    """Return who is asked next; None once nobody is. While a letter is under way, the own day says when.

    At the end of a rest that is whoever was asked last. Where the rest is over, or a close was taken back, that is the
    next sweep's to do, and whoever comes after is asked when the time that it gives is over.
    """
    if found.closed_on is not None or not found.rungs:
        return None
    told, on, patience = found.rung, found.next_rung_on or found.due_on, timedelta(days=found.patience)
    if found.waits_for_its_day:  # its owner is reminded on the day, and somebody else only after that
        told, on = 1, on + patience
    elif found.snoozed_until is not None and found.snoozed_until == found.next_rung_on:
        is_over = found.snoozed_until <= today
        told = told if is_over else max(told - 1, 0)
        on = own_day(found.occasion, found.due_on, today, patience) if is_over else on
    asked = ask(directory, found.rungs.split(","), told, found.state or "", found.treaty)
    return AskedNext(asked.role, on) if asked.holder else None
