"""python-statemachine: a machine for each case, bound to it as its documentation has it; written by the bare loop."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from statemachine import State, StateMachine

from tests.bench.peers import contract, core
from tests.bench.peers.contract import TARGET, Sweep

prepare = contract.prepare


class Way(StateMachine):
    """The way of a State, as far as this goes."""

    deposit = State(initial=True)
    implementation = State(final=True)
    enter_into_force = deposit.to(implementation)


@dataclass
class Case:
    """A case that a machine moves."""

    id: int
    stage: str


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a loop that lets a machine take each step."""
    engine = contract.engine(url)

    def sweep() -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                due = core.read(connection)
                if not due:
                    return done
                for read in due:
                    case = Case(read.id, read.stage)
                    Way(case, state_field="stage").enter_into_force()
                    if case.stage != TARGET:
                        raise ValueError("A case did not get where the step leads.")
                core.write(connection, due)
                done += len(due)

    yield sweep
    engine.dispose()
