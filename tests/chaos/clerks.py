"""Clerks: people at the desk who save facts, and keep a book of what they were answered."""

from __future__ import annotations

import http.client
import random
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from time import sleep
from urllib.parse import urlencode, urlsplit

from desk.processes.ports import HOST
from models.store.engine import StoreUnreachable
from tests.forms import form_for

_FORM = "application/x-www-form-urlencoded"
_DONE = ("fact-filed", "filed-already")
_PAUSE = 0.3  # seconds between clicks
_PATIENCE = 30  # seconds for a page


@dataclass(frozen=True, kw_only=True)
class Save:
    """A form that was sent, how often, and whether its clerk was told that it is on file."""

    state: str
    reference: str
    sent: int
    is_done: bool


@dataclass(kw_only=True)
class Clerk:
    """Somebody at the desk, to whom links are handed over to come in by; the reference of each save is used once."""

    name: str
    port: int
    link: Callable[[], str]
    states: Sequence[str]
    effective: str
    chance: random.Random
    saves: list[Save] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # pages that say that something went wrong
    _cookies: dict[str, str] = field(default_factory=dict)

    def work(self, over: threading.Event) -> None:
        """Come in and save until the time is up, whatever the desk answers."""
        while not over.is_set():
            sleep(_PAUSE)
            with suppress(OSError, http.client.HTTPException, StoreUnreachable):
                if not self._cookies:
                    self._ask("POST", urlsplit(self.link()).path, body="")
                self._save()

    def _save(self) -> None:
        state = self.chance.choice(self.states)
        page = self._ask("GET", f"/states/{state}/file/exchange")
        if page.status == http.HTTPStatus.SEE_OTHER:  # to the page for signing in
            self._cookies.clear()
        if page.status != http.HTTPStatus.OK:
            return
        form = form_for(page.text, f"/states/{state}/facts")
        reference = f"NV {self.name}-{len(self.saves) + 1}"
        said = {"effective": self.effective, "source": "note_verbale", "reference": reference, "note": "Spoke."}
        body = urlencode(form.data(**said))
        answers = [self._sends(form.action, body)]
        while answers[-1] is None and len(answers) < 4 and self.chance.random() < 0.8:
            sleep(_PAUSE)
            answers.append(self._sends(form.action, body))  # no answer, or a page of an outage: sent again as it is
        if answers[-1] and self.chance.random() < 0.3:
            answers.append(self._sends(form.action, body))  # a button pressed twice
        self.saves.append(Save(state=state, reference=reference, sent=len(answers), is_done=True in answers))

    def _sends(self, path: str, body: str) -> bool | None:
        """Send a form; True when it is said to be on file, False when it is refused, None when nobody knows."""
        try:
            answer = self._ask("POST", path, body=body)
        except (OSError, http.client.HTTPException):
            return None
        if answer.status == http.HTTPStatus.SEE_OTHER:
            return answer.said.startswith(_DONE)
        return None if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR else False

    def _ask(self, method: str, path: str, body: str | None = None) -> _Answer:
        line = http.client.HTTPConnection(HOST, self.port, timeout=_PATIENCE)
        said = {"Cookie": "; ".join(f"{n}={v}" for n, v in self._cookies.items()), "Sec-Fetch-Site": "same-origin"}
        try:
            line.request(method, path, body=body, headers=said | ({"Content-Type": _FORM} if body is not None else {}))
            response = line.getresponse()
            text = response.read().decode()
        finally:
            line.close()
        if response.status == http.HTTPStatus.INTERNAL_SERVER_ERROR:
            self.broken.append(f"{method} {path}: broken")
        given = [SimpleCookie(one) for one in response.headers.get_all("Set-Cookie") or ()]
        kept = {name: morsel.value for one in given for name, morsel in one.items()}
        once = next((value for name, value in kept.items() if name.endswith("-said")), "")
        self._cookies |= {name: value for name, value in kept.items() if not name.endswith("-said")}
        return _Answer(status=response.status, text=text, said=once)


@dataclass(frozen=True, kw_only=True)
class _Answer:
    status: int
    text: str
    said: str
