"""The warm-up: all that the desk reads once and keeps is read before the first request is served.

What is read on first use may be read when the machine is at its limits, where reading fails, and what half failed is
worse than what failed. Read here, a failure ends the start, and nothing is served.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from importlib import import_module

from jinja2 import Environment

from casework.core.workspace import Workspace
from casework.overview.state_search import find
from desk.i18n.words import declared
from desk.web.map import places
from desk.web.rendering import environment
from desk.web.spreadsheets import Sheet, as_csv, as_xlsx
from notifications.languages import OF_LETTERS, OF_PAGES
from notifications.phrases import phrases_for
from pathways import pathways
from sources.states import load_register

#: What only some pages import, and late, so that commands start quickly.
_LATER = ("difflib", "encodings.idna", "idna", "puremagic", "apprise")
_ANY_DAY = date(2014, 12, 24)
#: By filter: dates and numbers bring the tables of a language with them.
_WRITTEN = {"day": _ANY_DAY, "hour": datetime(2014, 12, 24, tzinfo=UTC), "ago": timedelta(days=1), "number": 1000}
_SHEET = Sheet(title="States", headings=("State", "Day"), rows=(("Malawi", _ANY_DAY),))


def make_ready(workspace: Workspace) -> None:
    """Read and import what pages need, apart from the record itself and the files that a browser fetches."""
    for name in _LATER:
        import_module(name)
    for key in pathways():
        workspace.pathway(key)
    for code in OF_PAGES:
        _read_templates(environment(code, workspace.settings.zone, workspace.settings.treaty))
    for language in OF_LETTERS:
        phrases_for(language)
    find("", load_register()), declared(workspace.settings.treaty), places()
    as_csv(_SHEET), as_xlsx(_SHEET)


def _read_templates(templates: Environment) -> None:
    for name in templates.list_templates(extensions=["html"]):
        templates.get_template(name)
    for name, value in _WRITTEN.items():
        templates.filters[name](value)
