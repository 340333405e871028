"""The bare loop on Accede's own tables: rows as wide, with as many indexes and triggers, and the same chain of hashes.

It decides nothing and reads no fact. So between it and the bare loop stands the price of the tables, and between Accede
and it the price of the rules: reading the facts, adding them up, asking what the day brings.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection, Row, Table, bindparam, insert, select, update

from models.ledger.dossiers import PROJECTED
from models.ledger.hash_chain import chained_hash
from models.store.engine import Store
from models.tables.ledger import DossierRow, FactRow
from models.tables.letters import LetterRow, NoticeRow
from pathways.grammar.clearance import Sensitivity
from tests.bench.made_up import FIRST_DAY
from tests.bench.peers import accede
from tests.bench.peers.contract import BATCH, Sweep

prepare = accede.prepare
outcome = accede.outcome

_dossier: Table = DossierRow.__table__  # type: ignore[attr-defined]
_fact: Table = FactRow.__table__  # type: ignore[attr-defined]
_notice: Table = NoticeRow.__table__  # type: ignore[attr-defined]
_letter: Table = LetterRow.__table__  # type: ignore[attr-defined]

_NOW = datetime.combine(FIRST_DAY, time(6), UTC)
_READ = ("treaty", "state", "version", *PROJECTED)
_due = (
    select(_dossier.c.id, *(_dossier.c[name] for name in _READ))
    .where(_dossier.c.next_due_on <= FIRST_DAY)
    .order_by(_dossier.c.next_due_on, _dossier.c.id)
    .limit(BATCH)
)
_rewrite = (
    update(_dossier)
    .where(_dossier.c.id == bindparam("_id"), _dossier.c.version == bindparam("_version"))
    .values({**{name: bindparam(f"_{name}") for name in PROJECTED}, "version": _dossier.c.version + 1})
)
_STEP = {
    "kind": "step",
    "effective_on": str(FIRST_DAY),
    "known_by": None,
    "data": '{"by":"date","from":"deposit","step":"enter_into_force","to":"implementation"}',
    "source": "record",
    "reference": "",
    "sensitivity": Sensitivity.COORDINATION,
    "recorded_at": _NOW,
    "actor": "system:sweep:bench",
    "replaces": None,
    "annuls": "[]",
    "rests_on": uuid.uuid4().hex,
    "contests": None,
    "unconfirmed": "[]",
    "content_hash": "",
}
_NEWS = {
    "kind": "news",
    "occasion": "step",
    "about": "enter_into_force",
    "role": "champion",
    "follow_up_key": "",
    "rung": 0,
    "is_public": True,
    "written_at": _NOW,
    "withdrawn": False,
}
_DIGEST = {"kind": "digest", "day": FIRST_DAY, "series": "", "state": "waiting", "due_at": _NOW, "written_at": _NOW}


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the loop."""
    store = Store(url)

    def sweep() -> int:
        done, letter = 0, uuid.uuid4().hex
        while True:
            with store.writing() as connection:
                due = connection.execute(_due).all()
                if not due:
                    return done
                if not done:
                    connection.execute(insert(_letter), [{**_DIGEST, "id": letter, "person_id": 1, "attempts": 0}])
                _write(connection, due, letter)
                done += len(due)

    yield sweep
    store.dispose()


def _write(connection: Connection, due: Sequence[Row[Any]], letter: str) -> None:
    facts: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    for read in due:
        fact = {**_STEP, "id": uuid.uuid4().hex, "dossier_id": read.id, "seq": read.head_seq + 1}
        fact["previous"] = read.head_hash
        fact["hash"] = chained_hash(fact, read.treaty, read.state)
        facts.append(fact)
        row = {f"_{name}": getattr(read, name) for name in ("id", "version", *PROJECTED)}
        moved = {"_stage": "implementation", "_entered_by": fact["id"], "_entered_on": FIRST_DAY}
        then = {"_projected_on": FIRST_DAY, "_next_due_on": FIRST_DAY + timedelta(days=365)}
        rows.append({**row, **moved, **then, "_head_seq": fact["seq"], "_head_hash": fact["hash"]})
    connection.execute(_rewrite, rows)
    connection.execute(insert(_fact), facts)
    news = [
        {**_NEWS, "key": f"{fact['id']}:news:1", "person_id": 1, "dossier_id": fact["dossier_id"], "letter_id": letter}
        for fact in facts
    ]
    connection.execute(insert(_notice), [{**row, "treaty": read.treaty} for row, read in zip(news, due, strict=True)])
