"""Whether the record answers: for whoever watches this machine, and nothing more to a stranger."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from casework.office import Office
from models.store import StoreUnreachable

router = APIRouter()


@router.get("/health")
def health(request: Request) -> Response:
    """Answer 200 and `ok` when the record answers, 503 when not."""
    office: Office = request.app.state.office
    try:
        office.store.require()
    except StoreUnreachable:
        return PlainTextResponse("not reachable", status_code=503)
    return PlainTextResponse("ok")
