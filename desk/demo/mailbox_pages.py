"""Pages of the mailbox, to read its letters. Nothing is loaded from elsewhere; everything in a letter is escaped."""

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

from desk.demo.mailbox_folder import Box, BoxedLetter

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
            Route("/style.css", lambda _: Response(_STYLE, media_type="text/css", headers=_HEADERS)),
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


def _index(letters: Sequence[BoxedLetter], count: int) -> str:
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


def _one(kept: BoxedLetter, neighbours: Sequence[int]) -> str:
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


def _plain(kept: BoxedLetter) -> dict[str, object]:
    return {
        "number": kept.number,
        "from": kept.sender,
        "to": list(kept.to),
        "subject": kept.subject,
        "date": kept.date,
        "letter": kept.letter,
        "text": kept.text,
    }


#: By day and by night, on a phone or a desk.
_STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #55616e; --line: #d8dee5; --paper: #fff;
  --ground: #f3f5f7; --link: #0b5394; --band: #fff6d9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8ecf0; --quiet: #a9b4bf; --line: #37424e; --paper: #1b232c; --ground: #11171d;
    --link: #8cc2f5; --band: #3a3217; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
header { background: var(--band); border-bottom: 1px solid var(--line); padding: .75rem max(1rem, 50vw - 22rem); }
header p { margin: 0; color: var(--ink); font-size: .9rem; }
.home { font-weight: 700; text-decoration: none; }
main { max-width: 46rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; line-height: 1.3; margin: .5rem 0 1rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 4px; }
.letters { list-style: none; margin: 0; padding: 0; border: 1px solid var(--line); border-radius: 8px;
  background: var(--paper); overflow: hidden; }
.letters li + li { border-top: 1px solid var(--line); }
.letters a { display: grid; gap: .1rem; padding: .75rem 1rem; text-decoration: none; color: inherit; }
.letters a:hover { background: var(--ground); }
.letters a:focus-visible { outline-offset: -3px; }
.letters strong { font-weight: 600; overflow-wrap: anywhere; }
.letters span, .letters time { color: var(--quiet); font-size: .9rem; overflow-wrap: anywhere; }
article { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: 1rem; }
dl { margin: 0 0 1rem; padding-bottom: 1rem; border-bottom: 1px solid var(--line); font-size: .9rem; }
dl div { display: grid; grid-template-columns: 4rem 1fr; gap: .5rem; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; padding: 1rem 0; }
nav a, header a { display: inline-block; padding: .35rem 0; }
"""
