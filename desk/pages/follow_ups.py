"""Follow-ups: the inbox, one of them with everything that was written about it, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form
from starlette.responses import Response

from casework.core.rights import NotYours
from casework.follow_ups import actions, comments
from casework.follow_ups.actions import NotFollowedUp
from casework.follow_ups.inbox import Show, follow_up_inbox
from casework.follow_ups.outcomes import worded
from casework.follow_ups.own import Intention, open_own, own_form
from casework.follow_ups.page import follow_up_page
from casework.follow_ups.reassignment import OutOfReach
from casework.follow_ups.reopening import reopen
from casework.follow_ups.together import Answered, close_together, rest_together
from casework.overview.news import new_follow_ups, seen_until
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text, chosen, id_of, level, number, page_number, wanted_day
from desk.web.storage_faults import note_storage_fault
from desk.web.visit import Visit, Visiting
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import refusal

router = APIRouter()


@dataclass(frozen=True, kw_only=True)
class Narrowed:
    """How the list is narrowed, as it stands in its address."""

    region: str | None
    person: int | None
    show: Show | None

    @property
    def address(self) -> str:
        """Return where the list is found, narrowed so."""
        asked = {"region": self.region, "person": self.person, "show": self.show}
        said = urlencode({name: value for name, value in asked.items() if value is not None})
        return f"/follow-ups?{said}" if said else "/follow-ups"


def narrowed_by(region: str | None = None, person: str | None = None, show: str = "") -> Narrowed:
    """Read from an address how the list is narrowed; what shows nothing that we know shows everything."""
    shown = next((known for known in Show if known == show), None)
    return Narrowed(region=region or None, person=number(person), show=shown)


Narrowing = Annotated[Narrowed, Depends(narrowed_by)]
_TICKS = {"tick": True, "untick": False}  # what a button ticks of the page
_REFUSED = (NotFollowedUp, OutOfReach, NotYours, NotReadable)


@router.get("/follow-ups")
def inbox(visit: Visiting, narrowed: Narrowing, page: str = "", closed: str = "") -> Response:
    """Show what is to be done: the visitor's own first."""
    return _list(visit, narrowed, page=page_number(page), closed_page=page_number(closed))


@router.post("/follow-ups/together")
def together(
    visit: Visiting,
    narrowed: Narrowing,
    page: str = "",
    ticked: Annotated[list[str] | None, Form()] = None,
    act: Text = "",
    outcome: Text = "",
    text: Text = "",
    until: Text = "",
    reason: Text = "",
) -> Response:
    """Close all that are ticked with one answer, or let them rest; those that cannot be are named, the others done.

    Or tick all of the page, or none, with what was typed as it is.
    """
    ids, rests = [id_of(number) for number in ticked or ()], act == "rest"
    kept = {"outcome": outcome, "text": text, "until": until, "reason": reason}
    if act in _TICKS:
        return _list(visit, narrowed, Answer(kept=kept), ticks=_TICKS[act], page=page_number(page))
    try:
        if rests:
            day = wanted_day(until, refusal("say_until_which_day", field="until"), visit=visit)
            answered = rest_together(
                visit.workspace, ids, until=day, reason=reason, reader=visit.reader, treaty=visit.treaty
            )
        else:
            answered = close_together(
                visit.workspace, ids, worded(outcome, text), reader=visit.reader, treaty=visit.treaty
            )
    except _REFUSED as wrong:
        fields = {"outcome": "text" if outcome else "outcome"}
        return _list(visit, narrowed, refused(wrong, kept, fields), ticked=ids, page=page_number(page))
    visit.request.state.saved_in_part = bool(answered.done)
    if answered.stopped_by:
        note_storage_fault(answered.stopped_by, visit.request)
        return _list(visit, narrowed, Answer(status=503, kept=kept), answered=answered)
    if answered.left:
        return _list(visit, narrowed, Answer(status=409 if answered.done else 422), answered=answered)
    return visit.go(narrowed.address, said="follow-ups-rest" if rests else "follow-ups-closed")


@router.get("/follow-ups/new")
def own(visit: Visiting, state: str = "") -> Response:
    """Show the form, for a State if one is named."""
    return _show_own(visit, Answer(kept={"state": state}))


