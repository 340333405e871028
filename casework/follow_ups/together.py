"""Several follow-ups answered alike: each by its own verb, in its own commit, as if one came after the other.

What cannot be answered so is named with its refusal, and keeps none of the others from it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from casework.core.rights import NotOnFile, NotYours
from casework.core.text_rules import line_faults
from casework.core.workspace import Workspace
from casework.follow_ups.actions import NotFollowedUp, close, snooze
from casework.follow_ups.listing import FollowUpView, follow_up_view
from casework.follow_ups.outcomes import faults_of
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refusal, refusal

_MOST = 200  # at once; a page of the inbox has fewer


@dataclass(frozen=True, kw_only=True, slots=True)
class Left:
    """One that was left as it was, and why; `follow_up` is None where the reader may know of none."""

    follow_up: FollowUpView | None
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Answered:
    """Which were answered, by number, and which were left."""

    done: tuple[int, ...]
    left: tuple[Left, ...]


def close_together(
    workspace: Workspace, follow_ups: Iterable[int], outcome: str | None, *, reader: Reader, treaty: str
) -> Answered:
    """Close several with one outcome; each files its own exchange where closing it alone would."""
    said = (outcome or "").strip()
    if faults := faults_of(said, occasion=""):
        raise NotFollowedUp(*faults)
    return _each(
        workspace,
        follow_ups,
        lambda id_: close(workspace, id_, said, reader=reader, treaty=treaty),
        reader=reader,
        treaty=treaty,
    )


def rest_together(
    workspace: Workspace, follow_ups: Iterable[int], *, until: date, reason: str | None, reader: Reader, treaty: str
) -> Answered:
    """Let several rest until one day, for one reason."""
    said = (reason or "").strip()
    if faults := line_faults(said, refusal("say_why_it_rests", field="reason")):
        raise NotFollowedUp(*faults)
    return _each(
        workspace,
        follow_ups,
        lambda id_: snooze(workspace, id_, until=until, reason=said, reader=reader, treaty=treaty),
        reader=reader,
        treaty=treaty,
    )


def _each(
    workspace: Workspace, follow_ups: Iterable[int], verb: Callable[[int], object], *, reader: Reader, treaty: str
) -> Answered:
    ids = tuple(dict.fromkeys(follow_ups))
    if not ids:
        raise NotFollowedUp(refusal("tick_some", field="ticked"))
    if len(ids) > _MOST:
        raise NotFollowedUp(refusal("ticked_too_many", field="ticked", most=_MOST))
    done, left = [], []
    for id_ in ids:
        try:
            verb(id_)
        except (NotFollowedUp, NotOnFile, NotYours) as wrong:
            left.append(Left(follow_up=_seen(workspace, id_, reader, treaty), refusals=tuple(wrong.refusals)))
        else:
            done.append(id_)
    return Answered(done=tuple(done), left=tuple(left))


def _seen(workspace: Workspace, follow_up: int, reader: Reader, treaty: str) -> FollowUpView | None:
    with suppress(NotOnFile):
        return follow_up_view(workspace, follow_up, treaty=treaty, reader=reader)
    return None
