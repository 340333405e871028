"""The kinds of papers, their versions and formats, and how one is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from pathways.grammar.refusals import Refused


class NotMade(Refused, ValueError):
    """A paper cannot be made as it was asked for."""


class PaperKind(StrEnum):
    """What a paper is about."""

    STATUS = "status"
    MEETING = "meeting"
    REPORT = "report"
    STATE = "state"
    CONTINUITY = "continuity"


class Version(StrEnum):
    """For whom a paper is: open for anybody, closed for those whom it names."""

    OPEN = "open"
    CLOSED = "closed"


#: The versions that there are of each kind, the usual one first.
VERSIONS = {
    PaperKind.STATUS: (Version.OPEN,),
    PaperKind.MEETING: (Version.OPEN, Version.CLOSED),
    PaperKind.REPORT: (Version.OPEN,),
    PaperKind.STATE: (Version.CLOSED,),
    PaperKind.CONTINUITY: (Version.CLOSED,),
}
#: What is made for its bearer alone, of no meeting.
OF_ITS_BEARER = (PaperKind.STATE, PaperKind.CONTINUITY)
#: In what a paper is written, with the type of its file.
FORMATS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "md": "text/markdown; charset=utf-8",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A paper as it is asked for. What is None is as usual: today, everything known by now, the last Conference."""

    kind: PaperKind
    treaty: str
    version: Version | None = None
    state: str | None = None
    region: str | None = None
    meeting: str | None = None
    on: date | None = None
    known: date | None = None
    since: date | None = None
    symbol: str = ""
    language: str = "en"
