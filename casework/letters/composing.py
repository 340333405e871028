"""Composing: the notices that wait for a person become a letter in that person's language."""

from __future__ import annotations

from collections.abc import Sequence

from models.letters.outbox import ClaimedLetter, ClaimedNotice
from notifications.channels import OutgoingLetter
from notifications.letters import Kind, Notice, compose
from notifications.phrases import phrases_for
from sources.states import Register

ENTRY_INTO_FORCE = "enter_into_force"


def written(
    base_url: str,
    letter: ClaimedLetter,
    notices: Sequence[ClaimedNotice],
    *,
    register: Register,
    training: bool,
    link: str = "",
) -> OutgoingLetter:
    """Write a claimed letter; its day is the day it was written for, also when it is tried again later.

    `register` has the names of the States; `link` is the one-time link it brings, if any.
    """
    message = compose(
        [_notice(notice, register, phrases_for(letter.language).language) for notice in _said_once(notices)],
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


def _notice(kept: ClaimedNotice, register: Register, language: str) -> Notice:
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
    )
