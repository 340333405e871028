"""A visit: one request of somebody who is signed in, with the eyes that the mandates of today give.

The one way for a page to the workspace. Who is not signed in is sent to sign in, and then to the page asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from fastapi import Depends, Request
from starlette.responses import RedirectResponse, Response

from casework.access.sessions import Session, session_of
from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.overview.waiting import Waiting, waiting
from desk.about import About
from desk.web.app_state import workspace_of
from desk.web.caller import is_from_here
from desk.web.confirmations import say
from desk.web.cookies import COOKIE, cookie_of
from desk.web.form_answers import NOTHING_SENT, Answer
from desk.web.menu import Word, menu
from desk.web.rendering import language_of, page
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import refusal

#: What answers at once, also where the record does not: so nobody is looked up for it. Of the second, on this machine.
_HEALTH, _METRICS = "/health", "/metrics"
#: The pages that a stranger may open; every other one asks who is there.
OPEN = frozenset({_HEALTH, "/sign-in", "/sign-in/{token}", "/verify/{token}", "/r/{token}"})


class Stranger(Exception):
    """Nobody is signed in; `back` is the page that was asked for."""

    def __init__(self, back: str) -> None:
        """Keep where to come back to."""
        super().__init__("Sign in first.")
        self.back = back


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Who asks, for which treaty, in which language."""

    request: Request
    workspace: Workspace
    session: Session
    language: str

    @property
    def treaty(self) -> str:
        """Return the treaty that this desk shows."""
        return self.workspace.settings.treaty

    @property
    def reader(self) -> Reader:
        """Return what the visitor may know and do today."""
        return self.session.reader

    @property
    def person(self) -> int:
        """Return the visitor's number."""
        return self.session.person

    @property
    def name(self) -> str:
        """Return how the visitor is called."""
        return self.session.name

    @property
    def token(self) -> str:
        """Return the token that the visitor's browser showed."""
        return token_of(self.request)

    @property
    def today(self) -> date:
        """Return the record's day."""
        return self.workspace.today()

    @property
    def waiting(self) -> Waiting:
        """Return what waits for the visitor, in numbers; nothing where the record does not answer."""
        try:
            return waiting(self.workspace, treaty=self.treaty, reader=self.reader)
        except Exception:  # noqa: BLE001  # the page that says that the record does not answer needs no record
            return Waiting()

    @property
    def menu(self) -> tuple[Word, ...]:
        """Return the words of the menu for the visitor, at the page asked for."""
        return menu(self.reader, self.waiting, self.request.url.path)

    def about(self, state: str) -> About:
        """Return what every verb about a State is told."""
        return {"treaty": self.treaty, "name": self.workspace.register().name_of(state), "reader": self.reader}

    def show(self, template: str, answer: Answer = NOTHING_SENT, /, **context: Any) -> Response:
        """Show a page, with what became of what was sent to it."""
        said = {"faults": answer.faults, "kept": answer.kept}
        return page(self.request, template, visit=self, status=answer.status, **said, **context)

    def go(self, path: str, *, said: str | None = None) -> Response:
        """Send the visitor on, and let the page say what was done: a code of `desk/web/confirmations.py`."""
        answer = RedirectResponse(path, status_code=303)
        if said:
            say(answer, self.workspace.settings, said)
        return answer


def admit(request: Request) -> Visit | None:
    """Let somebody in who is signed in, and a stranger to the open pages only. Runs before every page."""
    route = getattr(request.scope.get("route"), "path", None)
    if route == _HEALTH or (route == _METRICS and is_from_here(request)):
        return None
    workspace = workspace_of(request)
    if workspace.training is not None:
        workspace.forget()  # its day may have been moved by another process
    token = token_of(request)
    session = session_of(workspace, token, treaty=workspace.settings.treaty) if token else None
    if session is None:
        if route in OPEN:
            return None
        raise Stranger(_back(request))
    return Visit(
        request=request,
        workspace=workspace,
        session=session,
        language=language_of(request, session.language),
    )


def token_of(request: Request) -> str:
    """Return the token that a browser shows, empty where it shows none."""
    name = cookie_of(workspace_of(request).settings)
    plain = "" if name.startswith("__") else request.cookies.get(COOKIE, "")  # of an address that has changed
    return request.cookies.get(name, plain)


def visit_of(request: Request, visit: Annotated[Visit | None, Depends(admit)]) -> Visit:
    """Return the visit; a page that takes it is for the signed in, whatever else is said of it."""
    if visit is None:
        raise Stranger(_back(request))
    return visit


Visiting = Annotated[Visit, Depends(visit_of)]


def the_secretariats(visit: Visiting) -> None:
    """Let nobody else in: to whom nothing here is open, nothing is here."""
    if not visit.reader.is_secretariat:
        raise NotOnFile(refusal("nothing_at_this_address"))


def _back(request: Request) -> str:
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")
