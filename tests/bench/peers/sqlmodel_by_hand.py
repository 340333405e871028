"""SQLModel, with the transition written by hand: what one writes first, and Accede without its ledger would be."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy.orm import registry
from sqlmodel import Field, Session, SQLModel, col, select

from tests.bench.peers import contract
from tests.bench.peers.contract import BATCH, NEXT, SOURCE, TARGET, TODAY, Sweep

prepare = contract.prepare


class Row(SQLModel, registry=registry()):
    """A row of this loop's alone, which Accede's own list of tables knows nothing of."""


class Case(Row, table=True):
    """A case and where it stands."""

    __tablename__ = "cases"

    id: int = Field(primary_key=True)
    stage: str
    next_on: date | None
    version: int

    def enter_into_force(self) -> None:
        """Take the step."""
        if self.stage != SOURCE:
            raise ValueError("A case is not where the step begins.")
        self.stage, self.next_on, self.version = TARGET, NEXT, self.version + 1


class History(Row, table=True):
    """A step that was taken."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    step: str
    source: str
    target: str
    effective_on: date
    recorded_at: datetime


class Outbox(Row, table=True):
    """Something to send."""

    id: int | None = Field(default=None, primary_key=True)
    case_id: int
    kind: str
    state: str
    due_at: datetime


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a loop over sessions, a batch each."""
    engine = contract.engine(url)

    def sweep() -> int:
        done = 0
        query = select(Case).where(col(Case.next_on) <= TODAY).order_by(col(Case.next_on), col(Case.id)).limit(BATCH)
        while True:
            with Session(engine) as session:
                due = session.exec(query).all()
                if not due:
                    return done
                for case in due:
                    case.enter_into_force()
                    session.add(History(**contract.history_row(case.id)))
                    session.add(Outbox(**contract.outbox_row(case.id)))
                session.commit()
                done += len(due)

    yield sweep
    engine.dispose()
