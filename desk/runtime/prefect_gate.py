"""The gate before Prefect's server: its program, answering to this machine's names alone, with one way in for people.

Run as `python -m desk.runtime.prefect_gate --port N`. Whoever is let in can start programs as the account of the
worker; so the server has a password, and a page elsewhere that gives itself this machine's address is sent away.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import uvicorn
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from casework.operations.flows import FLOWS
from desk.processes.ports import HOST
from desk.scheduling.prefect_http import DOOR

NAMES = (HOST, "localhost")
#: What Prefect serves beside its page, and what loads its scripts from somebody else's server.
_FROM_ELSEWHERE = frozenset({"/docs", "/redoc", "/api/docs", "/api/redoc"})
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
_NOTHING = PlainTextResponse("Nothing is served here.", status_code=404)
_HEADERS = {"content-security-policy": _POLICY, "referrer-policy": "no-referrer", "x-content-type-options": "nosniff"}
_DOOR = '<!doctype html><html lang="en"><title>Prefect</title><script src="/open.js"></script></html>'
#: Prefect's own page looks for the password there.
_DOOR_SCRIPT = """
const key = location.hash.slice(1);
if (key) localStorage.setItem("prefect-password", key);
const to = new URL(new URLSearchParams(location.search).get("to") || "/", location.origin);
location.replace(to.origin === location.origin ? to : "/");
"""


def put_before(app: Starlette) -> None:
    """Put the gate before Prefect's application."""

    async def door(_: Request) -> Response:
        return HTMLResponse(_DOOR, headers={"cache-control": "no-store"})

    async def script(_: Request) -> Response:
        return Response(_DOOR_SCRIPT, media_type="text/javascript")

    app.router.routes[:0] = [Route(DOOR, door), Route("/open.js", script)]
    app.add_middleware(_Kept)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=NAMES, www_redirect=False)


class _Kept:
    """Every answer keeps its page to this server, whatever that page would load."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(raw=message.setdefault("headers", [])).update(_HEADERS)
            await send(message)

        is_barred = scope["type"] == "http" and scope["path"].rstrip("/") in _FROM_ELSEWHERE
        await (_NOTHING if is_barred else self._app)(scope, receive, sent)


def name_of(run: Mapping[str, Any]) -> str:
    """Return what a scheduled run is called: its flow and treaty, and its day where it is done once a day."""
    flow, treaty = run["tags"][-1], run["parameters"].get("treaty")
    declared = FLOWS.get(flow)
    has_hour = declared is not None and declared.schedule is not None and declared.schedule.at is not None
    day = f"{run['expected_start_time']:%Y-%m-%d}" if has_hour else ""
    return " ".join(filter(None, (flow, treaty, day)))


def _name_scheduled() -> None:
    """Have runs named when they are scheduled: Prefect would give each two words of its own until it begins."""
    from prefect.server.models import deployments

    schedule = deployments._generate_scheduled_flow_runs

    async def named(*args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        return [run | {"name": name_of(run)} for run in await schedule(*args, **kwargs)]

    deployments._generate_scheduled_flow_runs = named


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), required=True)
def main(port: int) -> None:
    """Serve Prefect on this machine until it is told to stop."""
    import prefect
    from prefect.server.api.server import create_app

    # Its second page asks a server of analytics, whatever it is told; and two of them look different to each reader.
    prefect.__ui_v2_static_path__ = Path(prefect.__file__) / "left out"
    _name_scheduled()
    app = create_app(final=True)
    put_before(app)
    # Of uvicorn too, Prefect's configuration says how its lines are written.
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False, log_config=None)


if __name__ == "__main__":
    main()
