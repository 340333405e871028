"""viewflow: a flow for each case, which waits at a timer of the library's own; the library's dispatcher is the sweep.

All of it in one transaction, which is less than its command does: that commits after each timer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from viewflow import this
from viewflow.workflow import flow, timers
from viewflow.workflow.models import Process, Task

from tests.bench.peers import contract
from tests.bench.peers.contract import LATER, NEXT, SOURCE, TARGET, TODAY, Sweep
from tests.bench.peers.django_cases import Case, History, Outbox


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


class Way(flow.Flow):
    """The way of a State, as far as this goes."""

    start = flow.StartHandle(this.begin).Next(this.deposit)
    deposit = flow.Timer(_morning(TODAY)).Next(this.enter_into_force)
    enter_into_force = flow.Function(this.take).Next(this.implementation)
    implementation = flow.Timer(_morning(NEXT)).Next(this.end)
    end = flow.End()

    def begin(self, activation: Any, case: int) -> Any:
        """Say which case it is."""
        activation.process.data = {"case": case}
        return activation.process

    def take(self, activation: Any) -> None:
        """Take the step, and write what comes with it."""
        id_ = activation.process.data["case"]
        at_source = Case.objects.filter(pk=id_, stage=SOURCE, version=0)
        if at_source.update(stage=TARGET, next_on=NEXT, version=1) != 1:
            raise ValueError("A case is not where the step begins.")
        History.objects.create(**contract.history_row(id_))
        Outbox.objects.create(**contract.outbox_row(id_))


def prepare(url: str, count: int) -> None:
    """Begin one flow in the library's own way; the others are as this."""
    contract.prepare(url, count)
    call_command("migrate", verbosity=0)
    today = set(contract.due(count))
    with transaction.atomic():
        begun = Way.start.run(case=1)
        start, timer = Task.objects.filter(process=begun).order_by("pk")
        numbers = range(2, count + 1)
        others = Process.objects.bulk_create([_as(begun, data={"case": number}) for number in numbers])
        starts = Task.objects.bulk_create([_as(start, process=other) for other in others])
        days = [_morning(TODAY if number in today else LATER) for number in numbers]
        waits = [_as(timer, process=other, scheduled=day) for other, day in zip(others, days, strict=True)]
        Task.objects.bulk_create(waits)
        follows = Task.previous.through
        pairs = zip(waits, starts, strict=True)
        follows.objects.bulk_create([follows(from_task=wait, to_task=before) for wait, before in pairs])
    connection.close()


def _as(row: Any, **values: Any) -> Any:
    """Return a row like another, not yet in the database."""
    other = copy(row)
    other._state = copy(row._state)
    other._state.fields_cache = {}
    other.pk, other._state.adding = None, True
    for name, value in values.items():
        setattr(other, name, value)
    return other


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give the dispatcher."""

    def sweep() -> int:
        with transaction.atomic():
            fired: int = timers.fire_due_timers()
        return fired

    yield sweep
    connection.close()
