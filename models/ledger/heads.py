"""Heads: where each dossier's chain of facts stands. Who holds the hash of a head need not read the facts again."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, select

from models.tables.ledger import DossierRow, StateEntry

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_state = StateEntry.__table__  # type: ignore[attr-defined]


class Head(NamedTuple):
    """A dossier, its State's region and group, and the hash its chain ends in: the same hash, the same facts."""

    id: int
    state: str
    region: str
    group: str
    head_hash: str


# Built once: this is asked for every page.
_heads = (
    select(
        _dossier.c.id,
        _dossier.c.state,
        func.coalesce(_state.c.att_region, ""),
        func.coalesce(_state.c.un_regional_group, ""),
        _dossier.c.head_hash,
    )
    .select_from(_dossier.outerjoin(_state, _state.c.iso3 == _dossier.c.state))
    .where(_dossier.c.treaty == bindparam("of"))
    .order_by(_dossier.c.state)
)


def heads(connection: Connection, treaty: str) -> list[Head]:
    """Return where every dossier of a treaty stands, by State."""
    return [Head(*row) for row in connection.execute(_heads, {"of": treaty}).all()]
