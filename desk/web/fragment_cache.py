"""The fragment cache: the part of a page made from one view is rendered once, as long as the view is the same object.

What is kept is dropped with the view, so it is shown to nobody whose view it is not, and never after the
view has changed. Only for parts that are made from the view, the language and what is named here alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from threading import Lock
from weakref import WeakKeyDictionary

from markupsafe import Markup

from desk.web.rendering import environment, names_of
from desk.web.visit import Visit

_kept: WeakKeyDictionary[object, dict[tuple[object, ...], Markup]] = WeakKeyDictionary()
_lock = Lock()


def part(
    visit: Visit,
    template: str,
    shown: object,
    besides: Callable[[], Mapping[str, object]] = dict,
    **named: str,
) -> Markup:
    """Return a part of a page, written by a template that escapes what it writes.

    `shown` is a view that is the same only as itself; `besides` makes more of that view; `named` tells parts apart.
    """
    place = (template, visit.language, *sorted(named.items()))
    with _lock:
        there = _kept.setdefault(shown, {})
    if place not in there:
        settings = visit.workspace.settings
        page = environment(visit.language, settings.zone, settings.treaty).get_template(template)
        with names_of(visit.workspace):
            there[place] = Markup(page.render(shown=shown, **besides(), **named))  # the template has escaped it
    return there[place]
