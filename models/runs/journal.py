"""The journal of runs: the last of each flow, and what could not be treated."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from models.store.upsert import insert_into
from models.tables.ledger import DossierRow
from models.tables.letters import AttemptRow
from models.tables.record import AuditEntry
from models.tables.runs import AdvanceRequest, Incident, IntakeFile, RunSaid, SweepRow
from pathways.grammar.refusals import Remark

_sweep = SweepRow.__table__  # type: ignore[attr-defined]
_incident = Incident.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_file = IntakeFile.__table__  # type: ignore[attr-defined]
_request = AdvanceRequest.__table__  # type: ignore[attr-defined]
_attempt = AttemptRow.__table__  # type: ignore[attr-defined]
_said = RunSaid.__table__  # type: ignore[attr-defined]
_audit = AuditEntry.__table__  # type: ignore[attr-defined]


class AskedByHand(NamedTuple):
    """Who asked for something by hand, and when."""

    actor: str
    at: datetime


def last_sweep(connection: Connection, treaties: Collection[str]) -> Any | None:
    """Return the sweep that began last."""
    query = select(_sweep).where(_sweep.c.treaty.in_(treaties)).order_by(_sweep.c.id.desc()).limit(1)
    return connection.execute(query).mappings().first()


def last_file(connection: Connection, treaty: str) -> Any | None:
    """Return the depositary file that was taken in last."""
    query = select(_file).where(_file.c.treaty == treaty).order_by(_file.c.at.desc()).limit(1)
    return connection.execute(query).mappings().first()


def last_request(connection: Connection, treaty: str) -> Any | None:
    """Return the step that was asked for last."""
    query = select(_request).where(_request.c.treaty == treaty).order_by(_request.c.asked_at.desc()).limit(1)
    return connection.execute(query).mappings().first()


def note_said(connection: Connection, flow: str, run: str, *, at: datetime, says: Remark) -> None:
    """Note what a run came to, in place of what the flow's run before it did."""
    found = {"run": run, "at": at, "says": says}
    statement = insert_into(connection, _said).values(flow=flow, **found)
    connection.execute(statement.on_conflict_do_update(index_elements=["flow"], set_=found))


def said(connection: Connection) -> dict[str, Remark | str]:
    """Return what the last run of each flow came to, by the id of that run."""
    return {row[0]: row[1] for row in connection.execute(select(_said.c.run, _said.c.says))}


def requests_waiting(connection: Connection, treaty: str) -> int:
    """Count the steps that were asked for and not yet carried out."""
    waits = (_request.c.treaty == treaty, _request.c.result == "waiting")
    return int(connection.execute(select(func.count()).where(*waits)).scalar_one())


def last_try(connection: Connection) -> datetime | None:
    """Return when a letter was last carried, or was to be."""
    found: datetime | None = connection.execute(select(_attempt.c.at).order_by(_attempt.c.id.desc()).limit(1)).scalar()
    return found


def tries_since(connection: Connection, since: datetime) -> dict[str, int]:
    """Count the tries to carry letters since an hour, by what came of them."""
    query = select(_attempt.c.outcome, func.count()).where(_attempt.c.at >= since).group_by(_attempt.c.outcome)
    return {str(row[0]): int(row[1]) for row in connection.execute(query)}


def failing(connection: Connection, treaty: str) -> list[str]:
    """Return the States whose dossiers a run could not treat, and none has treated since."""
    query = (
        select(_dossier.c.state)
        .join(_incident, _dossier.c.id == _incident.c.dossier_id)
        .where(_incident.c.resolved_at.is_(None), _dossier.c.treaty == treaty)
    )
    return list(connection.execute(query.distinct()).scalars())


def last_noted(connection: Connection, what: str) -> dict[str, AskedByHand]:
    """Return who was last noted for something, by the row it was noted of."""
    newest = select(func.max(_audit.c.id)).where(_audit.c.what == what).group_by(_audit.c.row)
    query = select(_audit.c.row, _audit.c.actor, _audit.c.at).where(_audit.c.id.in_(newest))
    return {row[0]: AskedByHand(row[1], row[2]) for row in connection.execute(query)}
