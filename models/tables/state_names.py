"""Table of the names of States that this record adds to the bundled ones."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel


class StateNameRow(SQLModel, table=True):
    """A name of a State that the Secretariat has added; with a language, what it is called there from that day."""

    __tablename__ = "state_name"

    id: int | None = Field(default=None, primary_key=True)
    state: str = Field(foreign_key="state.iso3", max_length=3)
    name: str
    language: str = ""
    starts_on: date
    ends_on: date | None = None  # the last day
    source: str
    reference: str = ""
