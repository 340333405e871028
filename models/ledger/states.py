"""States as this record groups them: regions are an assumption that a Secretariat may edit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, insert, select

from models.tables.ledger import DossierRow, StateEntry

_state = StateEntry.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]
# Built once: asked for every page.
_regions = select(_state.c.iso3, _state.c.att_region, _state.c.un_regional_group)


def add(connection: Connection, rows: Sequence[Mapping[str, str]]) -> None:
    """Add States with the regions this record groups them in."""
    if rows:
        connection.execute(insert(_state), list(rows))


def regions(connection: Connection) -> dict[str, tuple[str, str]]:
    """Return each State's region and UN regional group."""
    return {iso3: (region, group) for iso3, region, group in connection.execute(_regions).all()}


def regions_on_the_way(connection: Connection, treaty: str) -> list[str]:
    """Return the regions that have a State which has shown interest and is not yet a party."""
    on_the_way = ("interest", "assistance", "legislation", "deposit")
    query = (
        select(_state.c.att_region)
        .distinct()
        .join(_dossier, _dossier.c.state == _state.c.iso3)
        .where(_dossier.c.treaty == treaty, _dossier.c.stage.in_(on_the_way), _state.c.att_region != "")
        .order_by(_state.c.att_region)
    )
    return [row[0] for row in connection.execute(query)]
