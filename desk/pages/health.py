"""Health and metrics: how the desk and its record are, for whoever watches this machine, and no more to a stranger."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TypeVar

from anyio import CapacityLimiter, move_on_after, to_thread
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.operations.vital_signs import VitalSigns, vital_signs
from desk.web import metrics
from desk.web.app_state import request_counts_of, workspace_of
from desk.web.caller import is_from_here
from desk.web.storage_faults import NO_RECORD, note_storage_fault
from models.store.engine import StoreUnreachable
from pathways import NoTreaties, UnknownTreaty
from pathways.grammar.refusals import refusal

_PATIENCE = 5.0  # seconds
_NOT_WELL = (*NO_RECORD, NoTreaties, UnknownTreaty)
T = TypeVar("T")
router = APIRouter()


class _Asking:
    """Asking a record that may be silent: busy pages are not waited for, and one question at a time waits for it."""

    def __init__(self) -> None:
        self._one_at_a_time = CapacityLimiter(1)
        self._is_asked = Lock()  # held as long as the record is silent, however often it is asked

    async def ask(self, question: Callable[[], T]) -> T:
        """Return the answer; StoreUnreachable when there is none in time."""
        with move_on_after(_PATIENCE):
            return await to_thread.run_sync(
                partial(self._asked, question), limiter=self._one_at_a_time, abandon_on_cancel=True
            )
        raise StoreUnreachable("The record does not answer.")

    def _asked(self, question: Callable[[], T]) -> T:
        if not self._is_asked.acquire(timeout=_PATIENCE):
            raise StoreUnreachable("The record has not answered an earlier question.")
        try:
            return question()
        finally:
            self._is_asked.release()


_whether_well, _vital_signs = _Asking(), _Asking()


@router.get("/health")
async def health(request: Request) -> Response:
    """Answer 200 and `ok` when record and treaty are there, 503 when not or not soon."""
    try:
        await _whether_well.ask(partial(_require, workspace_of(request)))
    except _NOT_WELL as wrong:
        note_storage_fault(wrong, request)
        return PlainTextResponse("not reachable", status_code=503)
    return PlainTextResponse("ok")


@router.get("/metrics")
async def metrics_(request: Request) -> Response:
    """Answer a Prometheus on this machine; to whoever asks from elsewhere, nothing is here."""
    if not is_from_here(request):
        raise NotOnFile(refusal("nothing_at_this_address"))
    signs: VitalSigns | None = None
    try:
        signs = await _vital_signs.ask(partial(_signs_of, workspace_of(request)))
    except _NOT_WELL as wrong:
        note_storage_fault(wrong, request)
    told = metrics.vital_signs_written(signs) + request_counts_of(request).written()
    return Response(told, headers={"content-type": metrics.MEDIA_TYPE})


def _signs_of(workspace: Workspace) -> VitalSigns:
    _require(workspace)
    return vital_signs(workspace)


def _require(workspace: Workspace) -> None:
    workspace.pathway(workspace.settings.treaty)
    workspace.store.require()
