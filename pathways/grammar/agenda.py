"""The agenda of a dossier: what a day brings, and the next day that brings anything.

Names roles, never persons: who holds a role is looked up when a notice is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import chain

from pathways.grammar.clearance import Sensitivity
from pathways.grammar.dossier import Dossier
from pathways.grammar.duties import DutyState, Owed, owed
from pathways.grammar.facts import Fact
from pathways.grammar.journey import DueStep, missing_for, steps_by_date
from pathways.grammar.needs import Cause
from pathways.grammar.pathway import By, Pathway, Step
from pathways.grammar.promises import promises
from pathways.grammar.roles import Role
from pathways.grammar.stages import LegalStatus, Standing
from pathways.grammar.terms import Periods

_A_DAY = timedelta(days=1)


class Occasion(StrEnum):
    """Why a follow-up is opened for a dossier."""

    READY = "ready"  # every proof of a person's step is on file
    SILENCE = "silence"  # nothing heard for too long at this stage
    DATE_NEAR = "date_near"
    DATE_PASSED = "date_passed"
    PROMISE = "promise_due"  # a State's promise: its day has come, or it has named none and is asked kindly
    REVIEW = "review"  # the day to ask a paused or declined State again
    CONTRADICTION = "contradiction"  # a depositary file differs from what we hold


#: Occasions that ask somebody for a word to the State itself: never of who does not reach out (E3.7).
OUTREACH = frozenset({Occasion.SILENCE, Occasion.PROMISE})
#: The occasion of a follow-up that a person opens for a day: no agenda brings it, nor ends it.
OWN = "own"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """Something that stands on a dossier's agenda and wants a follow-up.

    `key` names the occasion: the same occasion is opened once, or again so long `again_after` it was closed. `rungs`
    says who is reminded, in order, and `patience` how long each rung has before the next is asked; no rungs, no
    reminders. `due_on` is the day of whoever is asked first, if that is on the day `since`.
    """

    key: str
    occasion: Occasion
    about: str  # the step, duty or stage it is about; a word of the declaration, never prose
    since: date
    due_on: date
    patience: timedelta
    rungs: tuple[Role, ...] = ()
    is_public: bool = False
    again_after: timedelta | None = None

    def due_for(self, reached: date) -> date:
        """Return the day of whoever it reaches first, if it does so on a day."""
        return own_day(self.occasion, self.due_on, reached, self.due_on - self.since)


def own_day(occasion: str, due_on: date, reached: date, patience: timedelta) -> date:
    """Return the day of somebody whom a follow-up reaches: the whole patience from then, or a later day it had before.

    The day of a duty is the treaty's, whoever is asked, and that of a person's own is the one it was opened for; even
    so nothing is late on the day it reaches somebody.
    """
    if occasion == OWN and reached <= due_on:
        return due_on
    return max(due_on, reached if occasion == Occasion.DATE_NEAR else reached + patience)


def asked_again_on(due_on: date, told: date, patience: timedelta) -> date:
    """Return from which day on the last rung, told on a day, is asked again: its patience is over, and it is late.

    Always a Monday, so that what is late stands in one letter of the week instead of in one a day.
    """
    day = max(due_on + _A_DAY, told + patience)
    return day + timedelta(days=-day.weekday() % 7)


@dataclass(frozen=True, kw_only=True, slots=True)
class Agenda:
    """What stands on a day, and the next day that brings anything more; None when nothing will."""

    steps: tuple[DueStep, ...]
    items: tuple[Item, ...]
    next_due_on: date | None


def agenda(pathway: Pathway, dossier: Dossier) -> Agenda:
    """Say what the dossier's day brings: by-date steps, what wants a follow-up, and when to look again."""
    today = dossier.on
    by_date = list(steps_by_date(pathway, dossier))
    duties = owed(pathway, dossier)
    items = list(_items(pathway, dossier, duties))
    return Agenda(
        steps=tuple(due for due in by_date if due.on <= today),
        items=tuple(item for item in items if item.since <= today),
        next_due_on=_next_day(dossier, by_date, items, duties),
    )


def next_due_on(pathway: Pathway, dossier: Dossier) -> date | None:
    """Return the next day of an agenda alone, for which no duty of the past is looked at."""
    duties = owed(pathway, dossier, since=dossier.on)
    return _next_day(dossier, steps_by_date(pathway, dossier), _items(pathway, dossier, duties), duties)


def _next_day(
    dossier: Dossier, by_date: Iterable[DueStep], items: Iterable[Item], duties: Sequence[Owed]
) -> date | None:
    days = chain((due.on for due in by_date), (item.since for item in items), _looks(dossier, duties))
    return min((day for day in days if day > dossier.on), default=None)


def _items(pathway: Pathway, dossier: Dossier, duties: Sequence[Owed]) -> Iterator[Item]:
    yield from _contradictions(pathway.periods, dossier)
    yield from _reviews(pathway.periods, dossier)
    if dossier.standing is Standing.OPEN and not dossier.legal.is_in_hand:
        yield from _ready(pathway, dossier)
        yield from _silence(pathway, dossier)
    if dossier.standing is Standing.OPEN:
        yield from _promises(pathway, dossier)
    for duty in duties:
        yield from _duty(pathway.periods, duty)


