"""Tables of the meetings of a treaty's bodies, of others where something is said of it, and of what is taken down."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.column_types import Level, Utc
from pathways.grammar.clearance import Sensitivity


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


class StatementDraft(SQLModel, table=True):
    """What was taken down at a meeting, until somebody has checked it or struck it out. No fact, and counts nowhere."""

    __tablename__ = "statement_draft"
    __table_args__ = (UniqueConstraint("meeting_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: str = Field(foreign_key="meeting.id", max_length=40)
    key: str  # of what was sent: the same line sent twice is one
    state: str | None = None  # whose statement it is; of others none
    speaker: str = ""  # an organization, or words such as “several delegations”
    about: str
    words: str | None = None  # none once they stand beside a fact
    condition: str = ""
    due_on: str = ""  # a day or month that the speaker named
    said_on: str  # a day, or the month of the meeting
    sensitivity: Sensitivity = Field(sa_type=Level)
    taken_down_by: str
    taken_down_at: datetime = Field(sa_type=Utc)
    standing: str  # draft, checked or struck
    settled_by: str | None = None
    settled_at: datetime | None = Field(default=None, sa_type=Utc)
    fact_id: str | None = Field(default=None, foreign_key="fact.id", max_length=32)
