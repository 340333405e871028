"""Pages: the letters in the box, to read. Nothing is loaded from elsewhere, and everything in a letter is escaped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from desk.mailbox.keeping import Box, Kept
from desk.mailbox.look import STYLE

MOST_SHOWN = 500
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
_LINK = re.compile(r"https?://[^\s<>\"']+")


def site(box: Box) -> Starlette:
    """Return the box's pages. Other names than this machine's are turned away: a page elsewhere cannot read them."""

    async def index(_: Request) -> Response:
        return _page("Letters", _index(box.newest(MOST_SHOWN), box.count()))

    async def one(request: Request) -> Response:
        number = request.path_params["number"]
        kept = box.get(number)
        if kept is None:
            return _page("No such letter", _nothing(number), status=404)
        neighbours = [(n, box.get(n) is not None) for n in (number + 1, number - 1)]
        return _page(kept.subject or "Letter", _one(kept, [n for n, there in neighbours if there]))

    async def as_json(_: Request) -> Response:
        return JSONResponse([_plain(kept) for kept in box.newest(box.count())], headers=_HEADERS)

    return Starlette(
        routes=[
            Route("/", index),
            Route("/messages/{number:int}", one),
            Route("/messages.json", as_json),
            Route("/style.css", lambda _: Response(STYLE, media_type="text/css", headers=_HEADERS)),
            Route("/health", lambda _: PlainTextResponse("ok", headers=_HEADERS)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


def _page(title: str, main: str, *, status: int = 200) -> Response:
    page = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)} · Mailbox</title>"
        '<link rel="stylesheet" href="/style.css"></head><body>'
        '<header><a class="home" href="/">Mailbox</a>'
        "<p>Letters of a training record. Nothing here has left this machine.</p></header>"
        f"<main>{main}</main></body></html>"
    )
    return HTMLResponse(page, status_code=status, headers=_HEADERS)


def _index(letters: Sequence[Kept], count: int) -> str:
    if not letters:
        return "<h1>No letters yet</h1><p>They appear here as they are sent. Load this page again to look.</p>"
    said = f"{count} letters" if count > 1 else "One letter"
    cut = f"<p>The latest {len(letters)} are shown.</p>" if len(letters) < count else ""
    entries = "".join(
        f'<li><a href="/messages/{kept.number}"><strong dir="auto">{escape(kept.subject or "(no subject)")}</strong>'
        f"<span>{escape(', '.join(kept.to))}</span><time>{escape(kept.date)}</time></a></li>"
        for kept in letters
    )
    return f'<h1>{said}</h1>{cut}<ol class="letters">{entries}</ol>'


def _one(kept: Kept, neighbours: Sequence[int]) -> str:
    facts = (("To", ", ".join(kept.to)), ("From", kept.sender), ("Sent", kept.date), ("Letter", kept.letter))
    rows = "".join(f"<div><dt>{name}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value)
    ways = "".join(
        f'<a href="/messages/{number}">{"Newer" if number > kept.number else "Older"}</a>' for number in neighbours
    )
    return (
        f'<article><h1 dir="auto">{escape(kept.subject or "(no subject)")}</h1><dl>{rows}</dl>'
        f'<div class="text">{_linked(kept.text)}</div></article>'
        f'<nav aria-label="Letters"><a href="/">All letters</a>{ways}</nav>'
    )


def _nothing(number: int) -> str:
    return f'<h1>No such letter</h1><p>There is no letter {number} here.</p><p><a href="/">All letters</a></p>'


def _linked(text: str) -> str:
    """Escape a letter's text, and make its links links."""
    parts, begin = [], 0
    for found in _LINK.finditer(text):
        address = escape(found[0])
        parts += [escape(text[begin : found.start()]), f'<a href="{address}" rel="noreferrer">{address}</a>']
        begin = found.end()
    return "".join([*parts, escape(text[begin:])])


def _plain(kept: Kept) -> dict[str, object]:
    return {
        "number": kept.number,
        "from": kept.sender,
        "to": list(kept.to),
        "subject": kept.subject,
        "date": kept.date,
        "letter": kept.letter,
        "text": kept.text,
    }
