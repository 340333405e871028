"""What the desk's application is equipped with for its pages: the workspace of its record, and a postman.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Workspace
from desk.web.background_post import BackgroundPost


def equip(app: FastAPI, workspace: Workspace) -> None:
    """Give an application its office, and a postman for it."""
    app.state.workspace = workspace
    app.state.background_post = BackgroundPost(workspace)


def office_of(request: Request) -> Workspace:
    """Return the workspace of the desk that was asked."""
    found: Workspace = request.app.state.workspace
    return found


def postman_of(request: Request) -> BackgroundPost:
    """Return the postman of the desk that was asked."""
    found: BackgroundPost = request.app.state.background_post
    return found
