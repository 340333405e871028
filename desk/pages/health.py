"""Whether the record answers: for whoever watches this machine, and nothing more to a stranger."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from casework.office import Office
from models.store import StoreEmpty, StoreNewer, StoreUnreachable

router = APIRouter()
_ONE_AT_A_TIME = 1


@router.get("/health")
async def health(request: Request) -> Response:
    """Answer 200 and `ok` when the record answers, 503 when not; pages that wait for it do not stand in the way."""
    office: Office = request.app.state.office
    own = request.app.state.health = getattr(request.app.state, "health", None) or CapacityLimiter(_ONE_AT_A_TIME)
    try:
        await to_thread.run_sync(office.store.require, limiter=own)
    except (StoreUnreachable, StoreEmpty, StoreNewer):
        return PlainTextResponse("not reachable", status_code=503)
    return PlainTextResponse("ok")
