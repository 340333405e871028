"""Opened letters: what the letter is about whose link its reader follows, and that it was opened."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, and_, select, update

from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow

_letter = LetterRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]


class Told(NamedTuple):
    """One thing that a letter tells: its kind and occasion, its follow-up and its State, if it has them."""

    kind: str
    occasion: str
    follow_up_id: int | None
    state: str | None


def open_letter(connection: Connection, letter_id: str, person_id: int, *, at: datetime) -> bool:
    """Note that its reader has followed a letter's link, the first time; False when it is not that person's letter."""
    theirs = and_(_letter.c.id == letter_id, _letter.c.person_id == person_id)
    if connection.execute(select(_letter.c.id).where(theirs)).first() is None:
        return False
    connection.execute(update(_letter).where(theirs, _letter.c.opened_at.is_(None)).values(opened_at=at))
    return True


def told_in(connection: Connection, letter_id: str) -> list[Told]:
    """Return what a letter told and was not withdrawn, in the order it was written."""
    query = (
        select(_notice.c.kind, _notice.c.occasion, _follow_up.c.id, _dossier.c.state)
        .outerjoin(_follow_up, and_(_follow_up.c.key == _notice.c.follow_up_key, _notice.c.follow_up_key != ""))
        .outerjoin(_dossier, _dossier.c.id == _notice.c.dossier_id)
        .where(_notice.c.letter_id == letter_id, ~_notice.c.withdrawn)
        .order_by(_notice.c.id)
    )
    return [Told(*row) for row in connection.execute(query)]
