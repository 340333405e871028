"""The application's state: the workspace of its record, the background post, the gate of signing in, what it answered.

Put there once, when the application is made; whoever has a request finds it here, and nowhere else.
"""

from __future__ import annotations

from fastapi import FastAPI, Request

from casework.core.workspace import Workspace
from desk.web.background_post import BackgroundPost
from desk.web.metrics import RequestCounts
from desk.web.sign_in_gate import SignInGate


def equip(app: FastAPI, workspace: Workspace) -> None:
    """Give an application its workspace, a background post for it, the gate of signing in, and counts of requests."""
    app.state.workspace = workspace
    app.state.background_post = BackgroundPost(workspace)
    app.state.sign_in_gate = SignInGate()
    app.state.request_counts = RequestCounts()


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


def request_counts_of(request: Request) -> RequestCounts:
    """Return what the desk that was asked has answered so far, in numbers."""
    found: RequestCounts = request.app.state.request_counts
    return found
