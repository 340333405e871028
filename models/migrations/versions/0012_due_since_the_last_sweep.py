"""What 0011 put on the next sweep's list is due since the last sweep, not since a day that sweeps have passed by.

Else the record of before would not verify until that sweep: that is how a row is known that somebody hid from them.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_SWEPT = "(SELECT max(day) FROM sweep WHERE state = 'completed' AND sweep.treaty IN (dossier.treaty, '*'))"
_CLOSED = "(SELECT max(closed_on) FROM follow_up WHERE dossier_id = dossier.id AND occasion = 'silence')"
_SINCE_THEN = f"UPDATE dossier SET next_due_on = {_SWEPT} WHERE next_due_on = {_CLOSED} AND next_due_on < {_SWEPT}"


def upgrade() -> None:
    """Date them anew, and nothing else that is due."""
    op.execute(_SINCE_THEN)
