"""The baseline: a loop written by hand in SQLAlchemy Core, which writes what a sweep writes and decides nothing.

It is told beforehand what to write, reads only what it must (which dossiers are due, their version and the head of
their chain), and writes in batches of the same size. So a ratio to it is the price of everything else: reading the
facts, the rules, and the way the program is put together.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from casework.operations.batches import BATCH
from models.ledger.hash_chain import chained_hash
from models.store.engine import Store
from models.tables.ledger import DossierRow, FactRow
from models.tables.letters import FollowUpRow, LetterRow, NoticeRow

Values = dict[str, Any]
_dossier: Table = DossierRow.__table__  # type: ignore[attr-defined]
_fact: Table = FactRow.__table__  # type: ignore[attr-defined]
_follow_up: Table = FollowUpRow.__table__  # type: ignore[attr-defined]
_notice: Table = NoticeRow.__table__  # type: ignore[attr-defined]
_letter: Table = LetterRow.__table__  # type: ignore[attr-defined]

_WRITTEN = [column.name for column in _dossier.c if column.name not in ("id", "treaty", "state")]
_rewrite = (
    update(_dossier)
    .where(_dossier.c.id == bindparam("_id"), _dossier.c.version == bindparam("_read"))
    .values({name: bindparam(f"_{name}") for name in _WRITTEN})
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a sweep wrote, by dossier; letters by id."""

    facts: Mapping[int, Sequence[Values]]
    dossiers: Mapping[int, Values]
    follow_ups: Mapping[int, Sequence[Values]]
    notices: Mapping[int, Sequence[Values]]
    letters: Mapping[str, Values]


def read_and_hash(kept: Path) -> int:
    """Read each fact of an SQLite file once, as canonical JSON, and hash it; decide nothing. Return how many."""
    count = 0
    with closing(sqlite3.connect(kept)) as connection:
        for row in connection.execute("select * from fact order by dossier_id, seq"):
            hashlib.sha256(json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()).hexdigest()
            count += 1
    return count


def plan_of(store: Store, eve: date) -> Plan:
    """Read back what the sweep of a record wrote after the eve."""
    with store.reading() as connection:
        letters = _rows(connection, _letter, _letter.c.day > eve)
        notices = _by_dossier(connection, _notice, _notice.c.letter_id.in_([row["id"] for row in letters]))
        follow_ups = _by_dossier(connection, _follow_up, _follow_up.c.opened_on > eve)
        facts = _by_dossier(connection, _fact, _fact.c.recorded_at >= datetime.combine(eve, time.max, UTC))
        dossiers = _rows(connection, _dossier, _dossier.c.id.in_({*facts, *follow_ups, *notices}))
    return Plan(
        facts=facts,
        dossiers={row["id"]: row for row in dossiers},
        follow_ups=_unnumbered(follow_ups),
        notices=_unnumbered(notices),
        letters={row["id"]: row for row in letters},
    )


def write_plainly(store: Store, day: date, plan: Plan) -> int:
    """Write for each due dossier what is planned; return how many there were."""
    written, letters = 0, dict(plan.letters)
    while True:
        with store.writing() as connection:
            due = connection.execute(_due(day)).all()
            if not due:
                return written
            _write(connection, due, plan, letters)
            written += len(due)


def _due(day: date) -> Any:
    columns = [_dossier.c[name] for name in ("id", "treaty", "state", "version", "head_seq", "head_hash")]
    query = select(*columns).where(_dossier.c.next_due_on <= day)
    return query.order_by(_dossier.c.next_due_on, _dossier.c.id).limit(BATCH)


def _write(connection: Connection, due: Sequence[Row[Any]], plan: Plan, letters: dict[str, Values]) -> None:
    facts: list[Values] = []
    dossiers: list[Values] = []
    for row in due:
        seq, head = row.head_seq, row.head_hash
        for planned in plan.facts.get(row.id, ()):
            seq += 1
            fact = {**planned, "seq": seq, "previous": head}
            fact["hash"] = head = chained_hash(fact, row.treaty, row.state)
            facts.append(fact)
        values = {**plan.dossiers[row.id], "head_seq": seq, "head_hash": head, "version": row.version + 1}
        dossiers.append({"_id": row.id, "_read": row.version, **{f"_{name}": values[name] for name in _WRITTEN}})
    follow_ups = [planned for row in due for planned in plan.follow_ups.get(row.id, ())]
    notices = [planned for row in due for planned in plan.notices.get(row.id, ())]
    first = [letters.pop(n["letter_id"]) for n in notices if n["letter_id"] in letters]
    connection.execute(_rewrite, dossiers)
    for table, rows in ((_fact, facts), (_follow_up, follow_ups), (_letter, first), (_notice, notices)):
        if rows:
            connection.execute(insert(table), rows)


def _rows(connection: Connection, table: Table, where: Any) -> list[Values]:
    order = table.c.get("seq", table.c.id)
    found = connection.execute(select(table).where(where).order_by(order))
    return [dict(row) for row in found.mappings()]


def _by_dossier(connection: Connection, table: Table, where: Any) -> dict[int, list[Values]]:
    found: dict[int, list[Values]] = defaultdict(list)
    for row in _rows(connection, table, where):
        found[row["dossier_id"]].append(row)
    return found


def _unnumbered(found: Mapping[int, Sequence[Values]]) -> dict[int, list[Values]]:
    """Leave out the rows' numbers: the database gives them."""
    return {id_: [{k: v for k, v in row.items() if k != "id"} for row in rows] for id_, rows in found.items()}
