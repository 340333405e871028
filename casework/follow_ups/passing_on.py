"""Passing on: whoever a follow-up leaves is told so in the next digest; what became of it stands on its page."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from models.follow_ups import delivery_history
from models.follow_ups.climbing import Climbing
from models.follow_ups.delivery_history import Asked
from models.follow_ups.follow_up import FollowUp
from models.letters.notices import NewNotice
from models.people.people import HeldMandate
from models.store.engine import Connection
from notifications.letters import Kind
from pathways.grammar.roles import powers

PASSED_ON = "passed_on"


def told_by_climbing(connection: Connection, climbed: Mapping[str, tuple[Climbing, int]]) -> list[NewNotice]:
    """Tell whom the rung before had asked, once, that follow-ups have climbed: by key, each with its rung of now.

    What somebody has taken is told to its owner alone, where it leaves at all.
    """
    left = {key for key, (row, rung) in climbed.items() if row.owner_id is None and rung > row.told}
    return [
        _notice(climbed[key][0], person, role, f"{key}:{PASSED_ON}:{climbed[key][1]}")
        for key, notices in _by_key(connection, sorted(left)).items()
        for person, role in _last_asked(notices, before=climbed[key][1]).items()
    ]


def told_who_had_it(row: Climbing, owner: HeldMandate, day: date) -> NewNotice:
    """Tell an owner that what was not done within the own day has gone on by a day."""
    return _notice(row, owner.person_id, owner.role, f"{row.key}:{PASSED_ON}:{day}")


def told_by_giving(
    connection: Connection, found: Sequence[FollowUp], serving: Iterable[HeldMandate], *, but: Iterable[int | None]
) -> list[NewNotice]:
    """Tell whose follow-ups were, or who was asked, that somebody else has them now; not who gives or gets them."""
    asked = _by_key(connection, [f.key for f in found])
    roles = {h.person_id: h.role for h in serving if powers(h.role).takes_follow_ups}
    return [
        _notice(f, person, role, f"{f.key}:{PASSED_ON}:{uuid.uuid4().hex}")
        for f in found
        for person, role in _had(f, asked.get(f.key, []), roles).items()
        if person not in but
    ]


def _had(found: FollowUp, notices: Sequence[Asked], roles: Mapping[int, str]) -> dict[int, str]:
    """Return with whom a follow-up was, in which role; not an owner who was to be told of it and never was."""
    if found.owner_id is None:
        return _last_asked(notices)
    theirs = [one for one in notices if one.person_id == found.owner_id]
    told = {one.person_id: one.role for one in theirs if not one.withdrawn}
    took_it = {found.owner_id: roles[found.owner_id]} if found.owner_id in roles and not theirs else {}
    return told or took_it


def _by_key(connection: Connection, keys: Sequence[str]) -> dict[str, list[Asked]]:
    found: dict[str, list[Asked]] = {}
    for one in delivery_history.asked_by(connection, keys):
        found.setdefault(one.key, []).append(one)
    return found


def _last_asked(notices: Sequence[Asked], before: int | None = None) -> dict[int, str]:
    """Return whom the latest rung has asked, in which role; nobody where that is not before a rung."""
    asked = [one for one in notices if not one.withdrawn]
    latest = max((one.rung for one in asked), default=0)
    if before is not None and latest >= before:
        return {}
    return {one.person_id: one.role for one in asked if one.rung == latest}


def _notice(found: FollowUp | Climbing, person: int, role: str, key: str) -> NewNotice:
    return NewNotice(
        key=f"{key}:{person}",
        kind=Kind.NEWS,
        occasion=PASSED_ON,
        about="",
        person_id=person,
        role=role,
        treaty=found.treaty,
        dossier_id=found.dossier_id,
        follow_up_key=found.key,
    )
