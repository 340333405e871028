"""Verification: the ledger is read to see whether it still holds together. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, select

from models.ledger.dossiers import FACT, RECORDS, Record, as_fact
from models.ledger.hash_chain import GENESIS, Content, canonical, chained_hash, content_holds
from models.tables.ledger import DossierRow, FactContent, FactRow
from pathways.grammar.dossier import PURGED
from pathways.grammar.facts import Fact
from pathways.grammar.pathway import which_dossier

_dossier = DossierRow.__table__  # type: ignore[attr-defined]
_fact = FactRow.__table__  # type: ignore[attr-defined]
_content = FactContent.__table__  # type: ignore[attr-defined]
#: A fact's row in the ledger, the columns of `FACT` first, then its hashes and what stands beside it.
Link = Row[Any]
_NOTHING: tuple[str | None, ...] = (None,) * len(Content._fields)


def count_dossiers(connection: Connection) -> int:
    """Count every dossier."""
    return int(connection.execute(select(func.count()).select_from(_dossier)).scalar_one())


def ids_after(connection: Connection, after: int, limit: int) -> list[int]:
    """Return the next dossiers by id, in its order."""
    query = select(_dossier.c.id).where(_dossier.c.id > after).order_by(_dossier.c.id).limit(limit)
    return list(connection.execute(query).scalars())


def records_of(connection: Connection, ids: Sequence[int]) -> list[Record]:
    """Return the rows of these dossiers in order of id; ValueError or TypeError where one cannot be read."""
    query = RECORDS.where(_dossier.c.id.in_(ids)).order_by(_dossier.c.id)
    return [Record(*row) for row in connection.execute(query).all()]


def name_of(connection: Connection, dossier_id: int) -> str:
    """Return the treaty and State of a dossier, whatever else stands in its row."""
    query = select(_dossier.c.treaty, _dossier.c.state).where(_dossier.c.id == dossier_id)
    return which_dossier(*connection.execute(query).one())


def links_of(connection: Connection, records: Sequence[Record]) -> dict[int, list[Link]]:
    """Return the ledger rows of these dossiers, with what stands beside them, by dossier."""
    query = (
        select(
            *FACT,
            *(_fact.c[name] for name in ("content_hash", "previous", "hash")),
            *(_content.c[name] for name in Content._fields),
            _content.c.fact_id.label("beside"),
        )
        .outerjoin(_content, _content.c.fact_id == _fact.c.id)
        .where(_fact.c.dossier_id.in_([r.id for r in records]))
        .order_by(_fact.c.dossier_id, _fact.c.seq)
    )
    links: dict[int, list[Link]] = {record.id: [] for record in records}
    for link in connection.execute(query).all():
        links[link.dossier_id].append(link)
    return links


def facts_in(record: Record, links: Sequence[Link]) -> list[Fact]:
    """Return the facts that a dossier's ledger rows say; ValueError, KeyError or TypeError where one says none."""
    return [as_fact(link, record.state) for link in links]


def breaks(record: Record, links: Sequence[Link]) -> list[str]:
    """Return a sentence for each place where a dossier's chain does not hold."""
    where = which_dossier(record.treaty, record.state)
    wrong: list[str] = []
    previous = GENESIS
    purged = {link.data for link in links if link.kind == PURGED}
    for seq, row in enumerate((link._mapping for link in links), start=1):
        if row["seq"] != seq:
            wrong.append(f"{where}: fact {seq} is missing")
            break
        if row["previous"] != previous or row["hash"] != chained_hash(row, record.treaty, record.state):
            wrong.append(f"{where}: fact {seq} was changed")
        wrong += _beside(where, row, purged)
        previous = row["hash"]
    if (record.head_seq, record.head_hash) != (len(links), previous):
        wrong.append(f"{where}: the ledger ends at fact {len(links)}, the dossier says {record.head_seq}")
    return wrong


def _beside(where: str, row: Mapping[Any, Any], purged: set[str]) -> list[str]:
    """Check what stands beside a fact: what was filed with it, or nothing and a fact that says it was purged."""
    if not row["content_hash"] and row["beside"] is None:
        return []
    seq = row["seq"]
    there = Content(*(row[name] for name in Content._fields))
    if there != _NOTHING:
        if not row["content_hash"]:
            return [f"{where}: something stands beside fact {seq}, which was filed without"]
        return (
            []
            if content_holds(there, row["content_hash"])
            else [f"{where}: the note or file of fact {seq} was changed"]
        )
    if canonical({"fact": row["id"]}) in purged:
        return []
    if not row["content_hash"]:
        return [f"{where}: something stands beside fact {seq}, which was filed without"]
    return [f"{where}: the note or file of fact {seq} is gone, and no fact says it was purged"]


def heads(connection: Connection, through: datetime) -> Iterator[tuple[str, str, int, str]]:
    """Yield (treaty, State, seq, hash) of each dossier's last fact recorded up to an hour."""
    last = (
        select(_fact.c.dossier_id, func.max(_fact.c.seq).label("seq"))
        .where(_fact.c.recorded_at <= through)
        .group_by(_fact.c.dossier_id)
        .subquery()
    )
    query = (
        select(_dossier.c.treaty, _dossier.c.state, _fact.c.seq, _fact.c.hash)
        .join(last, (last.c.dossier_id == _fact.c.dossier_id) & (last.c.seq == _fact.c.seq))
        .join(_dossier, _dossier.c.id == _fact.c.dossier_id)
        .order_by(_dossier.c.id)
    )
    for row in connection.execute(query):
        yield row[0], row[1], row[2], row[3]


def all_heads(connection: Connection) -> Iterator[tuple[str, str, int, str]]:
    """Yield (treaty, State, seq, hash) of each dossier's last fact; seq is 0 where it has none."""
    last = select(_fact.c.dossier_id, func.max(_fact.c.seq).label("seq")).group_by(_fact.c.dossier_id).subquery()
    query = (
        select(_dossier.c.treaty, _dossier.c.state, func.coalesce(_fact.c.seq, 0), func.coalesce(_fact.c.hash, GENESIS))
        .select_from(_dossier)
        .outerjoin(last, last.c.dossier_id == _dossier.c.id)
        .outerjoin(_fact, (_fact.c.dossier_id == last.c.dossier_id) & (_fact.c.seq == last.c.seq))
        .order_by(_dossier.c.treaty, _dossier.c.state)
    )
    for row in connection.execute(query):
        yield row[0], row[1], row[2], row[3]
