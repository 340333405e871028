"""Run by Alembic: applies revisions on the connection that the store hands over."""

from __future__ import annotations

from alembic import context
from sqlmodel import SQLModel

from models import tables

assert tables.FactRow.__tablename__ == "fact"

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    transaction_per_migration=False,
)
context.run_migrations()
