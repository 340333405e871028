"""Verifying: somebody says that an address is theirs, by a link that was sent there. Signs nobody in."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from casework.access.one_time_links import LinkOver
from casework.people.addresses import address_to_verify, verify
from desk.web.app_state import workspace_of
from desk.web.rendering import page

router = APIRouter()
_PAGE = "signing_in/verify.html"


@router.get("/verify/{token}")
def ask(request: Request, token: str) -> Response:
    """Ask; nothing is used up by looking, since mail programs look too."""
    try:
        address = address_to_verify(workspace_of(request), token)
    except LinkOver:
        return _over(request)
    return page(request, _PAGE, done=False, address=address, token=token)


@router.post("/verify/{token}")
def say_yes(request: Request, token: str) -> Response:
    """Take the yes."""
    try:
        verify(workspace_of(request), token)
    except LinkOver:
        return _over(request)
    return page(request, _PAGE, done=True)


def _over(request: Request) -> Response:
    return page(request, "signing_in/over.html", status=410)
