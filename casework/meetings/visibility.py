"""Who may know of a meeting, and who keeps meetings; by the table of roles alone."""

from __future__ import annotations

from casework.core.rights import NotOnFile, NotYours
from casework.meetings.kinds import BILATERAL
from models.meetings import meetings
from models.meetings.drafts import Draft
from models.meetings.meetings import Meeting
from models.store.engine import Connection
from pathways.grammar.clearance import Guarded, Reader, Sensitivity, may_read
from pathways.grammar.pathway import OF_NO_STATE
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right


def may_keep(reader: Reader) -> bool:
    """Tell whether the reader keeps meetings, takes down what is said there and checks it."""
    return reader.may(Right.TAKE_DOWN, OF_NO_STATE)


def require_keeper(reader: Reader) -> None:
    """Raise NotYours when the reader does not keep meetings."""
    if not may_keep(reader):
        raise NotYours(refusal("meetings_kept_by"))


def may_know(reader: Reader, meeting: Meeting) -> bool:
    """Tell whether the reader may know of a meeting: of a bilateral one who reads of every State, of others anyone.

    That somebody met a State alone may tell more of it than is on file.
    """
    if meeting.kind != BILATERAL:
        return True
    return may_read(reader, Guarded(state=OF_NO_STATE, sensitivity=Sensitivity.COORDINATION, author=""))


def meeting_on_file(connection: Connection, id_: str, *, treaty: str, reader: Reader, lock: bool = False) -> Meeting:
    """Return a meeting that the reader may know of; NotOnFile for every other."""
    found = meetings.one(connection, treaty, id_, lock=lock)
    if found is None or not may_know(reader, found):
        raise NotOnFile(refusal("no_such_meeting", meeting=id_[:40]))
    return found


def may_know_draft(reader: Reader, draft: Draft) -> bool:
    """Tell whether the reader may know what was taken down: who keeps meetings, as far as it is held, or its author."""
    held = Guarded(state=draft.state or OF_NO_STATE, sensitivity=draft.sensitivity, author=draft.taken_down_by)
    return may_keep(reader) and may_read(reader, held)
