"""Dossiers copied in bulk from one that was lived through: the same facts under other ids, in a chain of their own."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Table, insert, select

from models.ledger import dossiers
from models.ledger.hash_chain import GENESIS, chained_hash
from models.tables.ledger import DossierRow, FactContent, FactRow

Values = Mapping[Any, Any]
_dossier: Table = DossierRow.__table__  # type: ignore[attr-defined]
_fact: Table = FactRow.__table__  # type: ignore[attr-defined]
_content: Table = FactContent.__table__  # type: ignore[attr-defined]
_NAMES = ("replaces", "rests_on", "contests")  # another fact of the same dossier


class _Original(NamedTuple):
    row: Values
    facts: Sequence[Values]
    beside: Mapping[str, Values]


class Copies:
    """What was lived through, by what makes others like it."""

    def __init__(self) -> None:
        self._originals: dict[Hashable, _Original] = {}

    def __contains__(self, alike: Hashable) -> bool:
        return alike in self._originals

    def learn(self, connection: Connection, lived: Mapping[Any, int]) -> None:
        """Read dossiers to copy from, by id."""
        facts: dict[int, list[Values]] = defaultdict(list)
        of_these = _fact.c.dossier_id.in_(lived.values())
        for fact in connection.execute(select(_fact).where(of_these).order_by(_fact.c.seq)).mappings():
            facts[fact["dossier_id"]].append(fact)
        beside = connection.execute(select(_content).where(_content.c.fact_id.in_(select(_fact.c.id).where(of_these))))
        contents = {content["fact_id"]: content for content in beside.mappings()}
        rows = connection.execute(select(_dossier).where(_dossier.c.id.in_(lived.values()))).mappings()
        by_id = {row["id"]: row for row in rows}
        self._originals |= {alike: _Original(by_id[id_], facts[id_], contents) for alike, id_ in lived.items()}

    def write(self, connection: Connection, wanted: Mapping[int, Any]) -> None:
        """Give empty dossiers the facts of those that they are like."""
        if not wanted:
            return
        empty = connection.execute(select(_dossier).where(_dossier.c.id.in_(wanted))).mappings().all()
        facts: list[Values] = []
        beside: list[Values] = []
        rows: list[Values] = []
        for row in empty:
            original = self._originals[wanted[row["id"]]]
            copied, projected = _copied(original, row)
            facts += copied
            rows.append(projected)
            beside += [
                {**original.beside[old["id"]], "fact_id": new["id"]}
                for old, new in zip(original.facts, copied, strict=True)
                if old["id"] in original.beside
            ]
        connection.execute(insert(_fact), facts)
        if beside:
            connection.execute(insert(_content), beside)
        dossiers.rewrite(connection, rows)


def _copied(original: _Original, into: Values) -> tuple[list[Values], Values]:
    """Return the facts of a copy and its dossier's row as they add up to it."""
    ids = {fact["id"]: uuid.uuid4().hex for fact in original.facts}
    head = GENESIS
    facts: list[Values] = []
    for fact in original.facts:
        named = {name: ids.get(fact[name]) for name in _NAMES}
        assert fact["annuls"] == "[]", "no life that is copied annuls anything"
        copy = {**fact, **named, "id": ids[fact["id"]], "dossier_id": into["id"], "previous": head}
        head = copy["hash"] = chained_hash(copy, into["treaty"], into["state"])
        facts.append(copy)
    row = {
        **{name: original.row[name] for name in dossiers.PROJECTED},
        "id": into["id"],
        "version": into["version"],
        "entered_by": ids.get(original.row["entered_by"], ""),
        "head_hash": head,
    }
    return facts, row
