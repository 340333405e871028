"""Tables of what runs leave behind."""

from __future__ import annotations

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from models.tables.column_types import Reason, Utc


class Lease(SQLModel, table=True):
    """Who does a thing that only one may do at a time; silent too long, another takes over."""

    __tablename__ = "lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=Utc)


class SweepRow(SQLModel, table=True):
    """A sweep of one day: running, completed, or failed for some dossiers."""

    __tablename__ = "sweep"

    id: int | None = Field(default=None, primary_key=True)
    treaty: str
    day: date
    run: str
    actor: str
    state: str = "running"
    started_at: datetime = Field(sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)
    counts: str = "{}"


class SweepPart(SQLModel, table=True):
    """A key range of what is due in a large sweep, for the run that takes it next; silent too long, another does."""

    __tablename__ = "sweep_part"

    id: int | None = Field(default=None, primary_key=True)
    sweep_id: int = Field(foreign_key="sweep.id", index=True)
    number: int
    first_id: int  # of a dossier
    last_id: int | None = None  # all that come after, where there is none
    holder: str | None = None  # the run that has it, or had it last
    beaten_at: datetime | None = Field(default=None, sa_type=Utc)  # its last sign of life
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    counts: str = "{}"


class Incident(SQLModel, table=True):
    """A dossier that a run could not treat: for the Secretariat, with its next try."""

    __tablename__ = "incident"

    id: int | None = Field(default=None, primary_key=True)
    dossier_id: int = Field(foreign_key="dossier.id", index=True)
    run: str
    at: datetime = Field(sa_type=Utc)
    code: str
    next_try_on: date
    resolved_at: datetime | None = Field(default=None, sa_type=Utc)


class IntakeFile(SQLModel, table=True):
    """A depositary file taken in, by the hash of its bytes."""

    __tablename__ = "intake_file"

    hash: str = Field(primary_key=True)
    treaty: str
    published: date
    at: datetime = Field(sa_type=Utc)
    counts: str = "{}"


class AdvanceRequest(SQLModel, table=True):
    """A step that a signed-in person asked a flow to take; rights are checked again when it runs."""

    __tablename__ = "advance_request"

    id: str = Field(primary_key=True, max_length=32)
    actor: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    treaty: str
    state: str
    step: str
    day: date
    reason: str = ""
    asked_at: datetime = Field(sa_type=Utc)
    result: str = "waiting"  # waiting, taken, refused
    refusal: str = ""


class RunSaid(SQLModel, table=True):
    """What the last run of a flow came to, such as one of `sweep/att`; a remark, or words as they are."""

    __tablename__ = "run_said"

    flow: str = Field(primary_key=True)
    run: str
    at: datetime = Field(sa_type=Utc)
    says: str = Field(sa_type=Reason)


class FailureRow(SQLModel, table=True):
    """What a run could not do, under the occasion of the follow-up that asks somebody to see to it."""

    __tablename__ = "failure"

    key: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Utc)  # when it was met first
    last_at: datetime = Field(sa_type=Utc)
    says: str = Field(sa_type=Reason)
