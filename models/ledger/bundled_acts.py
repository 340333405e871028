"""Bundled acts: whether a record was filled with what the bundled one knows, or was opened empty."""

from __future__ import annotations

from sqlalchemy import Connection, select

from models.tables.ledger import DossierRow, FactRow
from pathways.grammar.facts import SourceKind
from pathways.grammar.legal import ACTS

_fact = FactRow.__table__  # type: ignore[attr-defined]
_dossier = DossierRow.__table__  # type: ignore[attr-defined]


def any_on_file(connection: Connection, treaty: str) -> bool:
    """Tell whether an act of a treaty is on file on the word of the bundled record."""
    query = (
        select(_fact.c.id)
        .join(_dossier, _dossier.c.id == _fact.c.dossier_id)
        .where(_dossier.c.treaty == treaty, _fact.c.source == SourceKind.RECORD.value, _fact.c.kind.in_(sorted(ACTS)))
        .limit(1)
    )
    return connection.execute(query).first() is not None
