"""Proposals: facts that a State's contact proposes, and what became of them. Beside the ledger until accepted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, case, func, insert, select, update

from models.tables.accounts import Proposal
from models.tables.ledger import DossierRow
from pathways.grammar.clearance import Sensitivity

_proposal = Proposal.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]

WAITING, ACCEPTED, DECLINED = "waiting", "accepted", "declined"


class Proposed(NamedTuple):
    """A proposal as its row says it; `data` is canonical JSON of the typed fields as text."""

    id: int
    dossier_id: int
    treaty: str
    state: str
    proposed_by: str
    proposed_at: datetime
    kind: str
    effective_on: str
    source: str
    reference: str
    data: str
    note: str | None
    attachment_name: str | None
    attachment_hash: str | None
    attachment_type: str | None
    result: str
    decided_by: str | None
    decided_at: datetime | None
    reason: str | None
    fact_id: str | None
    sensitivity: Sensitivity | None  # where the State said who may know it
    answer_id: int | None  # of the enquiry that it answers


_proposals = select(
    *((_dossier if name in ("treaty", "state") else _proposal).c[name] for name in Proposed._fields)
).join(_dossier, _dossier.c.id == _proposal.c.dossier_id)


def add(connection: Connection, **values: Any) -> int:
    """Write down a proposal and return its number."""
    return int(connection.execute(insert(_proposal).values(**values).returning(_proposal.c.id)).scalar_one())


def one(connection: Connection, number: int, *, lock: bool = False) -> Proposed | None:
    """Return a proposal, locked against other writers if asked."""
    query = _proposals.where(_proposal.c.id == number)
    row = connection.execute(query.with_for_update(of=_proposal) if lock else query).first()
    return Proposed(*row) if row else None


def of_treaty(
    connection: Connection, treaty: str, *, states: Collection[str] | None, limit: int | None
) -> list[Proposed]:
    """Return a treaty's proposals, if asked of some States only: the waiting ones first, the latest of each first."""
    query = (
        _proposals.where(_dossier.c.treaty == treaty)
        .order_by(case((_proposal.c.result == WAITING, 0), else_=1), _proposal.c.id.desc())
        .limit(limit)
    )
    if states is not None:
        query = query.where(_dossier.c.state.in_(sorted(states)))
    return [Proposed(*row) for row in connection.execute(query)]


_how_many_wait = (
    select(func.count())
    .select_from(_proposal.join(_dossier, _dossier.c.id == _proposal.c.dossier_id))
    .where(_dossier.c.treaty == bindparam("of"), _proposal.c.result == WAITING)
)


def how_many_wait(connection: Connection, treaty: str) -> int:
    """Count a treaty's proposals that wait to be decided."""
    return int(connection.execute(_how_many_wait, {"of": treaty}).scalar_one())


def how_many_answer(connection: Connection, treaty: str) -> int:
    """Count those of them that came by an enquiry."""
    query = (
        select(func.count())
        .select_from(_proposal.join(_dossier, _dossier.c.id == _proposal.c.dossier_id))
        .where(_dossier.c.treaty == treaty, _proposal.c.result == WAITING, _proposal.c.answer_id.is_not(None))
    )
    return int(connection.execute(query).scalar_one())


def waiting_of(connection: Connection, dossier_id: int) -> list[Proposed]:
    """Return what waits to be decided of one dossier."""
    query = _proposals.where(_proposal.c.dossier_id == dossier_id, _proposal.c.result == WAITING)
    return [Proposed(*row) for row in connection.execute(query)]


def decide(
    connection: Connection,
    number: int,
    result: str,
    *,
    by: str,
    at: datetime,
    reason: str | None = None,
    fact_id: str | None = None,
) -> bool:
    """Write what was decided; False when somebody else has decided before."""
    said = {"result": result, "decided_by": by, "decided_at": at, "reason": reason, "fact_id": fact_id}
    if result == DECLINED:  # what was not taken on file is not kept
        said |= {"attachment_hash": None}
    where = (_proposal.c.id == number, _proposal.c.result == WAITING)
    return connection.execute(update(_proposal).where(*where).values(**said)).rowcount == 1
