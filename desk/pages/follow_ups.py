"""Follow-ups: the inbox, one of them with everything that was written about it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import Response

from casework import follow_ups
from casework.follow_ups import AlreadyClosed, NotFollowedUp
from casework.handing_over import OutOfReach
from casework.outcomes import worded
from casework.rights import NotYours
from casework.views.follow_up_inbox import follow_up_inbox
from casework.views.follow_up_page import follow_up_page
from desk.pages.typed import Fault, NotReadable, faults_of, id_of, number, wanted_day
from desk.visit import Visit, Visiting

router = APIRouter()
_Text = Annotated[str, Form()]
_REFUSED = (NotFollowedUp, OutOfReach, NotYours, NotReadable)


@router.get("/follow-ups")
def inbox(
    visit: Visiting, region: str | None = None, person: str | None = None, page: str = "", closed: str = ""
) -> Response:
    """Show what is to be done: the visitor's own first."""
    shown = follow_up_inbox(
        visit.office,
        treaty=visit.treaty,
        reader=visit.reader,
        region=region or None,
        person=number(person),
        page=number(page, 1) or 1,
        closed_page=number(closed, 1) or 1,
    )
    return visit.show("follow_ups.html", inbox=shown)


@router.get("/follow-ups/{follow_up}")
def one(visit: Visiting, follow_up: str) -> Response:
    """Show one follow-up."""
    return _show(visit, id_of(follow_up))


@router.post("/follow-ups/{follow_up}/take")
def take(visit: Visiting, follow_up: str) -> Response:
    """Make it the visitor's own."""

    def verb(id_: int) -> None:
        follow_ups.take(visit.office, id_, reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="follow-up-taken", kept={"form": "take"})


@router.post("/follow-ups/{follow_up}/hand-over")
def hand_over(visit: Visiting, follow_up: str, person: _Text = "") -> Response:
    """Give it to somebody else."""

    def verb(id_: int) -> None:
        if not number(person):
            raise NotReadable("person", "Say who takes it over.")
        follow_ups.hand_over(visit.office, id_, person, reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="follow-up-handed-over", kept={"form": "hand-over", "person": person})


@router.post("/follow-ups/{follow_up}/snooze")
def snooze(visit: Visiting, follow_up: str, until: _Text = "", reason: _Text = "") -> Response:
    """Let it rest until a day."""

    def verb(id_: int) -> None:
        day = wanted_day(until, field="until", wanted="Say until which day it rests.")
        follow_ups.snooze(visit.office, id_, until=day, reason=reason, reader=visit.reader, treaty=visit.treaty)

    kept = {"form": "snooze", "until": until, "reason": reason}
    return _done(visit, follow_up, verb, said="follow-up-rests", kept=kept)


@router.post("/follow-ups/{follow_up}/close")
def close(visit: Visiting, follow_up: str, outcome: _Text = "", text: _Text = "") -> Response:
    """Close it with its outcome."""

    def verb(id_: int) -> None:
        follow_ups.close(visit.office, id_, worded(outcome, text), reader=visit.reader, treaty=visit.treaty)

    kept = {"form": "close", "outcome": outcome, "text": text}
    return _done(visit, follow_up, verb, said="follow-up-closed", kept=kept)


def _done(visit: Visit, follow_up: str, verb: Callable[[int], None], *, said: str, kept: Mapping[str, str]) -> Response:
    """Do it and go back to the follow-up; a refusal is shown beside what was typed."""
    id_ = id_of(follow_up)
    try:
        verb(id_)
    except _REFUSED as wrong:
        status = 409 if isinstance(wrong, AlreadyClosed) else 422
        return _show(visit, id_, status=status, faults=faults_of(wrong), kept=kept)
    return visit.go(f"/follow-ups/{id_}", said=said)


def _show(
    visit: Visit, id_: int, *, status: int = 200, faults: Sequence[Fault] = (), kept: Mapping[str, str] | None = None
) -> Response:
    shown = follow_up_page(visit.office, id_, treaty=visit.treaty, reader=visit.reader)
    return visit.show("follow_up.html", status=status, shown=shown, faults=faults, kept=kept or {})
