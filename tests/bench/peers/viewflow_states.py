"""viewflow's other half: its states alone, without flows, on models of Django, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from viewflow import fsm

from tests.bench.peers import contract
from tests.bench.peers.contract import BATCH, NEXT, SOURCE, TARGET, TODAY, Sweep
from tests.bench.peers.django_cases import Case, History, Outbox

prepare = contract.prepare


class Way:
    """The way of a State, as far as this goes."""

    stage = fsm.State([SOURCE, TARGET], default=SOURCE)

    def __init__(self, case: Case) -> None:
        self.case = case

    @stage.setter()
    def _set(self, value: str) -> None:
        self.case.stage = value

    @stage.getter()
    def _get(self) -> Any:
        return self.case.stage

    @stage.transition(source=SOURCE, target=TARGET)
    def enter_into_force(self) -> None:
        """Take the step."""
        self.case.next_on, self.case.version = NEXT, self.case.version + 1


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a loop over models, a batch a transaction."""

    def sweep() -> int:
        done = 0
        while True:
            with transaction.atomic():
                due = list(Case.objects.filter(next_on__lte=TODAY).order_by("next_on", "id")[:BATCH])
                if not due:
                    return done
                for case in due:
                    Way(case).enter_into_force()
                Case.objects.bulk_update(due, ["stage", "next_on", "version"])
                History.objects.bulk_create([History(**contract.history_row(case.pk)) for case in due])
                Outbox.objects.bulk_create([Outbox(**contract.outbox_row(case.pk)) for case in due])
                done += len(due)

    yield sweep
    connection.close()
