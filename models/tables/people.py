"""Tables of persons, their addresses, mandates and who holds them when."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from models.tables.column_types import Utc


class Person(SQLModel, table=True):
    """Somebody who may hold a mandate, or an office with a mailbox of its own."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    language: str = "en"
    sees_personal: bool = False
    created_at: datetime = Field(sa_type=Utc)


class ChannelRow(SQLModel, table=True):
    """A typed way to reach a person. An unverified or returned one gets nothing sensitive."""

    __tablename__ = "channel"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    kind: str = "email"
    address: str
    vouched_by: str | None = None
    verified_at: datetime | None = Field(default=None, sa_type=Utc)
    returned_at: datetime | None = Field(default=None, sa_type=Utc)
    returned_reason: str | None = None


class Mandate(SQLModel, table=True):
    """A role that a State or an organ holds for a term; persons hold it by dates."""

    __tablename__ = "mandate"
    __table_args__ = (Index("ix_mandate_role", "treaty", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    role: str
    of: str  # ISO code of a State, or the name of an organ
    of_state: bool = False
    treaty: str
    scheme: str = ""  # att_region or un_regional_group
    region: str = ""
    states: str = ""  # listed States instead of a region, separated by commas
    starts_on: date
    ends_on: date | None = None  # the last day of the term
    ended_on: date | None = None  # ended by somebody: from this day on no longer in term
    consent: str | None = None  # reference of the note verbale


class Hold(SQLModel, table=True):
    """A person holds a mandate from one day to another."""

    __tablename__ = "hold"

    id: int | None = Field(default=None, primary_key=True)
    mandate_id: int = Field(foreign_key="mandate.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_on: date | None = None  # the last day
    ended_on: date | None = None  # ended by somebody: from this day on no longer held
    lead: bool = False
