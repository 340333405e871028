"""What happened since an hour: the facts filed, and the follow-ups that moved.

Which facts a reader may know is decided here, by the rule of `readable_where`; which follow-ups, above.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, func, select

from models.follow_ups.follow_up import FollowUp, with_state
from models.ledger.readable import readable_where
from models.tables.ledger import DossierRow, FactRow
from models.tables.letters import FollowUpRow
from models.tables.record import AuditEntry
from pathways.grammar.clearance import Reader

_fact = FactRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_audit = AuditEntry.__table__  # type: ignore[attr-defined]
_MOVES = ("opened", "taken", "handed over", "reopened")  # as the audit calls what people do, and notes after the move


class FiledFact(NamedTuple):
    """A fact that came on file."""

    id: str
    state: str
    kind: str
    effective_on: str
    data: str
    recorded_at: datetime
    actor: str


def facts_filed(
    connection: Connection,
    treaty: str,
    since: datetime,
    reader: Reader,
    *,
    assessments: Iterable[str],
    but: Collection[str],
) -> list[FiledFact]:
    """Return what others filed since an hour that the reader may know, but for some kinds; the latest first."""
    query = _filed(reader, tuple(sorted(assessments)), tuple(sorted(but)))
    return [FiledFact(*row) for row in connection.execute(query, {"of": treaty, "since": since})]


@lru_cache(maxsize=200)  # readers; putting it together takes longer than asking
def _filed(reader: Reader, assessments: Sequence[str], but: Sequence[str]) -> Select[Any]:
    return (
        select(*(_dossier.c.state if name == "state" else _fact.c[name] for name in FiledFact._fields))
        .join(_dossier, _dossier.c.id == _fact.c.dossier_id)
        .where(
            func.coalesce(_dossier.c.treaty, "") == bindparam("of"),  # SQLite would read all of a treaty's facts by it
            _fact.c.recorded_at > bindparam("since", type_=_fact.c.recorded_at.type),
            _fact.c.actor != reader.actor,
            _fact.c.kind.not_in(but),
            readable_where(reader, assessments=assessments),
        )
        .order_by(_fact.c.recorded_at.desc(), _dossier.c.state, _fact.c.seq.desc())
    )


def moved(connection: Connection, treaty: str, since: datetime) -> list[FollowUp]:
    """Return the follow-ups that were opened, passed on or closed since an hour."""
    query = with_state().where(_follow_up.c.treaty == treaty, _follow_up.c.moved_at > since)
    found = [FollowUp(*row) for row in connection.execute(query)]
    return sorted(found, key=lambda one: one.id)  # asked for in this order, SQLite goes through all there ever were


def moved_by(connection: Connection, actor: str, found: Sequence[FollowUp], since: datetime) -> set[int]:
    """Return which of these somebody has opened, taken, handed over or taken back since an hour, as their last move."""
    query = (
        select(_audit.c.row, func.max(_audit.c.at, type_=_audit.c.at.type))
        .where(_audit.c.actor == actor, _audit.c.what.in_(_MOVES), _audit.c.at > since)
        .group_by(_audit.c.row)
    )
    noted = {row.row: row[1] for row in connection.execute(query)}
    return {f.id for f in found if f.moved_at and noted.get(f"follow_up:{f.id}", since) >= f.moved_at}
