"""Follow-ups as people handle them: one or many read with their State, taken, put off, handed over.

Who may see or do so is decided above; here rows are read and written.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, select, update

from models.tables import DossierRow, FollowUpRow, NoticeRow

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_notice = NoticeRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


class FollowUp(NamedTuple):
    """A follow-up, with the State of its dossier if it has one."""

    id: int
    key: str
    treaty: str
    dossier_id: int | None
    state: str | None
    occasion: str
    about: str
    role: str
    region: str
    owner_id: int | None
    opened_on: date
    due_on: date
    rungs: str
    rung: int
    is_public: bool
    snoozed_until: date | None
    snooze_reason: str | None
    closed_on: date | None
    outcome: str | None
    closed_by: str | None

    @property
    def asked(self) -> str:
        """Return the role that was asked last; before anybody was, the one it belongs to."""
        return self.rungs.split(",")[self.rung - 1] if self.rung and self.rungs else self.role


def one(connection: Connection, follow_up_id: int, *, lock: bool = False) -> FollowUp | None:
    """Return a follow-up, locked against other writers if asked."""
    query = _follow_ups().where(_follow_up.c.id == follow_up_id)
    if lock:
        query = query.with_for_update(of=_follow_up)
    row = connection.execute(query).first()
    return FollowUp(*row) if row else None


def of_treaty(connection: Connection, treaty: str, *, open_only: bool = False) -> list[FollowUp]:
    """Return a treaty's follow-ups: the open ones by due day, then the closed ones, last closed first."""
    query = _follow_ups().where(_follow_up.c.treaty == treaty)
    if open_only:
        query = query.where(_follow_up.c.closed_on.is_(None))
    found = [FollowUp(*row) for row in connection.execute(query.order_by(_follow_up.c.due_on, _follow_up.c.id))]
    closed = [f for f in found if f.closed_on is not None]
    closed.sort(key=lambda f: (f.closed_on, f.id), reverse=True)
    return [f for f in found if f.closed_on is None] + closed


def open_ones(
    connection: Connection, treaty: str, *, region: str | None = None, owner: int | None = None
) -> list[FollowUp]:
    """Return a treaty's open follow-ups by due day; of one region or one owner if asked."""
    query = _narrowed(_follow_up.c.closed_on.is_(None), treaty, region, owner)
    rows = connection.execute(query.order_by(_follow_up.c.due_on, _follow_up.c.id))
    return [FollowUp(*row) for row in rows]


def closed_ones(
    connection: Connection,
    treaty: str,
    *,
    region: str | None = None,
    owner: int | None = None,
    limit: int,
    offset: int,
) -> list[FollowUp]:
    """Return some of a treaty's closed follow-ups, the last closed first."""
    query = _narrowed(_follow_up.c.closed_on.is_not(None), treaty, region, owner)
    query = query.order_by(_follow_up.c.closed_on.desc(), _follow_up.c.id.desc()).limit(limit).offset(offset)
    return [FollowUp(*row) for row in connection.execute(query)]


def of_dossier(connection: Connection, dossier_id: int) -> list[FollowUp]:
    """Return the follow-ups of one State, open and closed, by due day."""
    return [FollowUp(*row) for row in connection.execute(_of_dossier, {"_dossier": dossier_id})]


def as_of(found: FollowUp, day: date) -> FollowUp:
    """Return a follow-up as it stood at the end of a day: one that was closed later is open."""
    if found.closed_on is None or found.closed_on <= day:
        return found
    return found._replace(closed_on=None, outcome=None, closed_by=None)


def give(connection: Connection, follow_up_ids: Sequence[int], person_id: int) -> None:
    """Make somebody the owner of follow-ups."""
    connection.execute(update(_follow_up).where(_follow_up.c.id.in_(follow_up_ids)).values(owner_id=person_id))


def put_off(connection: Connection, found: FollowUp, *, until: date, reason: str) -> None:
    """Let a follow-up rest until a day; whoever was asked last is then asked again, so what was told is told anew."""
    told = update(_notice).where(_notice.c.follow_up_key == found.key)
    connection.execute(told.values(key=_notice.c.key.concat(f"#{until}")))
    connection.execute(
        update(_follow_up)
        .where(_follow_up.c.id == found.id)
        .values(snoozed_until=until, snooze_reason=reason, next_rung_on=until, rung=max(found.rung - 1, 0))
    )


def _narrowed(
    which: ColumnElement[bool], treaty: str, region: str | None, owner: int | None
) -> Select[tuple[object, ...]]:
    query = _follow_ups().where(_follow_up.c.treaty == treaty, which)
    if region is not None:
        query = query.where(_follow_up.c.region == region)
    if owner is not None:
        query = query.where(_follow_up.c.owner_id == owner)
    return query


def _follow_ups() -> Select[tuple[object, ...]]:
    columns = [_follow_up.c[name] if name != "state" else _dossier.c.state for name in FollowUp._fields]
    return select(*columns).select_from(_follow_up.outerjoin(_dossier, _dossier.c.id == _follow_up.c.dossier_id))


#: Built once, for every State's page.
_of_dossier = (
    _follow_ups().where(_follow_up.c.dossier_id == bindparam("_dossier")).order_by(_follow_up.c.due_on, _follow_up.c.id)
)
