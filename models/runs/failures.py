"""Failures as rows: what a run could not do, open for as long as the follow-up about it is."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from models.store.upsert import insert_into
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow
from models.tables.runs import FailureRow
from pathways.grammar.refusals import Remark

_failure = FailureRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]


class Open(NamedTuple):
    """A failure that nobody has dealt with, by its follow-up; when it was met first and last, and what it was."""

    follow_up: int
    treaty: str
    state: str | None
    occasion: str
    about: str
    at: datetime
    last_at: datetime
    says: Remark | str


def note(connection: Connection, key: str, *, at: datetime, says: Remark, anew: bool) -> None:
    """Note a failure; met again, it keeps the hour at which it was met first, unless it comes up anew."""
    found = {"last_at": at, "says": says}
    statement = insert_into(connection, _failure).values(key=key, at=at, **found)
    later = {**found, "at": at} if anew else found
    connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_=later))


def open_ones(connection: Connection) -> list[Open]:
    """Return what nobody has dealt with, the oldest first."""
    columns = (_follow_up.c.id, _follow_up.c.treaty, _dossier.c.state, _follow_up.c.occasion, _follow_up.c.about)
    query = (
        select(*columns, _failure.c.at, _failure.c.last_at, _failure.c.says)
        .join(_failure, _failure.c.key == _follow_up.c.key)
        .outerjoin(_dossier, _dossier.c.id == _follow_up.c.dossier_id)
        .where(_follow_up.c.closed_on.is_(None))
        .order_by(_failure.c.at, _follow_up.c.id)
    )
    return [Open(*row) for row in connection.execute(query)]


def count_open(connection: Connection) -> dict[str, int]:
    """Count what nobody has dealt with, by its occasion."""
    query = (
        select(_follow_up.c.occasion, func.count())
        .join(_failure, _failure.c.key == _follow_up.c.key)
        .where(_follow_up.c.closed_on.is_(None))
        .group_by(_follow_up.c.occasion)
    )
    return {row[0]: int(row[1]) for row in connection.execute(query)}


def of_follow_up(connection: Connection, key: str) -> Remark | str | None:
    """Return what went wrong, of the follow-up with this occasion; None where it is about something else."""
    found: Remark | str | None = connection.execute(select(_failure.c.says).where(_failure.c.key == key)).scalar()
    return found
