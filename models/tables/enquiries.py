"""Tables of enquiries: the rounds, which States are asked, by which links they answer, and what was answered."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, PrimaryKeyConstraint, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.column_types import Level, Utc
from pathways.grammar.clearance import Sensitivity


class EnquiryRow(SQLModel, table=True):
    """A round of letters that asks every State that is not party; it is closed, never deleted."""

    __tablename__ = "enquiry"
    __table_args__ = (Index("ix_enquiry_treaty", "treaty"),)

    id: str = Field(primary_key=True, max_length=40)  # its treaty and first day: it stands in facts
    treaty: str
    opened_on: date
    opened_by: str
    closes_on: date  # the last day on which it can be answered
    closed_on: date | None = None
    closed_by: str | None = None


class AskedState(SQLModel, table=True):
    """A State that is asked in a round, and how far that has come."""

    __tablename__ = "asked_state"
    __table_args__ = (PrimaryKeyConstraint("enquiry_id", "state"),)

    enquiry_id: str = Field(foreign_key="enquiry.id", max_length=40)
    state: str
    way: str = ""  # contact or mission, of the last letter; empty while there is nobody to write to
    letters: int = 0
    first_on: date | None = None
    last_on: date | None = None
    passed_on: date | None = None  # when it was given to who accompanies the State
    answered_on: date | None = None
    answered_by: str = ""  # an actor; or the way of the link, form


class EnquiryLink(SQLModel, table=True):
    """The link in a letter, by which one State answers one round; of its token only the hash is kept."""

    __tablename__ = "enquiry_link"
    __table_args__ = (Index("ix_enquiry_link_asked", "enquiry_id", "state"),)

    token_hash: str = Field(primary_key=True, max_length=64)
    enquiry_id: str = Field(foreign_key="enquiry.id", max_length=40)
    state: str
    letter_id: str = Field(foreign_key="letter.id", max_length=32)
    made_at: datetime = Field(sa_type=Utc)


class EnquiryAnswer(SQLModel, table=True):
    """What a State answered by a link: one that was saved and not sent yet, and each one that was sent."""

    __tablename__ = "enquiry_answer"
    __table_args__ = (UniqueConstraint("enquiry_id", "state", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    enquiry_id: str = Field(foreign_key="enquiry.id", max_length=40)
    state: str
    key: str  # of what was sent: the same sent twice is one; of what is only saved, a word
    stands: str = ""
    words: str | None = None  # none once they stand in a proposal
    obstacles: str = ""  # classes, separated by commas
    needs: str = ""  # categories, separated by commas
    sensitivity: Sensitivity = Field(sa_type=Level)
    written_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc)


class MissionRow(SQLModel, table=True):
    """The mission of a State: the office that is written to where no contact is on file. It holds no mandate."""

    __tablename__ = "mission"

    state: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
