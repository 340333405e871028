"""Accede: the program's own sweep, on a made-up record in which each due State enters into force on the day.

One person hears of each, so that each is one fact, one notice, one row of its dossier, and a letter for each person.
What it does beyond that it does here too: it reads every fact of a due dossier, asks the rules what the day brings,
chains the new fact to the one before, and takes a lease.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Table, func, select

from casework.operations.sweep import sweep
from models.ledger import dossiers
from models.store.engine import Connection
from models.tables.ledger import DossierRow, FactRow
from models.tables.letters import NoticeRow
from pathways.grammar.stages import Stage
from tests.bench.lives import EVE, bound_today
from tests.bench.made_up import FIRST_DAY, Size, make, open_made_up
from tests.bench.peers.contract import SHARE, Outcome, Sweep

_dossier: Table = DossierRow.__table__  # type: ignore[attr-defined]
_fact: Table = FactRow.__table__  # type: ignore[attr-defined]
_notice: Table = NoticeRow.__table__  # type: ignore[attr-defined]


def prepare(url: str, count: int) -> None:
    """Make the record as it stands on the eve."""
    with closing(open_made_up(Path(), EVE, url)) as workspace:
        make(workspace, Size(dossiers=count, due=count // SHARE, lives=(bound_today,), by_one=True))


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the sweep of every treaty."""
    with closing(open_made_up(Path(), FIRST_DAY, url)) as workspace:
        with workspace.reading() as connection:
            for treaty in dossiers.treaties(connection):
                workspace.pathway(treaty)  # real ones are declared when the program starts
        yield lambda: sweep(workspace, None, run="bench").due


def outcome(url: str, count: int) -> Outcome:
    """Read what the sweep wrote after the eve."""
    del count
    eve = datetime.combine(EVE, time.max, UTC)
    with closing(open_made_up(Path(), FIRST_DAY, url)) as workspace, workspace.reading() as connection:
        moved = (_dossier.c.entered_on == FIRST_DAY, _dossier.c.stage == Stage.IMPLEMENTATION.value)
        return Outcome(
            cases=connection.execute(select(func.count()).select_from(_dossier)).scalar_one(),
            moved=_ids(connection, _dossier.c.id, *moved, _is_later(_dossier.c.next_due_on)),
            in_history=_ids(connection, _fact.c.dossier_id, _fact.c.recorded_at > eve),
            in_outbox=_ids(connection, _notice.c.dossier_id, _notice.c.written_at > eve),
            left=connection.execute(select(func.count()).where(_dossier.c.next_due_on <= FIRST_DAY)).scalar_one(),
        )


def _is_later(column: Any) -> Any:
    return column > FIRST_DAY


def _ids(connection: Connection, column: Any, *where: Any) -> list[int]:
    return sorted(connection.execute(select(column).where(*where)).scalars())
