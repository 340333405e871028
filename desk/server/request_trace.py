"""The trace of a request: the id by which its answer, and the lines that the log has of it, are found."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import Request

from casework.core.log_lines import request_id
from desk.web.caller import is_handed_on

#: The header that has it, in a request that a proxy hands on and in every answer.
ID = "x-request-id"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}", re.ASCII)


@contextmanager
def traced(request: Request) -> Iterator[str]:
    """Give a request its id, which stands in every line of the log until it is answered."""
    id_ = _given(request) or secrets.token_hex(8)
    token = request_id.set(id_)
    try:
        yield id_
    finally:
        request_id.reset(token)


def _given(request: Request) -> str | None:
    """Return the id that the proxy on this machine gave it; None where that is not one, short and plain."""
    given = request.headers.getlist(ID) if is_handed_on(request) else []
    return given[0] if len(given) == 1 and _SAFE.fullmatch(given[0]) else None