def _contradictions(periods: Periods, dossier: Dossier) -> Iterator[Item]:
    for fact in dossier.conflicts:
        since = _learnt(fact)
        yield Item(
            key=f"contradiction:{fact.id}",
            occasion=Occasion.CONTRADICTION,
            about=fact.kind,
            since=since,
            due_on=since + periods.contradiction,
            rungs=(Role.SECRETARIAT,),
            patience=periods.rung,
            is_public=True,
        )


def _learnt(fact: Fact) -> date:
    return fact.recorded_at.date()


def _reviews(periods: Periods, dossier: Dossier) -> Iterator[Item]:
    if dossier.standing is Standing.OPEN or dossier.review_on is None or dossier.legal.is_in_hand:
        return
    yield Item(
        key=f"review:{dossier.review_on}",
        occasion=Occasion.REVIEW,
        about=dossier.standing,
        since=dossier.review_on,
        due_on=dossier.review_on + periods.review,
        rungs=(Role.SECRETARIAT,),
        patience=periods.rung,
    )


def _ready(pathway: Pathway, dossier: Dossier) -> Iterator[Item]:
    for step in pathway.steps:
        if step.by is not By.PERSON or dossier.stage not in step.sources or step.target is dossier.stage:
            continue
        if _has_cause(step) or missing_for(pathway, dossier, step):
            continue
        yield Item(
            key=f"ready:{step.name}:{dossier.entered_by}",
            occasion=Occasion.READY,
            about=step.name,
            since=dossier.on,
            due_on=dossier.on + pathway.periods.ready,
            rungs=(Role.SECRETARIAT,),
            patience=pathway.periods.rung,
        )


def heard_last(key: str) -> date | None:
    """Return the day from which a silence is counted, of an item's key or a follow-up's; None of another occasion."""
    return date.fromisoformat(key.rpartition(":")[2]) if _is_of_silence(key) else None


def apart_from_the_day(key: str) -> str:
    """Return an occasion's key without the day from which a silence is counted: not all readers know the same day."""
    return key.rpartition(":")[0] if _is_of_silence(key) else key


def _is_of_silence(key: str) -> bool:
    return Occasion.SILENCE in key.split(":")[:2]


def _has_cause(step: Step) -> bool:
    return any(isinstance(need, Cause) for need in step.needs)


def _silence(pathway: Pathway, dossier: Dossier) -> Iterator[Item]:
    """Chase a silent stage, counted from the last sign of life or the opening of this record if later."""
    chase = pathway.chase(dossier.stage)
    days = [d for d in (dossier.last_heard_on, dossier.opened_on, dossier.entered_on) if d is not None]
    if chase is None or not days:
        return
    heard = max(days)
    since = heard + chase.after
    yield Item(
        key=f"silence:{dossier.stage}:{dossier.entered_by}:{heard}",
        occasion=Occasion.SILENCE,
        about=dossier.stage,
        since=since,
        due_on=since + chase.patience,
        rungs=chase.rungs,
        patience=chase.patience,
        again_after=chase.after,
    )


def _promises(pathway: Pathway, dossier: Dossier) -> Iterator[Item]:
    """Ask what became of a promise; who accompanies the State is asked only where they may know of it."""
    periods, chase = pathway.periods, pathway.chase(dossier.stage) or next(iter(pathway.chases), None)
    for promise in promises(dossier):
        if not promise.is_to_be_kept:
            continue
        since = promise.asked_on(periods)
        is_open_to_all = promise.sensitivity <= Sensitivity.COORDINATION
        yield Item(
            key=f"{Occasion.PROMISE}:{promise.last_said.id}",
            occasion=Occasion.PROMISE,
            about=promise.said.kind,
            since=since,
            due_on=since + periods.rung,
            rungs=chase.rungs if chase and is_open_to_all else (Role.SECRETARIAT,),
            patience=periods.rung,
            again_after=periods.promise,
        )


def _duty(periods: Periods, duty: Owed) -> Iterator[Item]:
    """Ask for what is near or past; what lies ahead has only its day yet, among `_looks`."""
    last = duty.due.last
    if duty.state is DutyState.DUE:
        yield _of_duty(periods, duty, Occasion.DATE_NEAR, since=duty.near_on, due_on=last)
    elif duty.state is DutyState.OVERDUE:
        yield _of_duty(periods, duty, Occasion.DATE_PASSED, since=last + _A_DAY, due_on=last + periods.date_passed)


def _of_duty(periods: Periods, duty: Owed, occasion: Occasion, *, since: date, due_on: date) -> Item:
    about = duty.duty.name if duty.covers is None else f"{duty.duty.name} {duty.covers}"
    return Item(
        key=f"{occasion}:{about}:{duty.due.last}",
        occasion=occasion,
        about=about,
        since=since,
        due_on=due_on,
        rungs=(Role.SECRETARIAT,),
        patience=periods.rung,
        is_public=True,
    )


def _looks(dossier: Dossier, duties: Sequence[Owed]) -> Iterator[date]:
    """Yield other days on which the picture changes: a fact that begins to count, a duty that is near or past."""
    if dossier.next_fact_on is not None:
        yield dossier.next_fact_on
    for duty in duties:
        if duty.state is DutyState.UPCOMING:
            yield duty.near_on
        elif duty.state is DutyState.DUE:
            yield duty.due.last + _A_DAY
    legal = dossier.legal
    if legal.entry_into_force is not None and legal.status is LegalStatus.DEPOSITED:
        yield legal.entry_into_force.last
    if legal.withdrawal_effective is not None and legal.status is LegalStatus.WITHDRAWAL_NOTIFIED:
        yield legal.withdrawal_effective
