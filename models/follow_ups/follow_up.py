"""A follow-up as people handle it: one or many read with their State, taken, put off, handed over.

Who may see or do so is decided above; here rows are read and written.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, update

from models.follow_ups.rests import keep_reasons
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow, NoticeRow
from pathways.grammar.agenda import OWN
from pathways.grammar.clearance import Sensitivity

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
    patience: int  # days
    next_rung_on: date | None
    is_public: bool
    snoozed_until: date | None
    snooze_reason: str | None
    closed_on: date | None
    outcome: str | None
    closed_by: str | None
    # Of one that a person opened:
    words: str | None = None
    opened_by: str | None = None
    sensitivity: Sensitivity | None = None
    # Of a closed one: whether a person's answer closed it, and when its next rung would have been asked.
    is_answered: bool = False
    kept_rung_on: date | None = None
    moved_at: datetime | None = None

    @property
    def waits_for_its_day(self) -> bool:
        """Tell whether a person has opened it for a day that nobody was reminded of yet."""
        return self.occasion == OWN and self.rung == 0

    @property
    def asked(self) -> str:
        """Return the role that was asked last; before anybody was, the one it belongs to."""
        return asked_by(role=self.role, rungs=self.rungs, rung=self.rung)


def asked_by(*, role: str, rungs: str, rung: int) -> str:
    """Return the role that so many told rungs asked last; before anybody was asked, the one it belongs to."""
    return rungs.split(",")[rung - 1] if rung and rungs else role


def all_told(*, rungs: str, rung: int) -> bool:
    """Tell whether so many told rungs are all there are."""
    return bool(rungs) and rung >= len(rungs.split(","))


_give = (
    update(_follow_up)
    .where(_follow_up.c.id == bindparam("_id"))
    .values(due_on=bindparam("_due_on"), next_rung_on=bindparam("_next_rung_on"))
)


def one(connection: Connection, follow_up_id: int, *, lock: bool = False) -> FollowUp | None:
    """Return a follow-up, locked against other writers if asked."""
    query = with_state().where(_follow_up.c.id == follow_up_id)
    if lock:
        query = query.with_for_update(of=_follow_up)
    row = connection.execute(query).first()
    return FollowUp(*row) if row else None


def of_treaty(connection: Connection, treaty: str, *, open_only: bool = False) -> list[FollowUp]:
    """Return a treaty's follow-ups: the open ones by due day, then the closed ones, last closed first."""
    query = with_state().where(_follow_up.c.treaty == treaty)
    if open_only:
        query = query.where(_follow_up.c.closed_on.is_(None))
    found = [FollowUp(*row) for row in connection.execute(query.order_by(_follow_up.c.due_on, _follow_up.c.id))]
    closed = [f for f in found if f.closed_on is not None]
    closed.sort(key=lambda f: (f.closed_on, f.id), reverse=True)
    return [f for f in found if f.closed_on is None] + closed


def of_dossier(connection: Connection, dossier_id: int) -> list[FollowUp]:
    """Return the follow-ups of one State, open and closed, by due day."""
    return [FollowUp(*row) for row in connection.execute(_of_dossier, {"_dossier": dossier_id})]


def open_alike(connection: Connection, meant: FollowUp) -> FollowUp | None:
    """Return the open follow-up that the same person has opened before for the same, if there is one."""
    same = ("treaty", "dossier_id", "owner_id", "due_on", "words", "opened_by", "sensitivity")
    query = with_state().where(_follow_up.c.closed_on.is_(None), _follow_up.c.occasion == meant.occasion)
    for name in same:
        query = query.where(_follow_up.c[name] == getattr(meant, name))
    row = connection.execute(query.order_by(_follow_up.c.id).limit(1)).first()
    return FollowUp(*row) if row else None


def forget_words(connection: Connection, found: FollowUp) -> bool:
    """Delete what a person meant to do; tell whether there was anything."""
    query = update(_follow_up).where(_follow_up.c.id == found.id, _follow_up.c.words.is_not(None))
    return bool(connection.execute(query.values(words=None)).rowcount)


def as_of(found: FollowUp, day: date) -> FollowUp:
    """Return a follow-up as it stood at the end of a day: one that was closed later is open."""
    if found.closed_on is None or found.closed_on <= day:
        return found
    return found._replace(closed_on=None, outcome=None, closed_by=None)


def give(connection: Connection, found: Sequence[FollowUp], person_id: int) -> None:
    """Make somebody the owner of follow-ups, by the days that each of them has here."""
    if found:
        rows = [{"_id": f.id, "_due_on": f.due_on, "_next_rung_on": f.next_rung_on} for f in found]
        connection.execute(_give.values(owner_id=person_id), rows)


def put_off(connection: Connection, found: FollowUp, *, until: date, reason: str) -> None:
    """Let a follow-up rest until a day; whoever was asked last is then asked again, so what was told is told anew.

    Why it rested before stays beside it.
    """
    keep_reasons(connection, [found.id])
    told = update(_notice).where(_notice.c.follow_up_key == found.key)
    connection.execute(told.values(key=_notice.c.key.concat(f"#{until}")))
    connection.execute(
        update(_follow_up)
        .where(_follow_up.c.id == found.id)
        .values(snoozed_until=until, snooze_reason=reason, next_rung_on=until)
    )


def note_move(connection: Connection, ids: Collection[int], *, at: datetime) -> None:
    """Note the hour at which follow-ups were passed on or closed."""
    if ids:
        connection.execute(update(_follow_up).where(_follow_up.c.id.in_(ids)).values(moved_at=at))


def wake(connection: Connection, found: FollowUp) -> FollowUp:
    """End the rest of a follow-up; nobody further is asked until the next letter has left."""
    if found.snoozed_until is None:
        return found
    keep_reasons(connection, [found.id])
    awake: dict[str, Any] = {"snoozed_until": None, "snooze_reason": None}
    if found.next_rung_on == found.snoozed_until:
        awake["next_rung_on"] = None
    connection.execute(update(_follow_up).where(_follow_up.c.id == found.id).values(**awake))
    return found._replace(**awake)


def with_state() -> Select[tuple[object, ...]]:
    """Select follow-ups with the State of their dossiers, in the order of `FollowUp`."""
    columns = [_follow_up.c[name] if name != "state" else _dossier.c.state for name in FollowUp._fields]
    return select(*columns).select_from(_follow_up.outerjoin(_dossier, _dossier.c.id == _follow_up.c.dossier_id))


#: Built once, for every State's page.
_of_dossier = (
    with_state().where(_follow_up.c.dossier_id == bindparam("_dossier")).order_by(_follow_up.c.due_on, _follow_up.c.id)
)
