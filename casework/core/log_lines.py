"""Log lines: how what the program says of itself is written down, with the id of the request that it is about.

Messages speak of the machine and of kinds of faults. What an exception says is never written, for people's words are in
it; and what lets somebody in, what was asked for and a mail address are taken out of a line wherever they stand in it.
"""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Literal

#: The id of the request that is being answered, in whichever thread; None while there is none.
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)
_PLACES = 4  # where an exception was raised, and the calls that led there
#: A link that lets somebody in, what is asked beside an address, and mail addresses: what is kept of them.
_TAKEN_OUT = (
    (re.compile(r"(/(?:sign-in|verify|l|r)/)(?!\{)[^\s/?\"']+"), r"\1…"),
    (re.compile(r"(/[^\s?\"']*\?)[^\s\"']+"), r"\1…"),
    (re.compile(r"[^\s@/<>\"'(:]+@[\w.\[\]:-]*\w"), "…"),
)


def places_of(wrong: BaseException) -> str:
    """Return where an exception was raised, by file and line, the last calls that led there first."""
    places, frame = [], wrong.__traceback__
    while frame is not None:
        places.append(f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}")
        frame = frame.tb_next
    return " > ".join(places[-_PLACES:])


class TextLines(logging.Formatter):
    """A line for people: the hour, the message, and the id of its request."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        id_ = request_id.get()
        return f"{self.formatTime(record)} {_said(record)}{f' (request {id_})' if id_ else ''}"


class JsonLines(logging.Formatter):
    """A line for programs: an object with the hour in UTC, level, logger, message, and the id of its request."""

    def __init__(self, *_: object) -> None:
        """Take no pattern, whatever a configuration gives: Prefect's gives one."""
        super().__init__()

    def format(self, record: logging.LogRecord) -> str:
        """Write a line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line = {"time": at.isoformat(timespec="milliseconds"), "level": record.levelname, "logger": record.name}
        return json.dumps({**line, "message": _said(record), "request_id": request_id.get()})


def write_log(format_: Literal["text", "json"]) -> None:
    """Have what this process says of itself written on its standard error, warnings and worse."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if format_ == "json" else TextLines())
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    logging.captureWarnings(format_ == "json")


def _said(record: logging.LogRecord) -> str:
    """Return a message, with the kind and the places of the exception that it is about, if any."""
    said = record.getMessage()
    wrong = record.exc_info[1] if record.exc_info else None
    if wrong is not None:
        said = f"{said} ({type(wrong).__name__}: {places_of(wrong)})"
    for pattern, kept in _TAKEN_OUT:
        said = pattern.sub(kept, said)
    return said
