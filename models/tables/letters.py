"""Tables of follow-ups, notices and letters."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.column_types import Level, Reason, Utc
from pathways.grammar.clearance import Sensitivity
from pathways.grammar.refusals import Remark


class FollowUpRow(SQLModel, table=True):
    """Something somebody has to do; closed only with an outcome."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_rung", "next_rung_on", "id"), Index("ix_follow_up_moved", "moved_at"))

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # the occasion: the same occasion is opened once
    treaty: str
    dossier_id: int | None = Field(default=None, foreign_key="dossier.id", index=True)
    occasion: str
    about: str = ""
    role: str  # who owns it until somebody takes it
    region: str = ""
    owner_id: int | None = Field(default=None, foreign_key="person.id")
    opened_on: date
    due_on: date
    rungs: str = ""  # roles to remind, in order
    rung: int = 0  # rungs told so far
    patience: int  # days
    next_rung_on: date | None = None
    is_public: bool = False
    snoozed_until: date | None = None
    snooze_reason: str | None = None
    closed_on: date | None = None
    outcome: str | None = None
    closed_by: str | None = None
    # Of one that a person opened: what is to be done, in whose words, and how closely it is held.
    words: str | None = None
    opened_by: str | None = None
    sensitivity: Sensitivity | None = Field(default=None, sa_type=Level)
    is_answered: bool = False  # closed by what a person said of it, and by nothing else
    kept_rung_on: date | None = None  # of a closed one, when its next rung would have been asked
    moved_at: datetime | None = Field(default=None, sa_type=Utc)  # opened, passed on or closed, as far as it is known


class CommentRow(SQLModel, table=True):
    """What somebody said beside a follow-up; no words once they were deleted."""

    __tablename__ = "comment"

    id: int | None = Field(default=None, primary_key=True)
    follow_up_id: int = Field(foreign_key="follow_up.id", index=True)
    author: str
    written_at: datetime = Field(sa_type=Utc)
    words: str | None = None
    sensitivity: Sensitivity = Field(sa_type=Level)
    purged_at: datetime | None = Field(default=None, sa_type=Utc)


class NoticeRow(SQLModel, table=True):
    """One thing to tell one person."""

    __tablename__ = "notice"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)  # occasion, rung, person
    kind: str  # news, chase, task, incident, link
    occasion: str
    about: str = ""
    person_id: int = Field(foreign_key="person.id")
    role: str
    treaty: str
    dossier_id: int | None = Field(default=None, foreign_key="dossier.id", index=True)
    follow_up_key: str = Field(default="", index=True)
    rung: int = 0
    is_public: bool = False
    letter_id: str | None = Field(default=None, foreign_key="letter.id", index=True)
    written_at: datetime = Field(sa_type=Utc)
    withdrawn: bool = False
    answered_at: datetime | None = Field(default=None, sa_type=Utc)  # its person has answered its follow-up


class LetterRow(SQLModel, table=True):
    """What a person gets: at most one digest a day, and urgent letters at once.

    Its states, who moves it on and what a crash leaves: LetterState in notifications/outbox.py. A claim older than
    its lease is taken over by the next post.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("person_id", "day", "series"),
        Index("ix_letter_due", "state", "due_at"),
    )

    id: str = Field(primary_key=True, max_length=32)  # random: it travels in headers and links
    person_id: int = Field(foreign_key="person.id")
    kind: str  # digest or urgent
    day: date
    series: str = ""  # empty for the day's digest; the letter's id for urgent ones
    state: str = "waiting"
    due_at: datetime = Field(sa_type=Utc)
    written_at: datetime = Field(sa_type=Utc)
    claimed_by: str | None = None
    claimed_until: datetime | None = Field(default=None, sa_type=Utc)
    attempts: int = 0  # since it was last put on its way
    reason: Remark | str | None = Field(default=None, sa_type=Reason)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    opened_at: datetime | None = Field(default=None, sa_type=Utc)


class AttemptRow(SQLModel, table=True):
    """One try to carry one letter."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: str = Field(foreign_key="letter.id", index=True)
    channel_id: int | None = Field(default=None, foreign_key="channel.id")  # the address it went to
    at: datetime = Field(sa_type=Utc)
    outcome: str
    reason: Remark | str = Field(default="", sa_type=Reason)
