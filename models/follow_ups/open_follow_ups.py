"""Open follow-ups: what is open of a treaty and who has it in hand, read for lists in a few statements.

The statements are built once: they are asked for every page, and building one takes longer than answering it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, Date, bindparam, or_, select

from models.follow_ups.follow_up import FollowUp, with_state
from models.people.people import HELD, HeldMandate, in_term
from models.tables.ledger import DossierRow
from models.tables.letters import FollowUpRow
from models.tables.people import Hold, Mandate, Person

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


# By the dossiers of the treaty: the index on them leaves other treaties' follow-ups unread.
_open = (
    with_state()
    .add_columns(_person.c.name)
    .outerjoin(_person, _person.c.id == _follow_up.c.owner_id)
    .where(
        _follow_up.c.treaty == bindparam("of"),
        _follow_up.c.closed_on.is_(None),
        or_(
            _follow_up.c.dossier_id.in_(select(_dossier.c.id).where(_dossier.c.treaty == bindparam("of"))),
            _follow_up.c.dossier_id.is_(None),
        ),
    )
    .order_by(_follow_up.c.due_on, _follow_up.c.id)
)

_day = bindparam("day", type_=Date)
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


def holders(connection: Connection, treaty: str, roles: Sequence[str], day: date) -> list[Holder]:
    """Return who holds one of these roles of a treaty on a day, wherever it serves."""
    rows = connection.execute(_holders, {"of": treaty, "roles": list(roles), "day": day}).all()
    return [Holder(HeldMandate(*row[:-1]), row[-1]) for row in rows]


def closed_among(connection: Connection, keys: Sequence[str]) -> dict[str, str | None]:
    """Return how those of these occasions ended whose follow-up was closed."""
    return {row[0]: row[1] for row in connection.execute(_closed, {"keys": list(keys)})} if keys else {}
