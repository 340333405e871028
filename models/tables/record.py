"""Tables of what this record is, and of who changed its ordinary rows."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.column_types import Utc


class Setting(SQLModel, table=True):
    """What this record is: real or for training, and the training day."""

    __tablename__ = "setting"

    key: str = Field(primary_key=True)
    value: str


class AuditEntry(SQLModel, table=True):
    """Who changed an ordinary row: persons, channels, mandates, follow-ups, letters."""

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc)
    actor: str
    what: str
    row: str
    detail: str = "{}"
