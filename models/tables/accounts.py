"""Tables of accounts: who may sign in, and who is signed in. Tokens are kept as hashes only."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import PrimaryKeyConstraint
from sqlmodel import Field, SQLModel

from models.tables.column_types import Level, Utc
from pathways.grammar.clearance import Sensitivity


class Credential(SQLModel, table=True):
    """The password of a person, as an argon2 hash."""

    __tablename__ = "credential"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    password_hash: str
    changed_at: datetime = Field(sa_type=Utc)


class SessionRow(SQLModel, table=True):
    """Somebody signed in at one browser; the cookie holds a token of which only the hash is kept."""

    __tablename__ = "session"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    signed_in_by: str  # link, password
    created_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    ends_at: datetime = Field(sa_type=Utc)  # whatever happens
    signed_out_at: datetime | None = Field(default=None, sa_type=Utc)


class LastVisit(SQLModel, table=True):
    """When a person last looked at a treaty, and the hour until which everything of it is seen."""

    __tablename__ = "last_visit"
    __table_args__ = (PrimaryKeyConstraint("person_id", "treaty"),)

    person_id: int = Field(foreign_key="person.id")
    treaty: str
    here_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)


class OneTimeLink(SQLModel, table=True):
    """A link that works once: to sign in, or to show that an address is somebody's."""

    __tablename__ = "one_time_link"

    token_hash: str = Field(primary_key=True, max_length=64)
    person_id: int = Field(foreign_key="person.id", index=True)
    purpose: str  # sign_in, invitation, administrator, handed_over, verify
    channel_id: int | None = Field(default=None, foreign_key="channel.id")
    leads_to: str = ""  # the page of ours that was asked for; kept here, so that no letter names it
    made_at: datetime = Field(sa_type=Utc)
    made_by: str
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class Reading(SQLModel, table=True):
    """Somebody was shown a confidential fact: once a day and person."""

    __tablename__ = "reading"

    actor: str = Field(primary_key=True)
    fact_id: str = Field(primary_key=True, foreign_key="fact.id")
    day: date = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)


class Proposal(SQLModel, table=True):
    """A fact that a State's contact proposes for the own record; the Secretariat accepts or declines it."""

    __tablename__ = "proposal"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    proposed_by: str  # actor
    proposed_at: datetime = Field(sa_type=Utc)
    kind: str
    effective_on: str
    source: str
    reference: str = ""
    data: str = "{}"  # typed fields as canonical JSON
    note: str | None = None
    attachment_name: str | None = None
    attachment_hash: str | None = None
    attachment_type: str | None = None
    result: str = "waiting"  # waiting, accepted, declined
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    reason: str | None = None
    fact_id: str | None = Field(default=None, foreign_key="fact.id")
    sensitivity: Sensitivity | None = Field(default=None, sa_type=Level)  # where the State said who may know it
    answer_id: int | None = None  # of the enquiry, where that brought it
