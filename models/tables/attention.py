"""The table of what somebody wrote that comes next for a State."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.tables.column_types import Utc


class NextStepRow(SQLModel, table=True):
    """What comes next, as somebody wrote it on a day. Never changed: the last of a dossier is what stands."""

    __tablename__ = "next_step"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    words: str | None = None  # none: from then on the pathway speaks again
    due_on: date | None = None
    written_on: date
    written_at: datetime = Field(sa_type=Utc)
    written_by: str
