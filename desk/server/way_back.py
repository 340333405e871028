"""The way back: the page whose form was sent to an address, for whoever opens that address itself.

A form that is refused is answered where it was sent to, and that address stands in the browser then.
"""

from __future__ import annotations

from fastapi.routing import APIRoute

from desk.pages import ROUTERS

_ROUTES = tuple(route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
_PAGES = frozenset(route.path for route in _ROUTES if "GET" in (route.methods or ()))
_FORMS = tuple(route for route in _ROUTES if "POST" in (route.methods or ()) and route.path not in _PAGES)
#: Forms that stand on a page with another address than the beginning of their own.
_ELSEWHERE = {"letters": "/runs"}


def page_of_form(path: str) -> str | None:
    """Return the page that a form stands on which is sent to an address; None where no form is sent there."""
    form = next((form for form in _FORMS if form.path_regex.match(path)), None)
    if form is None:
        return None
    declared, given = form.path.split("/"), path.split("/")
    for most in range(len(declared) - 1, 1, -1):
        if "/".join(declared[:most]) in _PAGES:
            return "/".join(given[:most])
    return _ELSEWHERE.get(given[1], "/")
