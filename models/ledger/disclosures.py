"""Disclosures: who was shown what is held in confidence, once a person, fact and day. Stands beside the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.store.upsert import insert_into
from models.tables.accounts import Reading
from models.tables.ledger import DossierRow, FactRow

_reading = Reading.__table__  # type: ignore[attr-defined]
_fact = FactRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_MOST = 5_000  # facts of one statement: no database takes any number of parameters


class Read(NamedTuple):
    """Somebody was shown a fact on a day; `at` is the first time that day."""

    actor: str
    day: date
    at: datetime


def noted(connection: Connection, actor: str, fact_ids: Iterable[str], day: date) -> set[str]:
    """Return those of these facts of which it stands already that somebody was shown them on a day."""
    query = select(_reading.c.fact_id).where(_reading.c.actor == actor, _reading.c.day == day)
    pieces = _pieces(list(fact_ids))
    return {row[0] for some in pieces for row in connection.execute(query.where(_reading.c.fact_id.in_(some)))}


def note(connection: Connection, actor: str, fact_ids: Iterable[str], *, day: date, at: datetime) -> None:
    """Note that somebody was shown these facts; what stands already stays as it is."""
    for some in _pieces(sorted(set(fact_ids))):
        rows = [{"actor": actor, "fact_id": fact_id, "day": day, "at": at} for fact_id in some]
        connection.execute(insert_into(connection, _reading).values(rows).on_conflict_do_nothing())


def _pieces(fact_ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (fact_ids[begin : begin + _MOST] for begin in range(0, len(fact_ids), _MOST))


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
