"""Escalation: which rung of a follow-up is reminded, and which persons that means today."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casework.core.directory import Directory
from models.letters.notices import NewNotice
from models.people.people import HeldMandate
from notifications.letters import Kind
from pathways.grammar.agenda import OUTREACH, Occasion
from pathways.grammar.clearance import Reader
from pathways.grammar.roles import Right, powers

#: The occasion of a State that has not answered an enquiry, for all its letters: no agenda brings it.
ENQUIRY_SILENT = "enquiry_silent"
#: Occasions that ask for a word to a State: a coordinator is informed of them, never asked for outreach (E3.7).
CHASES = OUTREACH | {Occasion.DATE_NEAR, Occasion.DATE_PASSED, ENQUIRY_SILENT}


def may_be_asked(reader: Reader, occasion: str, state: str | None) -> bool:
    """Tell whether a reader may be asked for what an occasion wants; who does not reach out is only informed (E3.7)."""
    if occasion not in CHASES or state is None:
        return True
    return any(powers(role).reaches_out for role in reader.roles_with(Right.FOLLOW_UP, state))


class ReminderSubject(Protocol):
    """What a reminder is about."""

    @property
    def occasion(self) -> str:
        """The occasion's name."""

    @property
    def about(self) -> str:
        """The step, duty or stage."""

    @property
    def is_public(self) -> bool:
        """Whether it may be named in a letter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RungAsked:
    """The rung that is asked: how many rungs are told by now, in which role, and who leads it."""

    rung: int
    role: str
    holder: HeldMandate | None

    @property
    def nobody(self) -> bool:
        """Tell whether no rung that may be asked today has anybody."""
        return self.holder is None

    def notices(
        self, subject: ReminderSubject, key: str, treaty: str, dossier_id: int | None, *, again: date | None = None
    ) -> list[NewNotice]:
        """Return the reminder to the one who leads, if anybody does; `again`: the day, where this rung was told."""
        if self.holder is None:
            return []
        return [
            NewNotice(
                key=f"{key}:{self.rung}:{self.holder.person_id}{f':{again}' if again else ''}",
                kind=Kind.CHASE if subject.occasion in CHASES else Kind.TASK,
                occasion=str(subject.occasion),
                about=subject.about,
                person_id=self.holder.person_id,
                role=self.role,
                treaty=treaty,
                dossier_id=dossier_id,
                follow_up_key=key,
                rung=self.rung,
                is_public=subject.is_public,
            )
        ]


def ask(
    directory: Directory,
    rungs: Sequence[str],
    told: int,
    state: str,
    treaty: str,
    only_next: bool = False,
    knows: Callable[[int], bool] = lambda _: True,
) -> RungAsked:
    """Return the next rung that has anybody; one with nobody passes on at once, unless only the next may be asked.

    Nobody is asked of whom it is not true that the person `knows` of the follow-up.
    """
    for place, role in enumerate(rungs[told:], start=told + 1):
        holders = directory.holders(role, state, treaty) if powers(role).takes_follow_ups else ()
        holder = next((held for held in holders if knows(held.person_id)), None)
        if holder:
            return RungAsked(rung=place, role=role, holder=holder)
        if only_next:
            break
    return RungAsked(rung=told, role="", holder=None)
