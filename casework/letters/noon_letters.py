"""Letters of a sweep that has not completed by noon: they leave at once, and name no State."""

from __future__ import annotations

from datetime import date

from casework.core.workspace import Workspace
from models.letters import notices as notice_rows
from models.letters.notices import NewNotice
from models.store.engine import Connection
from notifications.letters import Kind
from pathways.grammar.roles import Role

NOT_SWEPT = "not_swept"  # an occasion's name


def write_noon_letter(
    workspace: Workspace, connection: Connection, person: int, *, treaty: str, day: date, follow_up: str
) -> None:
    """Write to one person, once a day, that a treaty was not swept; `follow_up` is the key of the one about it."""
    notice = NewNotice(
        key=f"{NOT_SWEPT}:{treaty}:{day}:{person}",
        kind=Kind.LINK,
        occasion=NOT_SWEPT,
        about="",
        person_id=person,
        role=Role.SECRETARIAT,
        treaty=treaty,
        follow_up_key=follow_up,
        rung=1,
    )
    if not notice_rows.is_written(connection, notice.key):
        notice_rows.write_urgent(connection, notice, now=workspace.clock.now(), today=day)
