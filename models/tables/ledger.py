"""Tables of the ledger, and of what it adds up to. Facts and seals are never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.tables.column_types import Level, Utc
from pathways.grammar.clearance import Sensitivity


class StateEntry(SQLModel, table=True):
    """A State as this record groups it; its names come from the bundled register and from `StateNameRow`."""

    __tablename__ = "state"

    iso3: str = Field(primary_key=True, max_length=3)
    att_region: str = Field(default="", index=True)
    un_regional_group: str = ""


class DossierRow(SQLModel, table=True):
    """What the facts of one State and treaty add up to, kept for the sweep and for lists."""

    __tablename__ = "dossier"
    __table_args__ = (
        UniqueConstraint("treaty", "state"),
        Index("ix_dossier_due", "next_due_on", "id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    treaty: str
    state: str = Field(max_length=3)
    stage: str
    standing: str
    legal_status: str
    tier: int | None = None
    deposited_on: str | None = None  # as known: a day, a month or a year
    entry_into_force: date | None = None
    entered_by: str = ""
    entered_on: date | None = None
    projected_on: date | None = None  # the day of which the columns above speak
    next_due_on: date | None = None
    version: int = 0
    head_seq: int = 0
    head_hash: str = ""


class FactRow(SQLModel, table=True):
    """One fact of the ledger. Append-only by trigger; no free text, no names, no files."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("dossier_id", "seq"), Index("ix_fact_recorded", "recorded_at"))

    id: str = Field(primary_key=True, max_length=32)
    dossier_id: int = Field(foreign_key="dossier.id")
    seq: int
    kind: str
    effective_on: str  # a day, a month or a year
    known_by: date | None = None
    data: str = "{}"  # typed fields as canonical JSON
    source: str
    reference: str = ""
    sensitivity: Sensitivity = Field(sa_type=Level)
    recorded_at: datetime = Field(sa_type=Utc)
    actor: str
    replaces: str | None = None
    annuls: str = "[]"
    rests_on: str | None = None
    contests: str | None = None
    unconfirmed: str = "[]"
    content_hash: str = ""  # salted hash of the note and attachment beside the ledger
    previous: str
    hash: str


class FactContent(SQLModel, table=True):
    """Free text and files of a fact, beside the ledger, so that they can be purged."""

    __tablename__ = "fact_content"

    fact_id: str = Field(primary_key=True, foreign_key="fact.id")
    salt: str | None = None
    note: str | None = None
    attachment_name: str | None = None
    attachment_hash: str | None = None
    attachment_type: str | None = None  # found in its bytes, not in its name
    purged_at: datetime | None = Field(default=None, sa_type=Utc)


class Seal(SQLModel, table=True):
    """A root over all heads of the ledger on one night, chained to the seal before."""

    __tablename__ = "seal"

    id: int | None = Field(default=None, primary_key=True)
    sealed_at: datetime = Field(sa_type=Utc)
    dossiers: int
    facts: int
    root: str
    previous: str
    hash: str
