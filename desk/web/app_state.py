"""What the desk's application is equipped with for its pages: the workspace of its record, and a postman.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Workspace
from desk.web.background_post import Postman


def equip(app: FastAPI, workspace: Workspace) -> None:
    """Give an application its office, and a postman for it."""
    app.state.workspace = workspace
    app.state.postman = Postman(workspace)


def office_of(request: Request) -> Workspace:
    """Return the workspace of the desk that was asked."""
    found: Workspace = request.app.state.workspace
    return found


def postman_of(request: Request) -> Postman:
    """Return the postman of the desk that was asked."""
    found: Postman = request.app.state.postman
    return found
