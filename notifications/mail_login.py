"""Signing in at a mail server in UTF-8 (RFC 4616), where Python's own way knows ASCII alone.

It also showed what it could not write: of a password, the letter and its place.
"""

from __future__ import annotations

import smtplib
from types import SimpleNamespace
from typing import Any


class _Utf8(str):
    """Text that is UTF-8 on the wire, whatever it is asked for."""

    __slots__ = ()

    def encode(self, encoding: str = "utf-8", errors: str = "strict") -> bytes:
        return super().encode("utf-8", errors)


class _LogsInWithUtf8(smtplib.SMTP):
    def login(self, user: str, password: str, *, initial_response_ok: bool = True) -> tuple[int, bytes]:
        return super().login(_Utf8(user), _Utf8(password), initial_response_ok=initial_response_ok)

    def auth_plain(self, challenge: Any = None) -> str:
        return _Utf8(super().auth_plain(challenge))

    def auth_login(self, challenge: Any = None) -> str:
        return _Utf8(super().auth_login(challenge))


class _OverTls(_LogsInWithUtf8, smtplib.SMTP_SSL):
    pass


def in_utf8() -> Any:
    """Return Python's module for mail as it is, but that it signs in with UTF-8."""
    return SimpleNamespace(**{**vars(smtplib), "SMTP": _LogsInWithUtf8, "SMTP_SSL": _OverTls})
