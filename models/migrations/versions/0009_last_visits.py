"""When each person was last here, and the hour at which a follow-up moved last."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table and the indexes."""
    op.create_table(
        "last_visit",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("treaty", sa.String(), nullable=False),
        sa.Column("here_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("person_id", "treaty"),
    )
    op.create_index("ix_fact_recorded", "fact", ["recorded_at"])
    op.add_column("follow_up", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_follow_up_moved", "follow_up", ["moved_at"])
