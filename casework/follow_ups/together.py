"""Several follow-ups answered alike: each by its own verb, in its own commit, as if one came after the other.

What cannot be answered so is named with its refusal, and keeps none of the others from it. Where nothing more can be
written, as on a full disk, what was answered before stays so, and every other one is named.
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
from models.store.engine import StoreUnreachable
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
    """Which were answered, by number, and which were left; `stopped_by` what kept anything more from being written."""

    done: tuple[int, ...]
    left: tuple[Left, ...]
    stopped_by: StoreUnreachable | None = None


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
    done: list[int] = []
    left: list[Left] = []
    for place, id_ in enumerate(ids):
        try:
            verb(id_)
        except (NotFollowedUp, NotOnFile, NotYours) as wrong:
            left.append(_left(workspace, id_, wrong.refusals, reader, treaty))
        except StoreUnreachable as wrong:
            if not done:
                raise
            unsaved = [(one, (refusal("answer_not_saved", follow_up=one),)) for one in ids[place:]]
            left += [_left(workspace, one, why, reader, treaty) for one, why in unsaved]
            return Answered(done=tuple(done), left=tuple(left), stopped_by=wrong)
        else:
            done.append(id_)
    return Answered(done=tuple(done), left=tuple(left))


def _left(workspace: Workspace, follow_up: int, why: Iterable[Refusal], reader: Reader, treaty: str) -> Left:
    view = None
    with suppress(NotOnFile, StoreUnreachable):
        view = follow_up_view(workspace, follow_up, treaty=treaty, reader=reader)
    return Left(follow_up=view, refusals=tuple(why))
