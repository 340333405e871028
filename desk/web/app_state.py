"""The application's state: the workspace of its record, the background post and the gate of signing in.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Workspace
from desk.web.background_post import BackgroundPost
from desk.web.sign_in_gate import SignInGate


def equip(app: FastAPI, workspace: Workspace) -> None:
    """Give an application its workspace, a background post for it, and the gate of signing in."""
    app.state.workspace = workspace
    app.state.background_post = BackgroundPost(workspace)
    app.state.sign_in_gate = SignInGate()


def workspace_of(request: Request) -> Workspace:
    """Return the workspace of the desk that was asked."""
    found: Workspace = request.app.state.workspace
    return found


def background_post_of(request: Request) -> BackgroundPost:
    """Return the background post of the desk that was asked."""
    found: BackgroundPost = request.app.state.background_post
    return found


def sign_in_gate_of(request: Request) -> SignInGate:
    """Return the gate of signing in to the desk that was asked."""
    found: SignInGate = request.app.state.sign_in_gate
    return found