@router.post("/follow-ups/new")
def open_one(
    visit: Visiting, state: Text = "", on: Text = "", about: Text = "", owner: Text = "", sensitivity: Text = ""
) -> Response:
    """Open it."""
    own_form(visit.workspace, reader=visit.reader, treaty=visit.treaty)  # nothing is here for who follows nothing up
    try:
        meant = Intention(
            words=about,
            on=wanted_day(on, refusal("say_on_which_day", field="on"), visit=visit),
            state=state or None,
            owner=number(owner),
            sensitivity=level(sensitivity or Sensitivity.COORDINATION.label),
        )
        opened = open_own(visit.workspace, meant, reader=visit.reader, treaty=visit.treaty)
    except (NotFollowedUp, OutOfReach, NotReadable) as wrong:
        kept = {"state": state, "on": on, "about": about, "owner": owner, "sensitivity": sensitivity}
        return _show_own(visit, refused(wrong, kept))
    said = "follow-up-open-already" if opened.repeated else "follow-up-opened"
    return visit.go(f"/follow-ups/{opened.follow_up.id}", said=said)


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
        day = wanted_day(until, refusal("say_until_which_day", field="until"), visit=visit)
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


@router.post("/follow-ups/{follow_up}/reopen")
def take_back(visit: Visiting, follow_up: str) -> Response:
    """Take its close back."""

    def verb(id_: int) -> None:
        reopen(visit.workspace, id_, reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="follow-up-reopened", kept={"form": "reopen"})


@router.post("/follow-ups/{follow_up}/comments")
def say(visit: Visiting, follow_up: str, comment: Text = "", sensitivity: Text = "") -> Response:
    """Say something beside it."""

    def verb(id_: int) -> None:
        held = level(sensitivity or Sensitivity.COORDINATION.label)
        comments.comment(visit.workspace, id_, comment, sensitivity=held, reader=visit.reader, treaty=visit.treaty)

    kept = {"form": "comment", "comment": comment, "sensitivity": sensitivity}
    return _done(visit, follow_up, verb, said="comment-kept", kept=kept)


@router.post("/follow-ups/{follow_up}/comments/{comment}/delete")
def delete(visit: Visiting, follow_up: str, comment: str) -> Response:
    """Delete the words of a comment for good."""

    def verb(id_: int) -> None:
        comments.delete_words(visit.workspace, id_, id_of(comment), reader=visit.reader, treaty=visit.treaty)

    return _done(visit, follow_up, verb, said="comment-deleted", kept={})


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


def _list(
    visit: Visit,
    narrowed: Narrowed,
    answer: Answer = NOTHING_SENT,
    *,
    ticked: Collection[int] = (),
    ticks: bool | None = None,
    answered: Answered | None = None,
    page: int = 1,
    closed_page: int = 1,
) -> Response:
    """Show the list. `ticks`: all of the page that may have one answer are ticked, or none."""
    shown = follow_up_inbox(
        visit.workspace,
        treaty=visit.treaty,
        reader=visit.reader,
        region=narrowed.region,
        person=narrowed.person,
        show=narrowed.show,
        page=page,
        closed_page=closed_page,
        language=visit.language,
    )
    since = seen_until(visit.workspace, treaty=visit.treaty, reader=visit.reader)
    return visit.show(
        "follow_ups.html",
        answer,
        inbox=shown,
        address=narrowed.address,
        ticked=ticked if ticks is None else shown.answerable if ticks else (),
        answered=answered,
        new=new_follow_ups(visit.workspace, since, treaty=visit.treaty, reader=visit.reader) if since else (),
    )


def _show(visit: Visit, id_: int, answer: Answer = NOTHING_SENT) -> Response:
    shown = follow_up_page(visit.workspace, id_, treaty=visit.treaty, reader=visit.reader)
    return visit.show("follow_up.html", answer, shown=shown)


def _show_own(visit: Visit, answer: Answer = NOTHING_SENT) -> Response:
    shown = own_form(visit.workspace, reader=visit.reader, treaty=visit.treaty)
    return visit.show("follow_up_new.html", answer, shown=shown)
