"""Climbing: which open follow-ups are to ask their next rung, or the last one again, and how far they have come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Date, bindparam, func, select, update

from models.follow_ups.follow_up import all_told
from models.follow_ups.rests import keep_reasons
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow
from pathways.grammar.clearance import Sensitivity

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


class Climbing(NamedTuple):
    """An open follow-up whose next rung is to be told."""

    id: int
    key: str
    treaty: str
    dossier_id: int | None
    state: str | None
    occasion: str
    about: str
    rungs: str
    rung: int
    patience: int
    due_on: date
    next_rung_on: date
    owner_id: int | None
    is_public: bool
    region: str
    snoozed_until: date | None
    opened_by: str | None
    sensitivity: Sensitivity | None

    @property
    def told(self) -> int:
        """Return how many rungs count as told: after a rest, and on the last rung, whoever was asked is asked again."""
        return max(self.rung - 1, 0) if self.rested or self.is_at_last else self.rung

    @property
    def rested(self) -> bool:
        """Tell whether it is asked again because a rest is over."""
        return self.snoozed_until == self.next_rung_on

    @property
    def is_at_last(self) -> bool:
        """Tell whether every rung was told, so that nobody further can be asked."""
        return all_told(rungs=self.rungs, rung=self.rung)


class Climbed(NamedTuple):
    """Where a follow-up stands by now: so many rungs are told, and the next one is asked on a day.

    `next_rung_on` is None while a letter is under way, `due_on` where the day that counts stays as it was; `is_left`
    where its owner has it no more.
    """

    id: int
    rung: int
    next_rung_on: date | None
    due_on: date | None = None
    is_left: bool = False


def any_due(connection: Connection, on: date, *, treaty: str | None) -> bool:
    """Tell whether any open follow-up's next rung is due on a day."""
    query = select(_follow_up.c.id).where(_follow_up.c.next_rung_on <= on, _follow_up.c.closed_on.is_(None))
    if treaty is not None:
        query = query.where(_follow_up.c.treaty == treaty)
    return connection.execute(query.limit(1)).first() is not None


def due_ones(connection: Connection, on: date, *, treaty: str | None, limit: int) -> list[Climbing]:
    """Return open follow-ups whose next rung is due on a day, oldest first, locked against other writers."""
    columns = [_follow_up.c[name] if name != "state" else _dossier.c.state for name in Climbing._fields]
    query = (
        select(*columns)
        .select_from(_follow_up.outerjoin(_dossier, _dossier.c.id == _follow_up.c.dossier_id))
        .where(_follow_up.c.next_rung_on <= on, _follow_up.c.closed_on.is_(None))
        .order_by(_follow_up.c.next_rung_on, _follow_up.c.id)
        .limit(limit)
        .with_for_update(of=_follow_up, skip_locked=True)
    )
    if treaty is not None:
        query = query.where(_follow_up.c.treaty == treaty)
    return [Climbing(*row) for row in connection.execute(query)]


_climb = (
    update(_follow_up)
    .where(_follow_up.c.id == bindparam("_id"))
    .values(
        rung=bindparam("_rung"),
        next_rung_on=bindparam("_next_rung_on"),
        due_on=func.coalesce(bindparam("_due_on", type_=Date), _follow_up.c.due_on),
    )
)


def climb(connection: Connection, steps: Sequence[Climbed]) -> None:
    """Write how far follow-ups have climbed."""
    if steps:
        connection.execute(_climb, [{f"_{name}": value for name, value in step._asdict().items()} for step in steps])
    if left := [step.id for step in steps if step.is_left]:
        connection.execute(update(_follow_up).where(_follow_up.c.id.in_(left)).values(owner_id=None))


def end_rests(connection: Connection, ids: Sequence[int]) -> None:
    """Let follow-ups rest no longer."""
    if ids:
        keep_reasons(connection, ids)
        statement = update(_follow_up).where(_follow_up.c.id.in_(ids))
        connection.execute(statement.values(snoozed_until=None, snooze_reason=None))
