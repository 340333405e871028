"""The mailbox's folder: each letter is one .eml file in it, numbered as it came, written whole or not at all."""

from __future__ import annotations

import os
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

_WIDTH = 6


@dataclass(frozen=True, kw_only=True, slots=True)
class BoxedLetter:
    """A letter as it lies in the box."""

    number: int
    sender: str
    to: tuple[str, ...]
    subject: str
    date: str
    letter: str  # X-Accede-Letter
    text: str


class Box:
    """A folder of letters. One process writes; anybody may read."""

    def __init__(self, folder: Path) -> None:
        """Use a folder, made if it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._last = max(self._numbers(), default=0)

    def put(self, content: bytes, recipients: tuple[str, ...]) -> int:
        """Keep a letter with the addresses it was delivered to, and return its number."""
        number = self._last + 1
        unfinished = self._folder / f".{number:0{_WIDTH}}.part"
        delivered = "".join(f"Delivered-To: {address}\r\n" for address in recipients).encode()
        with unfinished.open("wb") as file:
            file.write(delivered + content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(self._path(number))
        self._last = number
        return number

    def newest(self, most: int) -> list[BoxedLetter]:
        """Return the latest letters, the newest first."""
        numbers = sorted(self._numbers(), reverse=True)[:most]
        return [kept for kept in map(self.get, numbers) if kept is not None]

    def count(self) -> int:
        """Return how many letters there are."""
        return len(self._numbers())

    def get(self, number: int) -> BoxedLetter | None:
        """Return one letter, if it is there."""
        try:
            content = self._path(number).read_bytes()
        except OSError:
            return None
        return _read(number, BytesParser(EmailMessage, policy=policy.default).parsebytes(content))

    def _numbers(self) -> list[int]:
        return [int(path.stem) for path in self._folder.glob("*.eml") if path.stem.isdecimal()]

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:0{_WIDTH}}.eml"


def _read(number: int, message: EmailMessage) -> BoxedLetter:
    return BoxedLetter(
        number=number,
        sender=_header(message, "From"),
        to=tuple(str(value) for value in message.get_all("Delivered-To", [])),
        subject=_header(message, "Subject"),
        date=_header(message, "Date"),
        letter=_header(message, "X-Accede-Letter"),
        text=_text(message),
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message.get(name, ""))


def _text(message: EmailMessage) -> str:
    """Return the plain text; a letter somebody else sent may have none, or name a script nobody knows."""
    body = message.get_body(("plain",))
    if body is None:
        return ""
    payload = body.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        return content.decode(body.get_content_charset("utf-8"), "replace").replace("\r\n", "\n")
    except LookupError:
        return content.decode("utf-8", "replace").replace("\r\n", "\n")
