"""The request guard: what is refused before any page looks at it, and which headers every answer carries.

Knows requests and headers, never States or persons.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from time import perf_counter
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response

from casework.core.log_lines import places_of
from desk.server.request_trace import ID, traced
from desk.web.caller import LOCAL
from desk.web.form_parsing import COUNTED
from pathways.grammar.refusals import Refusal, refusal

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
#: Counts a request: what it was, the status of its answer if there was one, seconds until that began.
Count = Callable[[Scope, int | None, float], None]
#: Answers in place of a page: request, status, what is said.
Refuse = Callable[[Request, int, Refusal], Response]

_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_POLICY = "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_DAYS_OF_TLS = 365 * 24 * 60 * 60  # seconds
_TOO_MUCH = refusal("too_much_sent")
_TWO_LENGTHS = refusal("two_lengths")
_WITH_FILES = "multipart/form-data"
_SHORT = 500_000  # bytes
_WAITED_FOR = 5  # times what may be sent
_BOUNDARY = re.compile(r"boundary\s*=\s*\"?([\w'()+,./:=? -]{1,70})", re.ASCII)
_DIGITS = 12
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']*)", re.IGNORECASE)
#: In a path, and in what is asked beside it: there a tab or a line's end may come along with what somebody pastes.
_NEVER_IN_A_PATH, _NEVER_ASKED = frozenset(range(32)), frozenset(range(32)) - frozenset(b"\t\n\r")
#: A name or an address in brackets, and after it a port or nothing.
_HOST = re.compile(r"(?P<name>[A-Za-z0-9.\-_]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_log = logging.getLogger("accede.desk")


@dataclass(frozen=True, kw_only=True)
class RequestGuard:
    """An application behind its gate. `limit`: bytes of one request; `hosts`: the names it is served under."""

    app: App
    limit: int
    hosts: frozenset[str]
    is_secure: bool
    refuse: Refuse
    count: Count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or refuse it in a sentence."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        scope = {**scope, "app": self.app, "method": "GET" if is_head else scope["method"]}  # refusals look for the app
        request = Request(scope, receive)
        came_at = perf_counter()
        with traced(request) as id_:
            answer = _Answer(send=send, extra={**self._headers(), ID: id_}, is_head=is_head)
            try:
                await self._answer(request, answer)
            finally:
                self.count(request.scope, answer.status, (answer.began_at or perf_counter()) - came_at)

    async def _answer(self, request: Request, answer: _Answer) -> None:
        scope, receive = request.scope, request.receive
        wrong = self._refusal(request)
        if wrong is not None:
            refused = await run_in_threadpool(self.refuse, request, *wrong)  # it may ask who is there
            if wrong[1] is _TWO_LENGTHS:
                refused.headers["connection"] = "close"  # nobody knows where the next question begins
            await refused(scope, receive, answer)
            return
        await self._pass_on(request, scope, receive, answer)

    async def _pass_on(self, request: Request, scope: Scope, receive: Receive, answer: _Answer) -> None:
        limit = self._limit_of(request)
        counted = _Counted(receive=receive, limit=limit, answer=answer, end=_end_of_parts(request.headers))
        scope[COUNTED] = counted
        try:
            await self.app(scope, counted, answer)
        except Exception as wrong:  # noqa: BLE001  # an answer that had begun; the log is to hold no name
            note(wrong, request)
        if counted.is_over and not answer.has_begun:
            answer.is_silent = False
            refused = await run_in_threadpool(self.refuse, request, 413, _TOO_MUCH)
            await refused(scope, receive, answer)

    def _headers(self) -> dict[str, str]:
        if not self.is_secure:
            return _HEADERS
        return _HEADERS | {"strict-transport-security": f"max-age={_DAYS_OF_TLS}; includeSubDomains"}

    def _refusal(self, request: Request) -> tuple[int, Refusal] | None:
        """Return the status and the words with which a request is refused unread, if it is."""
        asked = _HOST.fullmatch(request.headers.get("host", ""))
        host = asked["name"].lower() if asked else ""
        if host not in self.hosts:
            return 400, refusal("unknown_host")
        if "content-length" in request.headers and "transfer-encoding" in request.headers:
            return 400, _TWO_LENGTHS
        over_tls = self.is_secure and host not in LOCAL
        if request.method not in _SAFE and not is_own(request.headers, over_tls=over_tls):
            return 403, refusal("from_another_site")
        if not _is_an_address(request.scope):
            return 404, refusal("no_page_has_this_address")
        if not _is_read_as_sent(request.headers):
            return 400, refusal("other_letters")
        announced = request.headers.get("content-length", "0")
        if not announced.isdigit() or len(announced) > _DIGITS or int(announced) > self._most_of(request):
            return 413, _TOO_MUCH
        return None

    def _limit_of(self, request: Request) -> int:
        """Return how many bytes may be sent: a form without a file is short, and costs more to read."""
        return self.limit if _kind_of(request.headers) == _WITH_FILES else min(self.limit, _SHORT)

    def _most_of(self, request: Request) -> int:
        """Return how many bytes are waited for: a form whose file is too large comes whole, to be shown again."""
        return self._limit_of(request) * (_WAITED_FOR if _end_of_parts(request.headers) else 1)


def is_own(headers: Headers, *, over_tls: bool) -> bool:
    """Tell whether a browser says that a form of this desk was sent; where it is served over TLS, over TLS."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site == "same-origin" or (site == "none" and origin is None):
        return True
    if site not in (None, "none"):
        return False
    try:
        sent_from = urlsplit(origin or "")
    except ValueError:  # no address at all
        return False
    is_plain = over_tls and sent_from.scheme != "https"
    return origin is not None and sent_from.netloc == headers.get("host", "") and not is_plain


