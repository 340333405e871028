"""The tables. A dossier row is a projection of its facts; facts and seals are never changed."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.types import Level, Utc
from pathways.grammar.clearance import Sensitivity


class StateEntry(SQLModel, table=True):
    """A State as this record groups it; its names come from the bundled register."""

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
    next_due_on: date | None = None
    version: int = 0
    head_seq: int = 0
    head_hash: str = ""


class FactRow(SQLModel, table=True):
    """One fact of the ledger. Append-only by trigger; no free text, no names, no files."""

    __tablename__ = "fact"
    __table_args__ = (UniqueConstraint("dossier_id", "seq"),)

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


class FollowUpRow(SQLModel, table=True):
    """Something somebody has to do; closed only with an outcome."""

    __tablename__ = "follow_up"
    __table_args__ = (Index("ix_follow_up_rung", "next_rung_on", "id"),)

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
    patience: int = 14  # days
    next_rung_on: date | None = None
    is_public: bool = False
    snoozed_until: date | None = None
    snooze_reason: str | None = None
    closed_on: date | None = None
    outcome: str | None = None
    closed_by: str | None = None


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
    dossier_id: int | None = Field(default=None, foreign_key="dossier.id")
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", index=True)
    follow_up_key: str = ""
    rung: int = 0
    is_public: bool = False
    letter_id: str | None = Field(default=None, foreign_key="letter.id", index=True)
    written_at: datetime = Field(sa_type=Utc)
    withdrawn: bool = False


class LetterRow(SQLModel, table=True):
    """What a person gets: at most one digest a day, and urgent letters at once.

    waiting: written, taken up by the next post. again: tried, the server asked for patience. sent: accepted by the
    first server. dead: refused for good. held: no channel to carry it. given_up: by a person, or overtaken.
    A claim older than its lease is taken over by the next post; a crash leaves the letter as it was.
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
    attempts: int = 0
    reason: str | None = None
    sent_at: datetime | None = Field(default=None, sa_type=Utc)
    opened_at: datetime | None = Field(default=None, sa_type=Utc)
    answered_at: datetime | None = Field(default=None, sa_type=Utc)


class AttemptRow(SQLModel, table=True):
    """One try to carry one letter."""

    __tablename__ = "attempt"

    id: int | None = Field(default=None, primary_key=True)
    letter_id: str = Field(foreign_key="letter.id", index=True)
    at: datetime = Field(sa_type=Utc)
    outcome: str
    reason: str = ""


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

    id: int | None = Field(default=None, primary_key=True)
    role: str
    of: str  # ISO code of a State, or the name of an organ
    of_state: bool = False
    treaty: str
    scheme: str = ""  # att_region or un_regional_group
    region: str = ""
    states: str = ""  # listed States instead of a region, separated by commas
    starts_on: date
    ends_on: date | None = None
    consent: str | None = None  # reference of the note verbale


class Hold(SQLModel, table=True):
    """A person holds a mandate from one day to another."""

    __tablename__ = "hold"

    id: int | None = Field(default=None, primary_key=True)
    mandate_id: int = Field(foreign_key="mandate.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    starts_on: date
    ends_on: date | None = None
    lead: bool = False


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
