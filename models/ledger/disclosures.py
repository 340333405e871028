"""Disclosures: who was shown what is held in confidence, once a person, fact and day. Stands beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.store.upsert import insert_into
from models.tables.accounts import Reading
from models.tables.ledger import DossierRow, FactRow

_reading = Reading.__table__  # type: ignore[attr-defined]
_fact = FactRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


class Read(NamedTuple):
    """Somebody was shown a fact on a day; `at` is the first time that day."""

    actor: str
    day: date
    at: datetime


def noted(connection: Connection, actor: str, fact_ids: Iterable[str], day: date) -> set[str]:
    """Return those of these facts of which it stands already that somebody was shown them on a day."""
    query = select(_reading.c.fact_id).where(
        _reading.c.actor == actor, _reading.c.day == day, _reading.c.fact_id.in_(list(fact_ids))
    )
    return set(connection.execute(query).scalars())


def note(connection: Connection, actor: str, fact_ids: Iterable[str], *, day: date, at: datetime) -> None:
    """Note that somebody was shown these facts, in one statement; what stands already stays as it is."""
    rows = [{"actor": actor, "fact_id": fact_id, "day": day, "at": at} for fact_id in sorted(set(fact_ids))]
    if rows:
        connection.execute(insert_into(connection, _reading).values(rows).on_conflict_do_nothing())


def of_fact(connection: Connection, fact_id: str) -> list[Read]:
    """Return who was shown a fact and when, the latest first."""
    query = (
        select(_reading.c.actor, _reading.c.day, _reading.c.at)
        .where(_reading.c.fact_id == fact_id)
        .order_by(_reading.c.at.desc(), _reading.c.actor)
    )
    return [Read(*row) for row in connection.execute(query)]


def dossier_of(connection: Connection, fact_id: str) -> tuple[str, str] | None:
    """Return the treaty and the State whose file a fact is on, or None when there is no such fact."""
    query = (
        select(_dossier.c.treaty, _dossier.c.state)
        .join(_fact, _fact.c.dossier_id == _dossier.c.id)
        .where(_fact.c.id == fact_id)
    )
    row = connection.execute(query).first()
    return (row[0], row[1]) if row else None