def _is_an_address(scope: Scope) -> bool:
    """Tell whether path and query are free of NUL and its like, which no page means and no database takes."""
    asked = unquote_to_bytes(scope["query_string"])
    return _NEVER_IN_A_PATH.isdisjoint(map(ord, scope["path"])) and _NEVER_ASKED.isdisjoint(asked)


def _kind_of(headers: Headers) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _end_of_parts(headers: Headers) -> bytes:
    """Return what ends a form with a file, empty for another form."""
    found = _BOUNDARY.search(headers.get("content-type", "")) if _kind_of(headers) == _WITH_FILES else None
    return f"\r\n--{found[1]}--\r\n".encode("latin-1") if found else b""


def _is_read_as_sent(headers: Headers) -> bool:
    """Tell whether a form is in UTF-8: the sender's word for another would decide how what is kept is read."""
    given = _CHARSET.findall(headers.get("content-type", ""))
    return all(name.lower().replace("-", "") == "utf8" for name in given)


@dataclass
class _Answer:
    """What is sent back, with the headers that every answer carries."""

    send: Send
    extra: dict[str, str]
    status: int | None = None  # once it has begun, and when
    began_at: float | None = None
    is_silent: bool = False
    is_head: bool = False  # asked for without what it says

    @property
    def has_begun(self) -> bool:
        """Tell whether a part of it may be on its way."""
        return self.status is not None

    async def __call__(self, message: Message) -> None:
        if self.is_silent:
            return
        if message["type"] == "http.response.start":
            self.status, self.began_at = message["status"], perf_counter()
            headers = MutableHeaders(raw=message.setdefault("headers", []))
            for name, value in self.extra.items():
                headers.setdefault(name, value)
            headers.setdefault("cache-control", "no-store")
        elif self.is_head:
            message = {**message, "body": b""}
        await self.send(message)


@dataclass
class _Counted:
    """What is received, counted: a body that announces no length may have no end.

    Of a form with a file what is too much is thrown away, and the form ended in its place, so that its fields can be
    shown again. `end`: what ends such a form, empty for another.
    """

    receive: Receive
    limit: int
    answer: _Answer
    end: bytes
    seen: int = 0
    is_over: bool = False
    is_cut: bool = False

    async def __call__(self) -> Message:
        message, had = await self.receive(), self.seen
        self.seen += len(message.get("body", b""))
        if self.seen <= self.limit or self.is_cut:
            return message
        if self.end and await self._came_to_an_end(message):
            self.is_cut = True
            return {**message, "body": message["body"][: self.limit - had] + self.end, "more_body": False}
        self.is_over = True
        self.answer.is_silent = not self.answer.has_begun
        return {"type": "http.disconnect"}

    async def _came_to_an_end(self, message: Message) -> bool:
        """Throw away the rest, and tell whether it came to an end while it was waited for."""
        while message.get("more_body", False) and self.seen <= self.limit * _WAITED_FOR:
            message = await self.receive()
            self.seen += len(message.get("body", b""))
        return message["type"] == "http.request" and not message.get("more_body", False)


def note(wrong: Exception, request: Request) -> None:
    """Log where something broke, never what was said there: messages hold what people typed."""
    route = getattr(request.scope.get("route"), "path", "")
    _log.error("%s at %s %s: %s", type(wrong).__name__, request.method, route, places_of(wrong))
