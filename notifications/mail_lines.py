"""Lines to a mail server: one for each letter, which is handed over there when its turn has come.

Who is there is proved by the authorities that this machine believes, read once for all lines of a post: they are long,
and reading them takes ten times as long as handing over a letter. Signing in is in UTF-8 (RFC 4616); Python's own way
knows ASCII alone, and showed what it could not write: of a password, the letter and its place.
"""

from __future__ import annotations

import smtplib
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from notifications.turns import Turn
from notifications.wires import MailServer


class Authorities:
    """The authorities that this machine believes; read when the first server is to prove who it is."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._context: ssl.SSLContext | None = None

    def context(self) -> ssl.SSLContext:
        """Return what a server is proved by."""
        with self._reading:
            if self._context is None:
                self._context = ssl.create_default_context()
            return self._context


@contextmanager
def line_to(server: MailServer, authorities: Authorities, turn: Turn) -> Iterator[smtplib.SMTP]:
    """Open a line, proved and signed in as the server asks; the letter that is sent on it waits for its turn."""
    line = _open(server, authorities)
    try:
        line.turn = turn
        if server.security == "starttls":
            line.starttls(context=authorities.context())
        if server.user and server.password:
            line.login(server.user, server.password)
        yield line
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()


def _open(server: MailServer, authorities: Authorities) -> _Line:
    if server.security == "tls":
        return _LineOverTls(server.host, server.port, timeout=server.patience, context=authorities.context())
    return _Line(server.host, server.port, timeout=server.patience)


class _Utf8(str):
    """Text that is UTF-8 on the wire, whatever it is asked for."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return super().encode("utf-8", errors)


class _Line(smtplib.SMTP):
    turn: Turn

    def login(self, user: str, password: str, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        return super().login(_Utf8(user), _Utf8(password), initial_response_ok=initial_response_ok)

    def auth_plain(self, challenge: Any = None) -> str:
        return _Utf8(super().auth_plain(challenge))

    def auth_login(self, challenge: Any = None) -> str:
        return _Utf8(super().auth_login(challenge))

    def data(self, msg: Any) -> tuple[int, bytes]:
        """Hand the letter over; until here the server could not take it."""
        self.turn()
        return super().data(msg)


class _LineOverTls(_Line, smtplib.SMTP_SSL):
    pass
