"""Fetching a status file from the depositary: bytes, and nothing about their meaning.

Only https, only the depositary's own host, redirects included. Nothing calls this by itself.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import IO, BinaryIO, Protocol, cast
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from pathways.grammar.refusals import Refused, refusal
from sources.documents import read_within, refuse_other_kinds
from sources.participation import MAX_BYTES

HOST = "treaties.un.org"
SECONDS = 30.0


class NotFetched(Refused):
    """The depositary's file did not arrive, or the address is not the depositary's."""


class Opener(Protocol):
    """What opens an address; urllib's OpenerDirector is one."""

    def open(self, fullurl: Request, /, *, timeout: float) -> IO[bytes]:
        """Return the answer, to be read and closed."""


def fetch(url: str, *, max_bytes: int = MAX_BYTES, timeout: float = SECONDS, opener: Opener | None = None) -> bytes:
    """Return the file at an address of the depositary (timeout in seconds).

    NotFetched if it does not arrive; TableRefused if it is too large, or the notice of maintenance.
    """
    refuse_elsewhere(url)
    through = opener or cast(Opener, build_opener(_SameHost))
    try:
        with through.open(Request(url), timeout=timeout) as answer:
            data = read_within(cast(BinaryIO, answer), max_bytes)
    except (URLError, HTTPException, OSError) as wrong:
        raise NotFetched(refusal("file_did_not_arrive", why=str(getattr(wrong, "reason", wrong)))) from None
    refuse_other_kinds(data)
    return data


def refuse_elsewhere(url: str) -> None:
    """Refuse every address that is not https on the depositary's host."""
    try:
        parts = urlsplit(url)
        own = (parts.scheme, parts.netloc) == ("https", HOST)
    except ValueError:
        own = False
    if not own:
        raise NotFetched(refusal("fetched_elsewhere", host=HOST, url=url))


class _SameHost(HTTPRedirectHandler):
    def redirect_request(  # type: ignore[no-untyped-def]  # the library's own signature
        self, req, fp, code, msg, headers, newurl
    ) -> Request | None:
        refuse_elsewhere(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
