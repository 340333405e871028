"""Replies: what a mail server or a webhook said, and what that makes of the letter. Pure; shows no secret.

An answer to the letter itself (its sender, recipient or text) decides: SMTP 5xx refuses it for good, 4xx asks
for patience. Trouble before that (no connection, TLS, a password) is the channel's: letters wait for its repair.
"""

from __future__ import annotations

import re
import smtplib
from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import quote

from notifications.carried import Carried, Rejected, TryAgain

#: Answers that ask who we are: the wire's trouble, not the letter's (RFC 4954).
_WHO_ARE_YOU = frozenset({530, 534, 535, 538})
#: HTTP answers that ask for patience; other 4xx refuse for good.
_PATIENCE = frozenset({408, 409, 425, 429})
_STATUS = re.compile(r"error=(\d{3})")
_LONGEST = 300


def from_exception(wrong: BaseException, secrets: Iterable[str]) -> Carried:
    """Read an exception of the transport."""
    code, words = _smtp(wrong)
    reason = said(f"{code} {words}" if code else words, secrets)
    return Rejected(reason) if code and _is_final(wrong, code) else TryAgain(reason)


def from_log(lines: Iterable[str], secrets: Iterable[str]) -> Carried:
    """Read the log of a webhook: its last line names the HTTP status."""
    words = " ".join(lines)
    found = _STATUS.search(words)
    status = int(found[1]) if found else 0
    reason = said(words or "The carrier failed and did not say why.", secrets)
    if 300 <= status < 500 and status not in _PATIENCE:
        return Rejected(reason)
    return TryAgain(reason)


def said(words: str, secrets: Iterable[str]) -> str:
    """Return the transport's words on one line, short, without any of our secrets."""
    for secret in sorted((s for s in secrets if s), key=len, reverse=True):
        for form in (secret, quote(secret, safe=""), quote(secret), b64encode(secret.encode()).decode()):
            words = re.sub(re.escape(form), "…", words, flags=re.IGNORECASE)
    words = re.sub(r"\b[a-z]{2,12}://\S+", "…", words)
    words = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _smtp(wrong: BaseException) -> tuple[int, str]:
    if isinstance(wrong, smtplib.SMTPRecipientsRefused):
        code, words = next(iter(wrong.recipients.values()), (0, b""))
        return code, _text(words)
    if isinstance(wrong, smtplib.SMTPResponseException):
        return wrong.smtp_code, _text(wrong.smtp_error)
    if isinstance(wrong, UnicodeError):  # its words show what could not be written, which may be a secret
        return 0, "What is to be sent holds characters that cannot be written there."
    return 0, str(wrong) or type(wrong).__name__


def _is_final(wrong: BaseException, code: int) -> bool:
    about_the_letter = (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError)
    return isinstance(wrong, about_the_letter) and 500 <= code < 600 and code not in _WHO_ARE_YOU


def _text(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words
