"""What every rung was told of and is still open is asked again of the last, from its day on."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_ASK_AGAIN = """
UPDATE follow_up SET next_rung_on = due_on
WHERE closed_on IS NULL AND next_rung_on IS NULL AND rungs <> ''
AND rung = length(rungs) - length(replace(rungs, ',', '')) + 1
"""


def upgrade() -> None:
    """Date what has been told to everybody and would be brought up no more."""
    op.execute(_ASK_AGAIN)
