"""Open follow-ups: what is open of a treaty and who has it in hand, read for lists in a few statements.

The statements are built once: they are asked for every page, and building one takes longer than answering it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Date, Integer, and_, bindparam, func, or_, select

from models.follow_ups.follow_up import FollowUp, asked_by, with_state
from models.people.people import HELD, HeldMandate, in_term
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow
from models.tables.people import Hold, Mandate, Person
from pathways.grammar.clearance import Sensitivity

_follow_up = FollowUpRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_hold = Hold.__table__  # type: ignore[attr-defined]
_mandate = Mandate.__table__  # type: ignore[attr-defined]
_person = Person.__table__  # type: ignore[attr-defined]


class OpenFollowUp(NamedTuple):
    """An open follow-up, and how its owner is called, if somebody has taken it."""

    follow_up: FollowUp
    owner: str | None


class Holder(NamedTuple):
    """A mandate as somebody holds it, and how that person is called."""

    held: HeldMandate
    name: str


class Waits(NamedTuple):
    """How many open follow-ups ask alike about one State, and whether they are somebody's own or nobody's yet."""

    state: str | None
    occasion: str
    role: str
    rungs: str
    rung: int
    is_own: bool
    opened_by: str | None
    sensitivity: Sensitivity | None
    number: int

    @property
    def asked(self) -> str:
        """Return the role that was asked last; before anybody was, the one they belong to."""
        return asked_by(role=self.role, rungs=self.rungs, rung=self.rung)


_day = bindparam("day", type_=Date)
# By the dossiers of the treaty: the index on them leaves other treaties' follow-ups unread.
_is_open = and_(
    _follow_up.c.treaty == bindparam("of"),
    _follow_up.c.closed_on.is_(None),
    or_(
        _follow_up.c.dossier_id.in_(select(_dossier.c.id).where(_dossier.c.treaty == bindparam("of"))),
        _follow_up.c.dossier_id.is_(None),
    ),
)
_open = (
    with_state()
    .add_columns(_person.c.name)
    .outerjoin(_person, _person.c.id == _follow_up.c.owner_id)
    .where(_is_open)
    .order_by(_follow_up.c.due_on, _follow_up.c.id)
)

_alike = (
    _dossier.c.state,
    _follow_up.c.occasion,
    _follow_up.c.role,
    _follow_up.c.rungs,
    _follow_up.c.rung,
    _follow_up.c.owner_id.is_not(None),
    _follow_up.c.opened_by,
    _follow_up.c.sensitivity,
)
_waiting = (
    select(*_alike, func.count())
    .select_from(_follow_up.outerjoin(_dossier, _dossier.c.id == _follow_up.c.dossier_id))
    .where(
        _is_open,
        or_(_follow_up.c.owner_id.is_(None), _follow_up.c.owner_id == bindparam("owner", type_=Integer)),
        or_(_follow_up.c.snoozed_until.is_(None), _follow_up.c.snoozed_until <= _day),
    )
    .group_by(*_alike)
)
_holders = (
    select(*HELD, _person.c.name)
    .select_from(_hold.join(_mandate, _mandate.c.id == _hold.c.mandate_id).join(_person))
    .where(
        _mandate.c.treaty == bindparam("of"),
        _mandate.c.role.in_(bindparam("roles", expanding=True)),
        in_term(_hold, _day),
        in_term(_mandate, _day),
    )
    .order_by(_hold.c.id)
)
_closed = select(_follow_up.c.key, _follow_up.c.outcome).where(
    _follow_up.c.key.in_(bindparam("keys", expanding=True)), _follow_up.c.closed_on.is_not(None)
)


def open_ones(connection: Connection, treaty: str) -> list[OpenFollowUp]:
    """Return a treaty's open follow-ups by due day."""
    rows = connection.execute(_open, {"of": treaty}).all()
    return [OpenFollowUp(FollowUp(*row[:-1]), row[-1]) for row in rows]


def waiting_ones(connection: Connection, treaty: str, owner: int | None, today: date) -> list[Waits]:
    """Count what is open and does not rest, of nobody's yet and of one person's own."""
    return [Waits(*row) for row in connection.execute(_waiting, {"of": treaty, "owner": owner, "day": today})]


def holders(connection: Connection, treaty: str, roles: Sequence[str], day: date) -> list[Holder]:
    """Return who holds one of these roles of a treaty on a day, wherever it serves."""
    rows = connection.execute(_holders, {"of": treaty, "roles": list(roles), "day": day}).all()
    return [Holder(HeldMandate(*row[:-1]), row[-1]) for row in rows]


def closed_among(connection: Connection, keys: Sequence[str]) -> dict[str, str | None]:
    """Return how those of these occasions ended whose follow-up was closed."""
    return {row[0]: row[1] for row in connection.execute(_closed, {"keys": list(keys)})} if keys else {}
