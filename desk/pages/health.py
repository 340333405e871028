"""Whether the record answers: for whoever watches this machine, and nothing more to a stranger."""

from __future__ import annotations

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from desk.equipment import office_of
from desk.hindrances import NO_RECORD

router = APIRouter()
_one_at_a_time = CapacityLimiter(1)


@router.get("/health")
async def health(request: Request) -> Response:
    """Answer 200 and `ok` when the record answers, 503 when not; pages that wait for it do not stand in the way."""
    try:
        await to_thread.run_sync(office_of(request).store.require, limiter=_one_at_a_time)
    except NO_RECORD:
        return PlainTextResponse("not reachable", status_code=503)
    return PlainTextResponse("ok")
