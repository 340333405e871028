"""Follow-ups that a person opens: what is to be done, by whom it was opened, and how closely it is held."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what a person says; those of the record's agenda say nothing there."""
    op.add_column("follow_up", sa.Column("words", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("opened_by", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("sensitivity", sa.Integer(), nullable=True))
