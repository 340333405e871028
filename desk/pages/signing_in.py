"""Signing in: asking for a link, coming in by a link or a password, and signing out."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from casework.access.one_time_links import LinkOver, sign_in_by_link, whose
from casework.access.passwords import NotSignedIn, sign_in
from casework.access.rate_limit import TooManyTries
from casework.access.sessions import LONGEST, SignedOut, sign_out, sign_out_everywhere, why_out
from casework.access.sign_in_letters import count_asking, send_link
from casework.core.rights import NotYours
from desk.web.app_state import background_post_of, sign_in_gate_of, workspace_of
from desk.web.caller import caller_of
from desk.web.confirmations import say
from desk.web.cookies import cookie_of, is_secure
from desk.web.form_answers import status_of
from desk.web.form_parsing import NotReadable, Text
from desk.web.rendering import page
from desk.web.safe_redirects import HOME, own_path
from desk.web.sign_in_gate import TooManyAtTheDoor
from desk.web.visit import Visit, Visiting, admit, token_of
from pathways.grammar.refusals import Refusal, refusal

router = APIRouter()
_Perhaps = Annotated[Visit | None, Depends(admit)]
_LONGEST_ADDRESS = 320  # characters


@router.get("/sign-in")
def sign_in_page(request: Request, visit: _Perhaps, next: str = "") -> Response:  # noqa: A002  # the word in the address
    """Show the sign-in page to a stranger; who is signed in already goes on."""
    if visit is not None:
        return visit.go(own_path(next))
    workspace, token = workspace_of(request), token_of(request)
    return _sign_in_page(request, next, out=why_out(workspace, token, treaty=workspace.settings.treaty))


@router.post("/sign-in")
async def come_in(
    request: Request,
    by: Text = "link",
    address: Text = "",
    password: Text = "",
    next: Text = "",  # noqa: A002  # the word in the form
) -> Response:
    """Send a link by letter, or let somebody in who knows the password."""
    address = address.strip()
    try:
        if not 0 < len(address) <= _LONGEST_ADDRESS:
            address = ""
            raise NotReadable(refusal("address_wanted", field="address"))
        async with sign_in_gate_of(request).place(caller_of(request)):
            if by == "password":
                return await run_in_threadpool(_come_in_by_password, request, address, password, next)
            return await run_in_threadpool(_promise_link, request, address, next)
    except (NotReadable, NotSignedIn, NotYours, TooManyTries, TooManyAtTheDoor) as wrong:
        fault, status = wrong.refusals[0], status_of(wrong)
    return await run_in_threadpool(
        lambda: _sign_in_page(request, next, by=by, address=address, fault=fault, status=status)
    )


@router.get("/sign-in/{token}")
def show_link(request: Request, token: str) -> Response:
    """Show whom a link lets in; nothing is used up by looking, since mail programs look too."""
    try:
        return page(request, "signing_in/link.html", name=whose(workspace_of(request), token), token=token)
    except LinkOver:
        return page(request, "signing_in/over.html", status=410)


@router.post("/sign-in/{token}")
def use_link(request: Request, token: str) -> Response:
    """Let somebody in by a link."""
    workspace = workspace_of(request)
    try:
        came = sign_in_by_link(workspace, token, treaty=workspace.settings.treaty)
    except LinkOver:
        return page(request, "signing_in/over.html", status=410)
    return _let_in(request, came.token, own_path(came.leads_to))


@router.post("/sign-out")
def go_out(visit: Visiting) -> Response:
    """End the session at hand."""
    sign_out(visit.workspace, visit.token)
    return _shown_out(visit, "signed-out")


@router.post("/sign-out/everywhere")
def go_out_everywhere(visit: Visiting) -> Response:
    """End every session of the visitor, this one too."""
    sign_out_everywhere(visit.workspace, visit.person)
    return _shown_out(visit, "signed-out-everywhere")


def _come_in_by_password(request: Request, address: str, password: str, back: str) -> Response:
    workspace = workspace_of(request)
    token = sign_in(workspace, address, password, caller=caller_of(request), treaty=workspace.settings.treaty)
    return _let_in(request, token, own_path(back))


def _promise_link(request: Request, address: str, back: str) -> Response:
    workspace, leads_to = workspace_of(request), own_path(back)
    count_asking(workspace, address, caller=caller_of(request))
    treaty = workspace.settings.treaty
    background_post_of(request).soon(lambda: send_link(workspace, address, treaty=treaty, leads_to=leads_to))
    said = "link-sent" if workspace.settings.sends_mail else "link-not-sent"  # whosever the address is
    answer = RedirectResponse(f"/sign-in?{urlencode({'next': leads_to})}", status_code=303)
    say(answer, workspace.settings, said)
    return answer


def _let_in(request: Request, token: str, path: str) -> Response:
    before, settings = token_of(request), workspace_of(request).settings
    if before:
        sign_out(workspace_of(request), before)
    answer = RedirectResponse(path, status_code=303)
    answer.set_cookie(
        cookie_of(settings),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=is_secure(settings),
        httponly=True,
        samesite="lax",
    )
    return answer


def _shown_out(visit: Visit, said: str) -> Response:
    answer = RedirectResponse("/sign-in", status_code=303)
    say(answer, visit.workspace.settings, said)
    name = cookie_of(visit.workspace.settings)
    answer.delete_cookie(name, path="/", secure=name.startswith("__"), httponly=True, samesite="lax")
    return answer


def _sign_in_page(
    request: Request,
    back: str,
    *,
    by: str = "",
    address: str = "",
    fault: Refusal | None = None,
    out: SignedOut | None = None,
    status: int = 200,
) -> Response:
    leads_to = own_path(back)
    return page(
        request,
        "signing_in/sign_in.html",
        status=status,
        back="" if leads_to == HOME else leads_to,
        by=by,
        address=address,
        fault=fault,
        out=out,
        sends_mail=workspace_of(request).settings.sends_mail,
    )
