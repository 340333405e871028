"""Rests that end: why a follow-up rested stays beside it, as a comment of whoever let it rest."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from models.follow_ups import comments
from models.tables.letters import FollowUpRow
from models.tables.record import AuditEntry
from pathways.grammar.clearance import Sensitivity

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_audit = AuditEntry.__table__  # type: ignore[attr-defined]

#: As the audit calls it that somebody let a follow-up rest.
PUT_OFF = "put off"


def keep_reasons(connection: Connection, ids: Sequence[int]) -> None:
    """Keep why these follow-ups have rested, before their reason goes; who said so, and when, is in the audit.

    What the audit knows nothing of are nobody's words.
    """
    why = select(_follow_up.c.id, _follow_up.c.snooze_reason)
    rested = connection.execute(why.where(_follow_up.c.id.in_(ids), _follow_up.c.snooze_reason.is_not(None))).all()
    if not rested:
        return
    rows = [f"follow_up:{number}" for number, _ in rested]
    noted = select(_audit.c.row, _audit.c.actor, _audit.c.at).where(_audit.c.what == PUT_OFF, _audit.c.row.in_(rows))
    said = {row: (actor, at) for row, actor, at in connection.execute(noted.order_by(_audit.c.id))}
    for row, (number, reason) in zip(rows, rested, strict=True):
        if row not in said:
            continue
        author, at = said[row]
        comments.add(
            connection,
            follow_up_id=number,
            author=author,
            written_at=at,
            words=reason,
            sensitivity=Sensitivity.COORDINATION,
        )
