"""Run by Alembic: applies revisions on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from models.tables.every import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
)
context.run_migrations()
