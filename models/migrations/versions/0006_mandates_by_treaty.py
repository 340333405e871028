"""Mandates are found by their treaty and role, as every page asks for them."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index("ix_mandate_role", "mandate", ["treaty", "role"])
