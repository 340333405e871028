"""Assets: what a browser fetches beside the pages (style sheet, fonts, icons), at addresses that change with them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

_STATIC = Path(__file__).parents[1] / "static"
_A_YEAR = 365 * 24 * 60 * 60  # seconds


def mount(app: FastAPI) -> None:
    """Serve the files under /static, to be kept for a year: a changed file has another address."""
    app.mount("/static", _Kept(directory=_STATIC), name="static")


@cache
def asset_url(name: str) -> str:
    """Return the address of a file, with what changes when the file does; empty when it is not there."""
    path = _STATIC / name
    if not path.is_file():
        return ""
    return f"/static/{name}?v={hashlib.sha256(path.read_bytes()).hexdigest()[:12]}"


class _Kept(StaticFiles):
    async def get_response(self, path: str, scope: Scope) -> Response:
        """Let a browser keep what was asked for under an address of its own; else it asks again each time."""
        answer = await super().get_response(path, scope)
        is_own = b"v=" in scope.get("query_string", b"")
        answer.headers["cache-control"] = f"public, max-age={_A_YEAR}, immutable" if is_own else "no-cache"
        return answer
