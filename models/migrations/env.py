"""Run by Alembic: applies revisions on the connection that the store hands over."""

from __future__ import annotations

from alembic import context

from models.tables.every import METADATA


class OnlyUp(Exception):
    """A record's schema is brought up, never down: what a newer one holds has no place in an older."""


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    transaction_per_migration=False,
    on_version_apply=context.config.attributes.get("applied"),
)
if str(context.get_revision_argument() or "") < (context.get_context().get_current_revision() or ""):
    raise OnlyUp("A record's schema is only ever brought up. To go back, restore the backup made before the upgrade.")
context.run_migrations()
