"""A silence that was closed is asked anew a period later: the next sweep looks at each that was closed so far."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_LAST = "(SELECT max(closed_on) FROM follow_up WHERE dossier_id = dossier.id AND occasion = 'silence')"
#: As of the day of its last close, which is past: the sweep reckons from there when it is asked again.
_LOOK_AGAIN = f"UPDATE dossier SET next_due_on = {_LAST} WHERE coalesce(next_due_on, '9999-12-31') > {_LAST}"


def upgrade() -> None:
    """Put their dossiers on the next sweep's list."""
    op.execute(_LOOK_AGAIN)
