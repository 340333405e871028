"""Taking down: a line that somebody said becomes a draft, once; one that was taken down by mistake is struck out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from casework.core.rights import NotOnFile
from casework.core.workspace import Workspace
from casework.meetings.said import Heard, Hearing, Said
from casework.meetings.speakers import Speakers
from casework.meetings.visibility import may_know_draft, meeting_on_file, require_keeper
from models.meetings import drafts, speakers
from models.meetings.drafts import Draft
from models.meetings.meetings import Meeting
from models.store.engine import Connection
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Refused, refusal


class NotADraft(Refused):
    """Somebody else has checked it or struck it out meanwhile."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenDown:
    """A line that is taken down; `repeated` when it was there already."""

    draft: int
    repeated: bool = False


def take_down(workspace: Workspace, meeting: str, said: Said, *, sent: str, treaty: str, reader: Reader) -> TakenDown:
    """Take down what was said; NotTakenDown with every reason against it.

    `sent` is what its sender calls this line: sent twice, also by two who know nothing of each other, it is one.
    """
    return take_down_under(workspace, meeting, said, key=said.key(sent), treaty=treaty, reader=reader)


def take_down_under(
    workspace: Workspace, meeting: str, said: Said, *, key: str, treaty: str, reader: Reader
) -> TakenDown:
    """Take down what was said under a key that its caller has made; NotTakenDown with every reason against it."""
    require_keeper(reader)
    with workspace.registry() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        heard = hearing_at(workspace, connection, found).hear(said)
        added = drafts.take_down(connection, [row_of(workspace, found, heard, key, reader)])
        return TakenDown(draft=drafts.keys_of(connection, meeting)[key], repeated=not added)


def strike_out(workspace: Workspace, meeting: str, draft: int, *, treaty: str, reader: Reader) -> None:
    """Strike out a line that was taken down by mistake; it stays readable, and becomes no fact."""
    require_keeper(reader)
    with workspace.registry() as connection:
        meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        [found] = drafts_on_file(connection, meeting, [draft], reader)
        if not drafts.strike(connection, found, by=reader.actor, at=workspace.stamp()):
            raise NotADraft(refusal("settled_meanwhile"))


def drafts_on_file(connection: Connection, meeting: str, ids: Sequence[int], reader: Reader) -> list[Draft]:
    """Return drafts of a meeting by number; NotOnFile where one is not there, or not the reader's to know."""
    there = {one.id: one for one in drafts.of_meeting(connection, meeting) if may_know_draft(reader, one)}
    if not set(ids) <= there.keys():
        raise NotOnFile(refusal("no_such_line"))
    return [there[one] for one in ids]


def hearing_at(workspace: Workspace, connection: Connection, meeting: Meeting) -> Hearing:
    """Return who hears what is said at a meeting today."""
    known = speakers.known(connection, meeting.treaty)
    who = Speakers(register=workspace.register(connection), known=known)
    return Hearing(meeting=meeting, speakers=who, today=workspace.today())


def row_of(workspace: Workspace, meeting: Meeting, heard: Heard, key: str, reader: Reader) -> dict[str, Any]:
    """Return what was heard as the row of a draft."""
    return {
        "meeting_id": meeting.id,
        "key": key,
        "state": heard.speaker.state,
        "speaker": "" if heard.speaker.state else heard.speaker.name,
        "about": heard.about.value,
        "words": heard.words,
        "condition": heard.condition,
        "due_on": str(heard.by) if heard.by else "",
        "said_on": str(heard.on),
        "sensitivity": heard.sensitivity,
        "taken_down_by": reader.actor,
        "taken_down_at": workspace.stamp(),
        "standing": drafts.DRAFT,
    }
