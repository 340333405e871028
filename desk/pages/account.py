"""One's own account: addresses, language, password, and where one is signed in."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from casework.access.passwords import NotChanged, change_password
from casework.access.rate_limit import TooManyTries
from casework.people.own_account import choose_language, own_account
from casework.people.persons import NotEntered
from desk.web.app_state import background_post_of
from desk.web.caller import caller_of
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import Text
from desk.web.rendering import CHOSEN
from desk.web.visit import Visit, Visiting
from notifications.languages import OF_EITHER

router = APIRouter()


@router.get("/account")
def account(visit: Visiting) -> Response:
    """Show the visitor's own account."""
    return _show(visit)


@router.post("/account/password")
def password(visit: Visiting, current: Text = "", new: Text = "", again: Text = "") -> Response:
    """Choose a password, or change it."""
    is_first = not own_account(visit.workspace, visit.token, visit.reader).has_password
    try:
        change_password(
            visit.workspace,
            visit.token,
            visit.reader,
            current=current,
            new=new,
            again=again,
            caller=caller_of(visit.request),
            treaty=visit.treaty,
        )
    except (NotChanged, TooManyTries) as wrong:
        return _show(visit, refused(wrong, {"form": "password"}))
    background_post_of(visit.request).soon()
    return visit.go("/account", said="password-set" if is_first else "password-changed")


@router.post("/account/language")
def language(visit: Visiting, language: Text = "") -> Response:
    """Choose the language of letters, and of pages where the desk has it."""
    try:
        choose_language(visit.workspace, language, reader=visit.reader)
    except NotEntered as wrong:
        return _show(visit, refused(wrong, {"form": "language"}))
    answer = visit.go("/account", said="language-chosen")
    answer.delete_cookie(CHOSEN)  # a language looked at once does not outweigh the one chosen for good
    return answer


def _show(visit: Visit, answer: Answer = NOTHING_SENT) -> Response:
    account = own_account(visit.workspace, visit.token, visit.reader)
    return visit.show(
        "account.html", answer, account=account, choices=tuple((code, one.name) for code, one in OF_EITHER.items())
    )
