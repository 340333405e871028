"""Next steps that somebody wrote: each one added after the other, the last on a day is what stands. Decides nothing."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Date, bindparam, func, insert, select

from models.tables.attention import NextStepRow
from models.tables.ledger import DossierRow

_step = NextStepRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


class WrittenStep(NamedTuple):
    """What somebody wrote; without words, that it is left to the pathway again."""

    id: int
    words: str | None
    due_on: date | None
    written_on: date
    written_at: datetime
    written_by: str


_COLUMNS = tuple(_step.c[name] for name in WrittenStep._fields)
_last = (
    select(func.max(_step.c.id)).where(_step.c.written_on <= bindparam("day", type_=Date)).group_by(_step.c.dossier_id)
)
_standing = (
    select(_dossier.c.state, *_COLUMNS)
    .join(_dossier, _dossier.c.id == _step.c.dossier_id)
    .where(_dossier.c.treaty == bindparam("of"), _step.c.id.in_(_last), _step.c.words.is_not(None))
)
_of_dossier = select(*_COLUMNS).where(_step.c.dossier_id == bindparam("dossier")).order_by(_step.c.id.desc())


def standing_on(connection: Connection, treaty: str, day: date) -> dict[str, WrittenStep]:
    """Return what was written last by the end of a day, by State; of those alone of which anything stands."""
    rows = connection.execute(_standing, {"of": treaty, "day": day})
    return {row[0]: WrittenStep(*row[1:]) for row in rows}


def of_dossier(connection: Connection, dossier_id: int) -> list[WrittenStep]:
    """Return everything that was written of a State, the last first."""
    return [WrittenStep(*row) for row in connection.execute(_of_dossier, {"dossier": dossier_id})]


def add(connection: Connection, **values: Any) -> int:
    """Add what somebody wrote, and return its number."""
    return int(connection.execute(insert(_step).values(**values).returning(_step.c.id)).scalar_one())
