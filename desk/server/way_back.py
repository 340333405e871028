"""The way back: the page whose form was sent to an address, for whoever opens that address itself.

A form that is refused is answered where it was sent to, and that address stands in the browser then.
"""

from __future__ import annotations

from fastapi.routing import APIRoute

from casework.core.rights import NotOnFile
from desk.pages import ROUTERS
from desk.web.visit import Visit

_ROUTES = tuple(route for router in ROUTERS for route in router.routes if isinstance(route, APIRoute))
_PAGES = frozenset(route.path for route in _ROUTES if "GET" in (route.methods or ()))
_FORMS = tuple(route for route in _ROUTES if "POST" in (route.methods or ()) and route.path not in _PAGES)
#: Forms that stand on a page with another address than the beginning of their own.
_ELSEWHERE = {"letters": "/runs"}


def way_back(path: str, visit: Visit | None) -> str | None:
    """Return the page to lead a visitor to from an address that forms are sent to; None where it lets nobody such in.

    What a page asks before it opens is said beside its address, as dependencies; each is asked here.
    """
    back = page_of_form(path)
    if back is None or visit is None:
        return back
    page = next(route for route in _ROUTES if "GET" in (route.methods or ()) and route.path_regex.match(back))
    for asked in page.dependencies:
        try:
            asked.dependency(visit)  # type: ignore[misc]  # never without one
        except NotOnFile:
            return None
    return back


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
