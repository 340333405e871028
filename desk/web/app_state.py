"""The application's state: the workspace of its record and the background post, for every page.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Workspace
from desk.web.background_post import BackgroundPost


def equip(app: FastAPI, workspace: Workspace) -> None:
    """Give an application its workspace, and a background post for it."""
    app.state.workspace = workspace
    app.state.background_post = BackgroundPost(workspace)


def workspace_of(request: Request) -> Workspace:
    """Return the workspace of the desk that was asked."""
    found: Workspace = request.app.state.workspace
    return found


def background_post_of(request: Request) -> BackgroundPost:
    """Return the background post of the desk that was asked."""
    found: BackgroundPost = request.app.state.background_post
    return found
