"""Composing: the notices that wait for a person become a letter in that person's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import NamedTuple

from casework.core.directory import Directory
from casework.core.escalation import ask
from casework.enquiries.letters import closing_day
from casework.letters.seal_letters import SEAL, said_of_seal
from models.follow_ups.follow_up import all_told
from models.letters.outbox import Asking, ClaimedLetter, ClaimedNotice
from notifications.channels import OutgoingLetter
from notifications.letters import Kind, Notice, compose
from notifications.phrases import phrases_for
from pathways.grammar.agenda import OWN, own_day
from sources.states import Register


class OwnDay(NamedTuple):
    """Until when a notice's reader is asked, if the letter leaves today, and the role that is asked next.

    `by` is None of what was asked before, and whose day has passed.
    """

    by: date | None
    then: str


def own_days(directory: Directory, notices: Iterable[ClaimedNotice], today: date) -> dict[int, OwnDay]:
    """Return whose day it is for each notice that asks for something."""
    return {n.id: _own_day(directory, n, n.asking, today) for n in notices if n.asking is not None}


def _own_day(directory: Directory, notice: ClaimedNotice, asking: Asking, today: date) -> OwnDay:
    if asking.was_told and asking.due_on < today and all_told(rungs=asking.rungs, rung=asking.rung):
        return OwnDay(None, "")
    if asking.is_of_ones_own:
        return OwnDay(asking.due_on, "")
    if notice.occasion == OWN:  # its day stands, and whoever comes after it is asked a while later
        return OwnDay(own_day(OWN, asking.due_on, today, timedelta(days=asking.patience)), "")
    rungs = asking.rungs.split(",")
    then = ask(directory, rungs, asking.rung, notice.state or "", notice.treaty).role
    patience = timedelta(days=asking.patience if asking.rung < len(rungs) else 0)
    return OwnDay(own_day(notice.occasion, asking.due_on, today, patience), then)


ENTRY_INTO_FORCE = "enter_into_force"


def written(
    base_url: str,
    letter: ClaimedLetter,
    notices: Sequence[ClaimedNotice],
    *,
    register: Register,
    training: bool,
    link: str = "",
    days: Mapping[int, OwnDay] = MappingProxyType({}),
) -> OutgoingLetter:
    """Write a claimed letter; its day is the day it was written for, also when it is tried again later.

    `register` has the names of the States, `link` is the one-time link it brings, if any, and `days` says by notice
    whose day what it asks is.
    """
    message = compose(
        [_notice(n, register, phrases_for(letter.language).language, days.get(n.id)) for n in _said_once(notices)],
        letter=letter.id,
        language=letter.language,
        day=letter.day,
        base_url=base_url,
        training=training,
        link=link,
    )
    return OutgoingLetter(id=letter.id, message=message, secrets=(link, link.rpartition("/")[2]))


def _said_once(notices: Sequence[ClaimedNotice]) -> list[ClaimedNotice]:
    """Leave out what would say the same of the same State again: two steps of one are not two States with news."""
    said: dict[tuple[object, ...], ClaimedNotice] = {}
    for notice in notices:
        about = notice.about if notice.is_public else ""
        key = (notice.kind, notice.occasion, about, notice.role, notice.treaty, notice.state or notice.id)
        said.setdefault(key, notice)
    return list(said.values())


def _notice(kept: ClaimedNotice, register: Register, language: str, day: OwnDay | None) -> Notice:
    is_entry = kept.is_public and kept.about == ENTRY_INTO_FORCE
    return Notice(
        kind=Kind(kept.kind),
        occasion=kept.occasion,
        about=kept.about,
        role=kept.role,
        treaty=kept.treaty,
        state=register.name_of(kept.state, language) if kept.is_public and kept.state else None,
        on=kept.entry_into_force if is_entry else None,
        is_public=kept.is_public,
        by=day.by if day else closing_day(kept),
        then=day.then if day else "",
        again=day is not None and day.by is None,
        values=said_of_seal(kept.about) if kept.occasion == SEAL else (),
    )
