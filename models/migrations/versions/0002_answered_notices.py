"""An answer belongs to the notice that asked, no longer to the letter that carried others besides."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

#: Of what a letter was marked with, the notices whose follow-up its reader has closed keep the hour.
_KEEP = """
UPDATE notice SET answered_at = (SELECT letter.answered_at FROM letter WHERE letter.id = notice.letter_id)
WHERE EXISTS (
    SELECT 1 FROM follow_up
    WHERE follow_up.key = notice.follow_up_key AND follow_up.closed_by = 'person:' || notice.person_id
)
"""


def upgrade() -> None:
    """Move the hour of an answer from letters to notices."""
    op.add_column("notice", sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(_KEEP)
    op.drop_column("letter", "answered_at")
