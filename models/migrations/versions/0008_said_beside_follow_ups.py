"""Comments on follow-ups, and what a close that is taken back leads back to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their table; a close of before cannot be taken back."""
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("follow_up_id", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["follow_up_id"], ["follow_up.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_comment_follow_up_id"), "comment", ["follow_up_id"], unique=False)
    op.add_column("follow_up", sa.Column("is_answered", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("follow_up", sa.Column("kept_rung_on", sa.Date(), nullable=True))
