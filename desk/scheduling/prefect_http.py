"""HTTP to Prefect: one question, one answer, and how long to wait for it. Knows nothing of what is asked."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.client import HTTPException
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

#: Loopback is never asked through a proxy, whatever the shell says.
_opener = build_opener(ProxyHandler({}))


#: Where a Prefect of ours takes its password from the desk, behind the `#` of the address.
DOOR = "/open"


class PrefectRefused(Exception):
    """Prefect's server did not do what it was asked."""


class PrefectBusy(PrefectRefused):
    """Prefect's server is there, and had no answer in time."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Patience:
    """How long to wait, in seconds: for one answer, for all tries together, and between two tries."""

    one: float
    in_all: float
    pause: float


#: For whoever starts things: Prefect's SQLite lets a writer wait for a minute.
LONG = Patience(one=10, in_all=90, pause=0.5)


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Prefect's server, as it is asked. `auth`: its password; `is_ours`: its page takes the password from the desk."""

    url: str
    auth: str | None = field(default=None, repr=False)
    is_ours: bool = False

    def page(self, path: str) -> str:
        """Return the address of one of its pages, for a reader of the desk."""
        return f"/runs/prefect?{urlencode({'to': path})}" if self.is_ours else f"{self.url}{path}"

    def way_in(self, path: str) -> str:
        """Return the address that leads to one of its pages with the password, which no server and no log gets."""
        return f"{self.url}{DOOR}?{urlencode({'to': path})}#{self.key()}" if self.is_ours else f"{self.url}{path}"

    def key(self) -> str:
        """Return the password as it is written to the server, and as its page keeps it."""
        return b64encode((self.auth or "").encode()).decode()


def ask(
    server: Server, method: str, path: str, body: Mapping[str, Any] | None = None, *, patience: Patience = LONG
) -> Any:
    """Ask, and again while the server's database keeps it busy; so ask only what may be asked twice."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"content-type": "application/json"}
    if server.auth is not None:
        headers["authorization"] = f"Basic {server.key()}"
    request = Request(f"{server.url}/api{path}", data, headers, method=method)
    until = monotonic() + patience.in_all
    while (left := until - monotonic()) > 0:
        try:
            with _opener.open(request, timeout=min(patience.one, left)) as answer:
                return json.loads(answer.read() or b"null")
        except HTTPError as wrong:
            if wrong.code != HTTPStatus.SERVICE_UNAVAILABLE:
                raise PrefectRefused(f"Prefect answered {wrong.code} to {method} {path}.") from wrong
        except (OSError, HTTPException) as wrong:
            if not _is_slowness(wrong):
                raise PrefectRefused(f"Prefect at {server.url} does not answer.") from wrong
        except ValueError as wrong:
            raise PrefectRefused(f"What answers at {server.url} is not Prefect.") from wrong
        sleep(patience.pause)
    raise PrefectBusy(f"Prefect's database was busy for {patience.in_all:g} seconds at {method} {path}.")


def _is_slowness(wrong: Exception) -> bool:
    return isinstance(wrong, TimeoutError) or (isinstance(wrong, URLError) and isinstance(wrong.reason, TimeoutError))
