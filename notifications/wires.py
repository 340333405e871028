"""Wires: the addresses that Apprise is given, built from the operator's mail server as typed fields.

Nobody writes a URL here: each kind has its own scheme, and every field is percent-encoded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

from notifications.letters import LETTER_HEADER

#: Text as it stands: no other format, no splitting, no pictures made of words.
PLAIN = {"format": "text", "overflow": "upstream", "emojis": "no"}
_MODE = {"tls": "ssl", "starttls": "starttls", "none": "insecure"}


@dataclass(frozen=True, kw_only=True, slots=True)
class MailServer:
    """The operator's mail server. `security`: tls, starttls, or none on this machine alone."""

    host: str
    port: int
    security: str
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    patience: float = 15.0  # seconds for each answer of the server

    @property
    def secrets(self) -> tuple[str, ...]:
        """Return what no log may show."""
        both = f"\0{self.user}\0{self.password}" if self.user and self.password else ""
        return tuple(filter(None, (self.password, self.user, both)))

    def url(self, *, to: str, letter: str) -> str:
        """Return the address of one letter to one recipient."""
        scheme = "mailto" if self.security == "none" else "mailtos"
        asked = {
            "smtp": self.host,
            "mode": _MODE[self.security],
            "from": self.sender,
            "to": to,
            "cto": str(self.patience),
            f"+{LETTER_HEADER}": letter,
            "+Auto-Submitted": "auto-generated",  # RFC 3834: no absence notice and no list answers it
            **PLAIN,
        }
        where = f"{credentials(self.user, self.password)}{place(self.host, self.port)}"
        return f"{scheme}://{where}/?{query(asked)}"


def part(text: str) -> str:
    """Encode a field so that it can be nothing but a field."""
    return quote(text, safe="")


def place(host: str, port: int) -> str:
    """Write host and port."""
    return f"[{host}]:{port}" if ":" in host else f"{part(host)}:{port}"


def credentials(user: str | None, password: str | None) -> str:
    """Write user and password, if there are any."""
    return f"{part(user)}:{part(password or '')}@" if user else ""


def query(asked: Mapping[str, str]) -> str:
    """Write what is asked of the carrier."""
    return urlencode(asked, quote_via=quote, safe="")
