"""Drafts of statements: taken down once each, read in order, and settled by one of two who come at once.

Decides nothing; not who may read one either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from models.store.upsert import insert_into
from models.tables.meetings import StatementDraft
from pathways.grammar.clearance import Sensitivity

_draft = StatementDraft.__table__  # type: ignore[attr-defined]

DRAFT, CHECKED, STRUCK = "draft", "checked", "struck"
_AT_ONCE = 500  # rows


class Draft(NamedTuple):
    """What was taken down; no words once they stand beside a fact."""

    id: int
    meeting_id: str
    key: str
    state: str | None
    speaker: str
    about: str
    words: str | None
    condition: str
    due_on: str
    said_on: str
    sensitivity: Sensitivity
    taken_down_by: str
    taken_down_at: datetime
    standing: str
    settled_by: str | None
    settled_at: datetime | None
    fact_id: str | None


_COLUMNS = tuple(_draft.c[name] for name in Draft._fields)


def take_down(connection: Connection, rows: Sequence[Mapping[str, Any]]) -> int:
    """Add drafts that are not there yet, and return how many those were."""
    added = 0
    for start in range(0, len(rows), _AT_ONCE):
        statement = insert_into(connection, _draft).values([dict(row) for row in rows[start : start + _AT_ONCE]])
        statement = statement.on_conflict_do_nothing(index_elements=["meeting_id", "key"]).returning(_draft.c.id)
        added += len(connection.execute(statement).all())
    return added


def of_meeting(connection: Connection, meeting: str, standing: str | None = None) -> list[Draft]:
    """Return what was taken down at a meeting, the newest first."""
    query = select(*_COLUMNS).where(_draft.c.meeting_id == meeting).order_by(_draft.c.id.desc())
    if standing is not None:
        query = query.where(_draft.c.standing == standing)
    return [Draft(*row) for row in connection.execute(query)]


def keys_of(connection: Connection, meeting: str) -> dict[str, int]:
    """Return the drafts of a meeting, by the key of what was sent."""
    query = select(_draft.c.key, _draft.c.id).where(_draft.c.meeting_id == meeting)
    return dict(connection.execute(query).tuples().all())


_settle = (
    update(_draft)
    .where(_draft.c.id == bindparam("_id"), _draft.c.standing == DRAFT)
    .values(
        standing=bindparam("_standing"),
        settled_by=bindparam("_by"),
        settled_at=bindparam("_at"),
        fact_id=bindparam("_fact"),
        words=bindparam("_words"),
    )
)


def check(connection: Connection, facts: Iterable[tuple[int, str]], *, by: str, at: datetime) -> bool:
    """Note which fact each draft has become, and let its words go; tell whether each was a draft still."""
    told = [
        {"_id": id_, "_standing": CHECKED, "_by": by, "_at": at, "_fact": fact, "_words": None} for id_, fact in facts
    ]
    return connection.execute(_settle, told).rowcount == len(told)


def strike(connection: Connection, draft: Draft, *, by: str, at: datetime) -> bool:
    """Strike a draft out, which stays readable; tell whether it was one still."""
    told = {"_id": draft.id, "_standing": STRUCK, "_by": by, "_at": at, "_fact": None, "_words": draft.words}
    return connection.execute(_settle, told).rowcount == 1
