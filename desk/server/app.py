"""The desk as a web application: its pages, its guard, and what it answers when something is refused or breaks."""

from __future__ import annotations

import asyncio
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import click
import uvicorn
from anyio import to_thread
from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import RedirectResponse, Response

from casework.core.garbage import look_rarely
from casework.core.log_lines import request_id, write_log
from casework.core.rights import NotOnFile, NotYours
from casework.core.running_desk import running_at
from casework.core.workspace import Workspace, open_workspace
from desk.pages import ROUTERS
from desk.processes.ports import HOST
from desk.refusals import is_ours, refusals_of
from desk.server.connection_limit import room_for_lines
from desk.server.connections import BACKLOG, WatchedConnection, report_throttled
from desk.server.noon_watch import watching
from desk.server.request_guard import App, Receive, RequestGuard, Scope, Send, note
from desk.server.warm_up import make_ready
from desk.server.way_back import way_back
from desk.web import assets
from desk.web.app_state import equip
from desk.web.caller import LOCAL
from desk.web.form_answers import status_of
from desk.web.metrics import RequestCounts
from desk.web.rendering import page
from desk.web.storage_faults import NO_RECORD, SAYS, STORAGE_FAULTS, note_storage_fault, storage_fault_of
from desk.web.throttled_log import OnceAMinute
from desk.web.visit import Stranger, Visit, admit
from pathways.grammar.refusals import Refusal, refusal

_ROOM_FOR_A_FORM = 2_000_000  # bytes beside an attachment
_TOO_MUCH = 413
_STOPS_WITHIN = 3  # seconds
_AT_ONCE = 12  # pages made at the same time: fewer than the record has connections
_SMALLEST_TO_PACK = 600  # bytes
_PACKED = 5  # of 9: a third of the work, for a page larger by a thirtieth


def create_app(workspace: Workspace) -> RequestGuard:
    """Return the desk over one record, behind its gate."""
    app = FastAPI(
        title="Accede",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        dependencies=[Depends(admit)],
        lifespan=_bounded,
    )
    equip(app, workspace)
    app.add_middleware(_InWords)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALLEST_TO_PACK, compresslevel=_PACKED)
    assets.mount(app)
    for router in ROUTERS:
        app.include_router(router)
    for wrong in (HTTPException, RequestValidationError):  # else the framework would answer in JSON
        app.add_exception_handler(wrong, _answer)
    base = urlsplit(workspace.settings.base_url)
    return RequestGuard(
        app=app,
        limit=max(workspace.settings.attachment_limit, workspace.settings.intake_limit) + _ROOM_FOR_A_FORM,
        hosts=LOCAL | {base.hostname or HOST},
        is_secure=base.scheme == "https",
        refuse=_refusal,
        count=partial(_count, app),
    )


def _count(app: FastAPI, scope: Scope, status: int | None, seconds: float) -> None:
    counts: RequestCounts = app.state.request_counts
    counts.note(scope, status, seconds)


@asynccontextmanager
async def _bounded(_: FastAPI) -> AsyncIterator[None]:
    """Make only so many pages at once: one more would wait for a connection, holding up those that have one."""
    to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
    report_throttled(asyncio.get_running_loop())
    yield


class _InWords:
    """Whatever a page raises is answered with a page."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        except Exception as wrong:  # noqa: BLE001  # the last resort: nobody is to meet a traceback
            answer = await run_in_threadpool(_answer, Request(scope), wrong)  # it asks who is there
            await answer(scope, receive, send)


def _answer(request: Request, wrong: Exception) -> Response:
    """Put what was refused or broke into a page."""
    try:
        return _in_words(request, admit(request), wrong)
    except Stranger as stranger:
        return RedirectResponse(f"/sign-in?{urlencode({'next': stranger.back})}", status_code=303)
    except NO_RECORD as gone:
        return _hindered(request, None, gone)


def _in_words(request: Request, visit: Visit | None, wrong: Exception) -> Response:
    if isinstance(wrong, NotOnFile) or _is_no_page(wrong):
        back = way_back(request.url.path, visit) if request.method == "GET" else None
        if back is not None:
            return RedirectResponse(back, status_code=303)
        return page(request, "nothing.html", visit=visit, status=404)
    if isinstance(wrong, STORAGE_FAULTS):
        return _hindered(request, visit, wrong)
    if isinstance(wrong, (RequestValidationError, HTTPException)):
        return page(request, "refused.html", visit=visit, status=422, faults=(refusal("request_unreadable"),))
    if is_ours(wrong) and (faults := refusals_of(wrong)):
        status = 403 if isinstance(wrong, NotYours) else status_of(wrong)
        return page(request, "refused.html", visit=visit, status=status, faults=faults)
    note(wrong, request)
    return page(request, "broken.html", visit=visit, status=500, request_id=request_id.get())


def _hindered(request: Request, visit: Visit | None, wrong: Exception) -> Response:
    note_storage_fault(wrong, request)
    storage_fault, was_sent = storage_fault_of(wrong), request.method == "POST"
    said = {"storage_fault": storage_fault, "says": SAYS[storage_fault], "was_sent": was_sent}
    said["saved_in_part"] = getattr(request.state, "saved_in_part", False)
    return page(request, "unreachable.html", visit=visit, status=503, **said)


def _is_no_page(wrong: Exception) -> bool:
    return isinstance(wrong, HTTPException) and wrong.status_code in (404, 405)


def _refusal(request: Request, status: int, wrong: Refusal) -> Response:
    """Refuse in a sentence; who is signed in and sent too much finds the way on from there."""
    visit = _who_is_there(request) if status == _TOO_MUCH else None
    return page(request, "refused.html", visit=visit, status=status, faults=(wrong,))


def _who_is_there(request: Request) -> Visit | None:
    try:
        return admit(request)
    except (Stranger, *NO_RECORD):
        return None


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), default=8300)
@click.option("--home", type=click.Path(path_type=Path))
def main(port: int, home: Path | None) -> None:
    """Serve the desk on this machine until it is told to stop."""
    workspace = open_workspace(home)
    write_log(workspace.settings.log_format)
    try:
        workspace.store.require()
        make_ready(workspace)
    except NO_RECORD as none:  # whoever starts it tries again; a traceback a second helps nobody
        sys.exit(str(none))
    look_rarely()
    WatchedConnection.most = room_for_lines()
    logging.getLogger("uvicorn.error").addFilter(OnceAMinute())  # where a bad request of anybody has a line
    with running_at(workspace.settings.home, _address(workspace, port)), watching(workspace):
        uvicorn.run(
            create_app(workspace),
            http=WatchedConnection,
            ws="none",
            backlog=BACKLOG,
            host=HOST,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_STOPS_WITHIN,
        )


def _address(workspace: Workspace, port: int) -> str:
    """Return where it is found: as it is configured, else at its port on this machine."""
    settings = workspace.settings
    return settings.base_url if "base_url" in settings.model_fields_set else f"http://{HOST}:{port}"


if __name__ == "__main__":
    main()
