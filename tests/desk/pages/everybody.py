"""Everybody at one desk: a browser for each of the cast, over a record that can be put back as it was."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from casework.access.sessions import open_session
from casework.core.workspace import Workspace, open_workspace
from desk.server.app import create_app
from desk.server.request_guard import RequestGuard
from desk.web.cookies import COOKIE
from tests.cast import PARTS, STRANGER, Cast, read_cast

ADDRESS = "http://127.0.0.1:8300"
OWN = {"sec-fetch-site": "same-origin"}


@dataclass
class Everybody:
    """A desk with the cast before it. What one does is undone before the next one asks."""

    home: Path
    workspace: Workspace
    cast: Cast
    app: RequestGuard
    clients: Mapping[str, TestClient]

    @classmethod
    def at(cls, home: Path) -> "Everybody":
        """Open a desk over a home that has the cast on file, sign everybody in and remember how things stand."""
        workspace, cast = open_workspace(home), read_cast(home)
        tokens = {part: open_session(workspace, cast.people[part]) for part in PARTS}
        put_in_place(home / "accede.db", home / "as-it-was.db")
        app = create_app(workspace)
        clients = {part: client_of(app, place, token) for place, (part, token) in enumerate(tokens.items(), start=1)}
        return cls(home=home, workspace=workspace, cast=cast, app=app, clients={STRANGER: client_of(app), **clients})

    def ask(self, part: str, method: str, path: str, **sent: Any) -> Any:
        """Let somebody ask for a page or send a form, and return the answer as it comes."""
        return self.clients[part].request(method, path, **sent)

    def put_back(self) -> None:
        """Put the record back as it was when everybody came, once nobody is carrying letters of what was done since."""
        self._rest()
        put_in_place(self.home / "as-it-was.db", self.home / "accede.db")

    def close(self) -> None:
        """Let everybody go."""
        self._rest()
        for client in self.clients.values():
            client.close()
        self.workspace.close()

    def _rest(self) -> None:
        self.app.app.state.background_post.rest()  # type: ignore[attr-defined]  # the application behind the gate


def put_in_place(source: Path, target: Path) -> None:
    """Copy a record into one that others have open, or into no file."""
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


def client_of(app: RequestGuard, place: int = 0, token: str | None = None) -> TestClient:
    """Give a browser at a machine of its own: tries are counted by where they come from."""
    cookies = {COOKIE: token} if token else None
    machine = (f"192.0.2.{place + 1}", 50_000)
    return TestClient(app, base_url=ADDRESS, headers=OWN, cookies=cookies, follow_redirects=False, client=machine)
