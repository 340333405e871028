"""Comments on follow-ups as rows: added, read in order, and emptied of their words.

Who may read which is decided above.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, insert, select, update

from models.tables.letters import CommentRow
from pathways.grammar.clearance import Sensitivity

_comment = CommentRow.__table__  # type: ignore[attr-defined]


class Comment(NamedTuple):
    """What somebody said beside a follow-up; no words once they were deleted."""

    id: int
    author: str
    written_at: datetime
    words: str | None
    sensitivity: Sensitivity


def add(
    connection: Connection,
    *,
    follow_up_id: int,
    author: str,
    written_at: datetime,
    words: str,
    sensitivity: Sensitivity,
) -> int:
    """Keep a comment, and return its number."""
    row = {
        "follow_up_id": follow_up_id,
        "author": author,
        "written_at": written_at,
        "words": words,
        "sensitivity": sensitivity,
    }
    return int(connection.execute(insert(_comment).values(**row).returning(_comment.c.id)).scalar_one())


def of_follow_up(connection: Connection, follow_up_id: int) -> list[Comment]:
    """Return the comments on a follow-up, the oldest first: what was said of a rest is kept when that ends."""
    query = select(*(_comment.c[name] for name in Comment._fields)).where(_comment.c.follow_up_id == follow_up_id)
    return [Comment(*row) for row in connection.execute(query.order_by(_comment.c.written_at, _comment.c.id))]


def forget_words(connection: Connection, follow_up_id: int, comment_id: int, *, at: datetime) -> bool:
    """Delete the words of a comment; tell whether there were any."""
    there = (_comment.c.id == comment_id, _comment.c.follow_up_id == follow_up_id, _comment.c.words.is_not(None))
    gone = connection.execute(update(_comment).where(*there).values(words=None, purged_at=at))
    return bool(gone.rowcount)
