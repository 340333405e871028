"""Runs: what each flow did last and does next, what failed, the letters that reached nobody. The Secretariat's alone.

Prefect is asked for a moment what it says of them; without an answer the page shows the record alone.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from casework.core.leases import UnderWay
from casework.core.workspace import Workspace
from casework.letters import administration
from casework.letters.administration import NotPossible
from casework.operations.flows import FLOWS, STARTED, Declared, Flow
from casework.operations.manual_runs import flow_named, note_start, run_here
from casework.operations.runs_page import FlowView, runs_view
from desk.scheduling.prefect_http import PrefectRefused, Server
from desk.scheduling.prefect_runs import Seen, Window, ask_for, look_in
from desk.scheduling.schedule import next_round
from desk.web.form_answers import NOTHING_SENT, Answer, refused
from desk.web.form_parsing import Text
from desk.web.safe_redirects import own_path
from desk.web.visit import Visit, Visiting, the_secretariats

router = APIRouter(dependencies=[Depends(the_secretariats)])


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownFlow:
    """A flow as the page shows it: the record's word, Prefect's if there is one, and when it runs next, if known."""

    flow: Flow
    declared: Declared
    view: FlowView
    seen: Seen | None
    next_at: datetime | None
    is_next_known: bool
    may_start: bool


@router.get("/runs")
def runs(visit: Visiting, letter: str = "") -> Response:
    """Show every flow, what failed, and the letters that somebody should look at."""
    return _show(visit, letter=letter)


@router.get("/runs/prefect")
def prefect(visit: Visiting, to: str = "/") -> Response:
    """Lead to Prefect's page, with its password; who has it can start programs, so nobody else is led there."""
    server = _server_of(visit.workspace)
    return RedirectResponse(server.way_in(own_path(to)) if server else "/runs", status_code=303)


@router.post("/runs/{flow}/start")
def start(visit: Visiting, flow: str) -> Response:
    """Start a flow now: through Prefect where it runs, else here and at once."""
    wanted, workspace = flow_named(flow), visit.workspace
    note_start(workspace, wanted, reader=visit.reader)
    if _asked_prefect(visit, wanted):
        return visit.go("/runs", said="run-asked-for")
    try:
        run_here(workspace, wanted, treaty=visit.treaty, reader=visit.reader)
    except UnderWay as elsewhere:
        return _show(visit, refused(elsewhere))
    return visit.go("/runs", said="run-done")


@router.post("/letters/{letter}/retry")
def retry(visit: Visiting, letter: str) -> Response:
    """Put a letter on its way again."""
    try:
        administration.retry(visit.workspace, letter, reader=visit.reader)
    except NotPossible as wrong:
        return _show(visit, refused(wrong))
    return visit.go("/runs", said="letter-tried-again")


@router.post("/letters/{letter}/give-up")
def give_up(visit: Visiting, letter: str, reason: Text = "") -> Response:
    """Give a letter up, with the reason if there is one to tell."""
    told = {"reason": reason.strip()} if reason.strip() else {}
    try:
        administration.give_up(visit.workspace, letter, reader=visit.reader, **told)
    except NotPossible as wrong:
        return _show(visit, refused(wrong, {letter: reason}, {"reason": f"give-up-{letter}"}))
    return visit.go("/runs", said="letter-given-up")


@router.post("/letters/{letter}/returned")
def returned(visit: Visiting, letter: str, reason: Text = "") -> Response:
    """Note that a letter came back, in the words of the returned one."""
    try:
        administration.returned(visit.workspace, letter, reason=reason, reader=visit.reader)
    except NotPossible as wrong:
        return _show(visit, refused(wrong, {letter: reason}, {"reason": f"returned-{letter}"}), letter=letter)
    return visit.go("/runs", said="letter-came-back")


def _show(visit: Visit, answer: Answer = NOTHING_SENT, *, letter: str = "") -> Response:
    with ThreadPoolExecutor(max_workers=1) as aside:  # which it is while the record is read
        looking = aside.submit(_look_in, visit.workspace, visit.treaty)
        view = runs_view(visit.workspace, treaty=visit.treaty, letter=letter, reader=visit.reader)
        window = looking.result()
    flows = [_shown(visit, one, window, has_prefect=view.prefect_url is not None) for one in view.flows]
    return visit.show("runs.html", answer, view=view, flows=flows, window=window)


def _shown(visit: Visit, view: FlowView, window: Window | None, *, has_prefect: bool) -> ShownFlow:
    seen = window.flows.get(view.flow) if window else None
    next_at = seen.next_at if seen else None
    is_known = not has_prefect or (window is not None and view.flow not in window.unanswered)
    if not has_prefect:
        next_at = next_round(view.flow, visit.workspace.clock.now(), visit.workspace.settings.timezone)
    may_start = view.flow in STARTED
    return ShownFlow(
        flow=view.flow,
        declared=FLOWS[view.flow],
        view=view,
        seen=seen,
        next_at=next_at,
        is_next_known=is_known,
        may_start=may_start,
    )


def _look_in(workspace: Workspace, treaty: str) -> Window | None:
    server = _server_of(workspace)
    if server is None:
        return None
    try:
        return look_in(server, treaty=treaty)
    except PrefectRefused:
        return None


def _server_of(workspace: Workspace) -> Server | None:
    settings = workspace.settings
    if settings.prefect_url is None:
        return None
    auth = settings.prefect_auth_string
    return Server(
        url=settings.prefect_url,
        auth=auth.get_secret_value() if auth else None,
        is_ours=settings.prefect_is_ours,
    )


def _asked_prefect(visit: Visit, flow: Flow) -> bool:
    """Tell whether Prefect has taken the wish; when it does not answer, the work is done here instead."""
    server = _server_of(visit.workspace)
    if server is None:
        return False
    try:
        ask_for(server, flow, treaty=visit.treaty, by=visit.person)
    except PrefectRefused:
        return False
    return True
