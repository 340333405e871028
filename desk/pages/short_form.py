"""The short form: what a letter's link opens. Nobody signs in; it is saved as one goes, and sent."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import RedirectResponse, Response

from casework.access.rate_limit import TooManyTries
from casework.enquiries.answering import NotAnswered, save, send
from casework.enquiries.form import LEVELS, EnquiryOver, Given, short_form
from desk.web.app_state import workspace_of
from desk.web.caller import caller_of
from desk.web.confirmations import say
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import NotReadable, Text
from desk.web.rendering import letters_page
from notifications.phrases import form_unavailable
from pathways.grammar.admission import NotAdmitted
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import refusal

router = APIRouter()
_Several = Annotated[list[str], Form()]


@router.get("/r/{token}")
def show(request: Request, token: str) -> Response:
    """Show the form, with what was saved in it."""
    return _show(request, token)


@router.post("/r/{token}")
def answer(
    request: Request,
    token: str,
    stands: Text = "",
    words: Text = "",
    obstacles: _Several = [],  # noqa: B006  # what nobody ticked; never changed
    needs: _Several = [],  # noqa: B006
    held: Text = LEVELS[0].label,
    do: Text = "save",
) -> Response:
    """Save what is answered so far, or send it."""
    workspace, caller = workspace_of(request), caller_of(request)
    given = Given(stands=stands, words=words, obstacles=tuple(obstacles), needs=tuple(needs))
    try:
        given = Given(
            stands=stands,
            words=words,
            obstacles=tuple(obstacles),
            needs=tuple(needs),
            sensitivity=_level(held),
        )
        if do == "send":
            repeated = send(workspace, token, given, caller=caller).repeated
            said = "answer-again" if repeated else "answer-sent"
        else:
            save(workspace, token, given, caller=caller)
            said = "answer-saved"
    except EnquiryOver:
        return _over(request)
    except (NotAnswered, NotAdmitted, NotReadable, TooManyTries) as wrong:
        return _show(request, token, refused(wrong), given)
    led = RedirectResponse(f"/r/{token}", status_code=303)
    say(led, workspace.settings, said)
    return led


def _level(held: str) -> Sensitivity:
    """Return who may know it, of the levels that the form offers."""
    found = next((one for one in LEVELS if one.label == held), None)
    if found is None:
        raise NotReadable(refusal("answer_not_readable", field="held"))
    return found


def _show(request: Request, token: str, became: Answer = NOTHING_SENT, typed: Given | None = None) -> Response:
    workspace = workspace_of(request)
    try:
        form = short_form(workspace, token)
    except EnquiryOver:
        return _over(request)
    return letters_page(
        request,
        "enquiries/short_form.html",
        status=became.status,
        letter=form.language,
        unavailable=form_unavailable(form.language),
        form=form,
        given=typed or form.given,
        levels=LEVELS,
        faults=became.faults,
        token=token,
    )


def _over(request: Request) -> Response:
    write_to = workspace_of(request).settings.mail_from
    return letters_page(request, "enquiries/over.html", letter="", status=410, write_to=write_to)
