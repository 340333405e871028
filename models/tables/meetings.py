"""Table of the meetings of a treaty's bodies, and of others where something is said of it."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel


class MeetingRow(SQLModel, table=True):
    """A meeting, as its announcement or a report says. One that does not take place is ended, never deleted."""

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_treaty", "treaty"),)

    id: str = Field(primary_key=True, max_length=40)  # its kind and first day: it stands in addresses and facts
    treaty: str
    kind: str
    title: str
    starts_on: str  # a day, a month or a year
    ends_on: str
    place: str = ""
    is_webcast: bool = False  # who says something there says it before everybody
    papers_due_on: date | None = None
    source: str = ""  # in words that a reader can check
    is_unconfirmed: bool = False  # announced, or told by one source that does not say that it was held
    ended: str = ""  # held or cancelled, once somebody has said so
