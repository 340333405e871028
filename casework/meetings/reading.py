"""Reading at a meeting: how a line is understood that is being typed, and taking one down as it is understood."""

from __future__ import annotations

from dataclasses import replace

from casework.core.workspace import Workspace
from casework.meetings.line import read_line
from casework.meetings.said import Heard, Hearing
from casework.meetings.taking_down import TakenDown, hearing_at, take_down
from casework.meetings.visibility import meeting_on_file, require_keeper
from pathways.grammar.clearance import Reader, Sensitivity
from pathways.grammar.dates import PartialDate


def read_at(workspace: Workspace, meeting: str, line: str, *, treaty: str, reader: Reader) -> Heard:
    """Return how a line would be taken down now; NotTakenDown with what is wrong with it."""
    hearing = _hearing(workspace, meeting, treaty=treaty, reader=reader)
    said = read_line(line, hearing.speakers, today=hearing.today)
    # which day it was said on stands beside the line, and is no matter of it
    return hearing.hear(replace(said, on=hearing.meeting.starts))


def take_down_line(
    workspace: Workspace,
    meeting: str,
    line: str,
    *,
    on: PartialDate | None,
    sensitivity: Sensitivity | None,
    sent: str,
    treaty: str,
    reader: Reader,
) -> TakenDown:
    """Take down a line as it is read; NotTakenDown with every reason against it."""
    hearing = _hearing(workspace, meeting, treaty=treaty, reader=reader)
    said = replace(read_line(line, hearing.speakers, today=hearing.today), sensitivity=sensitivity, on=on)
    return take_down(workspace, meeting, said, sent=sent, treaty=treaty, reader=reader)


def _hearing(workspace: Workspace, meeting: str, *, treaty: str, reader: Reader) -> Hearing:
    require_keeper(reader)
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        return hearing_at(workspace, connection, found)
