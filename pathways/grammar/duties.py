"""Duties: what the treaty asks of a party after deposit, when it falls due, and whether it was done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from pathways.grammar.dates import DayRange
from pathways.grammar.deadlines import EachYearOn
from pathways.grammar.dossier import Dossier
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import Duty, Pathway
from pathways.grammar.stages import LegalStatus

WAIVED = "duty_waived"


class DutyState(StrEnum):
    """How a duty stands on a day."""

    UPCOMING = "upcoming"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    WAIVED = "waived"
    NOT_KNOWN = "not_known"  # fell due before this record was opened


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One duty of one State: its day, or the days on which it may fall, and how it stands."""

    duty: Duty
    covers: int | None  # the calendar year that a yearly duty is for
    due: DayRange
    state: DutyState
    done_on: date | None = None

    @property
    def near_on(self) -> date:
        """Return the day from which it is due soon."""
        return self.due.last - self.duty.lead


def owed(pathway: Pathway, dossier: Dossier, *, since: date = date.min) -> tuple[Owed, ...]:
    """Return every duty of a State up to the dossier's day, and the next one of each kind; none once it has left.

    If asked, without those that fell due before a day.
    """
    force, leaves = dossier.legal.entry_into_force, dossier.legal.withdrawal_effective
    if force is None or dossier.legal.status is LegalStatus.WITHDRAWN:
        return ()
    return tuple(
        one
        for duty in pathway.duties
        for one in _up_to_the_next(duty, force, dossier, since)
        if leaves is None or one.due.last < leaves
    )


def _up_to_the_next(duty: Duty, force: DayRange, dossier: Dossier, since: date) -> Iterator[Owed]:
    """Stop behind the first that lies ahead and stands open: what was done early hides no later one."""
    reports, waivers = dossier.proofs(duty.done_by), dossier.proofs(WAIVED)
    for covers, due in _falls(duty, force, dossier.on):
        if due.last < since:
            continue
        found = _judge(duty, covers, due, dossier, reports, waivers)
        yield found
        if due.last > dossier.on and found.state not in (DutyState.DONE, DutyState.WAIVED):
            return


def _falls(duty: Duty, force: DayRange, on: date) -> Iterator[tuple[int | None, DayRange]]:
    rule = duty.rule
    if not isinstance(rule, EachYearOn):
        yield None, force.by(rule)
        return
    yield from _each_year(rule, force.last, max(on, force.last).year + 3)


@lru_cache(maxsize=4096)
def _each_year(rule: EachYearOn, bound: date, before: int) -> tuple[tuple[int, DayRange], ...]:
    """Return the days of a yearly duty before a year begins; many States have the same ones."""
    return tuple((covered, DayRange(due, due)) for covered, due in rule.falls(bound, date(before, 1, 1)))


def _judge(
    duty: Duty, covers: int | None, due: DayRange, dossier: Dossier, reports: Sequence[Fact], waivers: Sequence[Fact]
) -> Owed:
    done = _discharged(reports, covers)
    waived = next((f for f in waivers if _waives(f, duty, covers)), None)
    if done is not None:
        state = DutyState.DONE
    elif waived is not None:
        state = DutyState.WAIVED
    else:
        state = _open_state(due, duty.lead, dossier)
    return Owed(duty=duty, covers=covers, due=due, state=state, done_on=done.counts_from if done else None)


def _discharged(reports: Sequence[Fact], covers: int | None) -> Fact | None:
    return next((f for f in reports if covers is None or f.data.get("year") == covers), None)


def _waives(fact: Fact, duty: Duty, covers: int | None) -> bool:
    return fact.text("duty") == duty.name and fact.data.get("year") in (None, covers)


def _open_state(due: DayRange, lead: timedelta, dossier: Dossier) -> DutyState:
    if dossier.opened_on is not None and due.last < dossier.opened_on:
        return DutyState.NOT_KNOWN
    if due.last < dossier.on:
        return DutyState.OVERDUE
    return DutyState.DUE if due.last - lead <= dossier.on else DutyState.UPCOMING
