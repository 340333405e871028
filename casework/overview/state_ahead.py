"""Ahead of a State: the days on which something falls due, the nearest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casework.core.days_ahead import Ahead, Falling
from casework.follow_ups.listing import FollowUpView
from pathways.grammar.agenda import Item, heard_last


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """Something that falls on a day; `earliest` differs where the day is not certain. `days` are those left.

    `occasion` is that of the follow-up, or why one will be opened, `about` a word of the declaration: a step, a duty,
    a stage.
    """

    what: Ahead
    about: str
    due_on: date
    earliest: date
    days: int
    occasion: str = ""
    follow_up: FollowUpView | None = None
    key: str = ""  # of the item on the agenda

    @property
    def is_certain(self) -> bool:
        """Tell whether it can only be that day."""
        return self.earliest == self.due_on

    @property
    def silent_since(self) -> date | None:
        """Return since when nothing was heard, where that is why."""
        return self.follow_up.silent_since if self.follow_up else heard_last(self.key)

    @property
    def kind(self) -> str:
        """Return the occasion under the name that a follow-up has for it, so that one template says either."""
        return self.occasion


def deadlines(
    on: date, falls: Iterable[Falling], items: Iterable[Item], follow_ups: Sequence[FollowUpView]
) -> tuple[Deadline, ...]:
    """Return every deadline of a State on a day, the nearest first: `items` are those without a follow-up."""
    found = [*_of_people(on, follow_ups), *(_of_facts(on, item) for item in items)]
    asked = {(d.occasion, d.about) for d in found}
    found += [_of_law(on, fall) for fall in falls if not fall.is_among(asked)]
    return tuple(sorted(found, key=lambda d: (d.due_on, d.what is not Ahead.FOLLOW_UP, d.about)))


def _of_people(on: date, follow_ups: Sequence[FollowUpView]) -> Iterator[Deadline]:
    for one in follow_ups:
        due = max(one.due_on, one.snoozed_until) if one.snoozed_until else one.due_on
        yield Deadline(
            what=Ahead.FOLLOW_UP,
            about=one.about,
            due_on=due,
            earliest=due,
            days=(due - on).days,
            occasion=one.kind,
            follow_up=one,
        )


def _of_facts(on: date, item: Item) -> Deadline:
    return Deadline(
        what=Ahead.MATTER,
        about=item.about,
        due_on=item.due_on,
        earliest=item.due_on,
        days=(item.due_on - on).days,
        occasion=item.occasion,
        key=item.key,
    )


def _of_law(on: date, fall: Falling) -> Deadline:
    first, last = fall.day.first, fall.day.last
    return Deadline(what=fall.what, about=fall.about, due_on=last, earliest=first, days=(last - on).days)
