"""Enquiries, and proposals that came by their letters."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make their tables; what was proposed before has nothing to say of either column."""
    op.create_table(
        "enquiry",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("treaty", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closed_by", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_enquiry_treaty", "enquiry", ["treaty"])
    op.create_table(
        "asked_state",
        sa.Column("enquiry_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("letters", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("passed_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"]),
        sa.PrimaryKeyConstraint("enquiry_id", "state"),
    )
    op.create_table(
        "enquiry_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("enquiry_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("letter_id", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"]),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_enquiry_link_asked", "enquiry_link", ["enquiry_id", "state"])
    op.create_table(
        "enquiry_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enquiry_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("stands", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("obstacles", sa.String(), nullable=False),
        sa.Column("needs", sa.String(), nullable=False),
        sa.Column("sensitivity", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("enquiry_id", "state", "key"),
    )
    op.create_table(
        "mission",
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"]),
        sa.PrimaryKeyConstraint("state"),
    )
    op.create_index("ix_mission_person_id", "mission", ["person_id"])
    op.add_column("proposal", sa.Column("sensitivity", sa.Integer(), nullable=True))
    op.add_column("proposal", sa.Column("answer_id", sa.Integer(), nullable=True))
