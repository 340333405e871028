"""Reading at a meeting: how a line is understood that is being typed, and taking one down as it is understood."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from casework.core.workspace import Workspace
from casework.meetings.line import read_line
from casework.meetings.said import Heard, Hearing
from casework.meetings.taking_down import TakenDown, hearing_at, take_down_under
from casework.meetings.visibility import meeting_on_file, require_keeper
from models.ledger.hash_chain import canonical
from models.meetings import drafts
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
    """Take down a line as it is read; NotTakenDown with every reason against it.

    The same line, as it was typed, under the same `sent` is one, whatever else has become of the meeting or of the
    names since it first came: a browser that had no answer sends it again.
    """
    key = _key_of(sent, line, on, sensitivity)
    there = _draft_under(workspace, meeting, key, treaty=treaty, reader=reader)
    if there is not None:
        return TakenDown(draft=there, repeated=True)
    hearing = _hearing(workspace, meeting, treaty=treaty, reader=reader)
    said = replace(read_line(line, hearing.speakers, today=hearing.today), sensitivity=sensitivity, on=on)
    return take_down_under(workspace, meeting, said, key=key, treaty=treaty, reader=reader)


def _key_of(sent: str, line: str, on: PartialDate | None, sensitivity: Sensitivity | None) -> str:
    told = canonical(["line", sent, line, str(on), sensitivity])
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def _draft_under(workspace: Workspace, meeting: str, key: str, *, treaty: str, reader: Reader) -> int | None:
    require_keeper(reader)
    with workspace.reading() as connection:
        meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        return drafts.keys_of(connection, meeting).get(key)


def _hearing(workspace: Workspace, meeting: str, *, treaty: str, reader: Reader) -> Hearing:
    require_keeper(reader)
    with workspace.reading() as connection:
        found = meeting_on_file(connection, meeting, treaty=treaty, reader=reader)
        return hearing_at(workspace, connection, found)
