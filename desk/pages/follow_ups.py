"""Follow-ups: the inbox, one of them with everything that was written about it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from fastapi import APIRouter
from starlette.responses import Response

from casework.core.rights import NotYours
from casework.follow_ups import actions
from casework.follow_ups.actions import NotFollowedUp
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.outcomes import worded
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, chosen, id_of, number, page_number, wanted_day
from desk.web.visit import Visit, Visiting
from pathways.grammar.refusals import refusal

router = APIRouter()
_REFUSED = (NotFollowedUp, OutOfReach, NotYours, NotReadable)


@router.get("/follow-ups")
def inbox(
    visit: Visiting,
    region: str | None = None,
    person: str | None = None,
    show: str = "",
    page: str = "",
    closed: str = "",
) -> Response:
    """Show what is to be done: the visitor's own first."""
    shown = follow_up_inbox(
        visit.workspace,
        treaty=visit.treaty,
        reader=visit.reader,
        region=region or None,
        person=number(person),
        show=next((known for known in Show if known == show), None),
        page=page_number(page),
        closed_page=page_number(closed),
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
        actions.take(visit.workspace, id_, reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="follow-up-taken", kept={"form": "take"})


@router.post("/follow-ups/{follow_up}/hand-over")
def hand_over(visit: Visiting, follow_up: str, person: Text = "") -> Response:
    """Give it to somebody else."""

    def verb(id_: int) -> None:
        heir = chosen(person, refusal("say_who_takes_over", field="person"))
        actions.hand_over(visit.workspace, id_, heir, reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="follow-up-handed-over", kept={"form": "hand-over", "person": person})


@router.post("/follow-ups/{follow_up}/snooze")
def snooze(visit: Visiting, follow_up: str, until: Text = "", reason: Text = "") -> Response:
    """Let it rest until a day."""

    def verb(id_: int) -> None:
        day = wanted_day(until, refusal("say_until_which_day", field="until"), language=visit.language)
        actions.snooze(visit.workspace, id_, until=day, reason=reason, reader=visit.reader, treaty=visit.treaty)

    kept = {"form": "snooze", "until": until, "reason": reason}
    return _done(visit, follow_up, verb, said="follow-up-rests", kept=kept)


@router.post("/follow-ups/{follow_up}/close")
def close(visit: Visiting, follow_up: str, outcome: Text = "", text: Text = "") -> Response:
    """Close it with its outcome."""

    def verb(id_: int) -> None:
        actions.close(visit.workspace, id_, worded(outcome, text), reader=visit.reader, treaty=visit.treaty)

    kept = {"form": "close", "outcome": outcome, "text": text}
    fields = {"outcome": "text" if outcome else "outcome"}  # which of the two that make an outcome is wanting
    return _done(visit, follow_up, verb, said="follow-up-closed", kept=kept, fields=fields)


def _done(
    visit: Visit,
    follow_up: str,
    verb: Callable[[int], None],
    *,
    said: str,
    kept: Mapping[str, str],
    fields: Mapping[str, str] | None = None,
) -> Response:
    """Do it and go back to the follow-up; a refusal is shown beside what was typed."""
    id_ = id_of(follow_up)
    try:
        verb(id_)
    except _REFUSED as wrong:
        return _show(visit, id_, refused(wrong, kept, fields))
    return visit.go(f"/follow-ups/{id_}", said=said)


def _show(visit: Visit, id_: int, answer: Answer = NOTHING_SENT) -> Response:
    shown = follow_up_page(visit.workspace, id_, treaty=visit.treaty, reader=visit.reader)
    return visit.show("follow_up.html", answer, shown=shown)
