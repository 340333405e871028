"""The page of papers: what can be made for a meeting, in which versions, as of which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.core.workspace import Workspace
from casework.meetings.kinds import BILATERAL, MeetingStanding
from casework.meetings.listing import MeetingView, meeting_list, meeting_view
from casework.papers.kinds import OF_ITS_BEARER, VERSIONS, PaperKind, Version
from pathways.grammar.clearance import Reader


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferedPaper:
    """A paper that can be made, and in which versions for this meeting."""

    kind: PaperKind
    versions: tuple[Version, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PapersPage:
    """The papers of a meeting; `meetings` are those to choose from, the latest first."""

    meeting: MeetingView | None
    meetings: tuple[MeetingView, ...]
    on: date
    papers: tuple[OfferedPaper, ...]


def papers_page(
    workspace: Workspace, *, treaty: str, reader: Reader, meeting: str | None = None, on: date | None = None
) -> PapersPage:
    """Show the papers of a meeting, of the next one unless one is named; NotOnFile for one not known to the reader."""
    every = meeting_list(workspace, treaty=treaty, reader=reader)
    found = meeting_view(workspace, meeting, treaty=treaty, reader=reader) if meeting else _next(every)
    offered = [OfferedPaper(kind=kind, versions=_versions(kind, found)) for kind in PaperKind]
    return PapersPage(
        meeting=found,
        meetings=every,
        on=on or workspace.today(),
        papers=tuple(one for one in offered if one.versions),
    )


def _next(every: tuple[MeetingView, ...]) -> MeetingView | None:
    """Return the next meeting, else the last one that was."""
    standing = [one for one in every if one.standing is not MeetingStanding.CANCELLED]
    ahead = [one for one in standing if one.standing in (MeetingStanding.COMING, MeetingStanding.UNDER_WAY)]
    return ahead[-1] if ahead else next(iter(standing), None)


def _versions(kind: PaperKind, meeting: MeetingView | None) -> tuple[Version, ...]:
    """Return the versions that there are: of a meeting alone with one State no open one, of none no paper of it.

    The brief on a State and the continuity pack are of no meeting.
    """
    if kind in OF_ITS_BEARER or (kind is PaperKind.MEETING and meeting is None):
        return ()
    is_secret = kind is PaperKind.MEETING and meeting is not None and meeting.kind == BILATERAL
    return tuple(one for one in VERSIONS[kind] if not (is_secret and one is Version.OPEN))
