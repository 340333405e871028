"""Health: whether the desk can work, for whoever watches this machine, and nothing more to a stranger."""

from __future__ import annotations

from threading import Lock

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from casework.core.workspace import Workspace
from desk.web.app_state import workspace_of
from desk.web.storage_faults import NO_RECORD, note_storage_fault
from models.store.engine import StoreUnreachable
from pathways import NoTreaties, UnknownTreaty

_PATIENCE = 5.0  # seconds
_one_at_a_time = CapacityLimiter(1)
_asking = Lock()  # held as long as the record is silent: only one question waits for it, however often it is asked
router = APIRouter()


@router.get("/health")
async def health(request: Request) -> Response:
    """Answer 200 and `ok` when record and treaty are there, 503 when not or not soon; busy pages are not waited for."""
    workspace, wrong = workspace_of(request), None
    with move_on_after(_PATIENCE) as patience:
        wrong = await to_thread.run_sync(_what_is_wrong, workspace, limiter=_one_at_a_time, abandon_on_cancel=True)
    if patience.cancelled_caught:
        wrong = StoreUnreachable("The record does not answer.")
    if wrong is None:
        return PlainTextResponse("ok")
    note_storage_fault(wrong, request)
    return PlainTextResponse("not reachable", status_code=503)


def _what_is_wrong(workspace: Workspace) -> Exception | None:
    if not _asking.acquire(timeout=_PATIENCE):
        return StoreUnreachable("The record has not answered an earlier question.")
    try:
        workspace.pathway(workspace.settings.treaty)
        workspace.store.require()
    except (*NO_RECORD, NoTreaties, UnknownTreaty) as wrong:
        return wrong
    finally:
        _asking.release()
    return None
