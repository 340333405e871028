"""Speakers that are no State: who of them has spoken at any meeting of a treaty."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.tables.meetings import MeetingRow, StatementDraft

_draft, _meeting = StatementDraft.__table__, MeetingRow.__table__  # type: ignore[attr-defined]


def known(connection: Connection, treaty: str) -> list[str]:
    """Return what organizations and groups are called of which a line was taken down and not struck out."""
    query = (
        select(_draft.c.speaker)
        .distinct()
        .join(_meeting, _meeting.c.id == _draft.c.meeting_id)
        .where(_meeting.c.treaty == treaty, _draft.c.speaker != "", _draft.c.standing != "struck")
        .order_by(_draft.c.speaker)
    )
    return list(connection.execute(query).scalars())
