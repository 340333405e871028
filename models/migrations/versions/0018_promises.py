"""Promises come due: nothing of the schema, but what a dossier's day is (`casework/record/counting_anew.py`)."""

from __future__ import annotations

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Change no table."""
