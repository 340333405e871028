"""The gate before Prefect's server: its program, answering to this machine's names alone, with one way in for people.

Run as `python -m desk.runtime.prefect_gate --port N`. Whoever is let in can start programs as the account of the
worker; so the server has a password, and a page elsewhere that gives itself this machine's address is sent away.
"""

from __future__ import annotations

import click
import uvicorn
from starlette.applications import Starlette
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from desk.processes.ports import HOST
from desk.scheduling.prefect_http import DOOR

NAMES = (HOST, "localhost")
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
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=NAMES, www_redirect=False)


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), required=True)
def main(port: int) -> None:
    """Serve Prefect on this machine until it is told to stop."""
    from prefect.server.api.server import create_app

    app = create_app(final=True)
    put_before(app)
    uvicorn.run(app, host=HOST, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    main()
