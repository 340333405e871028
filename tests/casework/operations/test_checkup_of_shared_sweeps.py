"""What the check-up says of a sweep that several runs share: how far it is, who is at work, and who fell silent."""

from datetime import timedelta

import pytest

from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from models.runs import runs, sweep_parts
from notifications.refusals import sentence
from tests.casework.sweeps import many


@pytest.fixture
def shared(record):
    """Give the number of a sweep that was cut into three parts."""
    many(record)
    with record.registry() as connection:
        values = {"run": "one", "actor": "system:sweep:one", "started_at": record.clock.now(), "counts": '{"due":197}'}
        number = runs.begin_sweep(connection, treaty="att", day=record.today(), **values)
        sweep_parts.cut(connection, number, on=record.today(), treaty="att", size=80)
    return number


def takes(record, sweep, holder, ago=0):
    now = record.clock.now() - timedelta(seconds=ago)
    with record.registry() as connection:
        return sweep_parts.take(connection, sweep, holder, now=now, seconds=60)


def ends(record, part, holder):
    with record.registry() as connection:
        assert sweep_parts.end(connection, part, holder, at=record.clock.now(), counts={})


def found_of(record):
    [found] = [one for one in of_record(record) if one.what == "shared sweep"]
    return found


def test_it_says_how_many_parts_are_done_and_which_run_has_which(record, shared):
    ends(record, takes(record, shared, "one"), "one")
    takes(record, shared, "two", ago=7)
    found = found_of(record)
    assert (found.name, found.of, found.condition) == ("shared sweep of att", "att", Condition.FINE)
    assert sentence(found.says) == (
        f"Shared by several runs, for {record.today()}. Parts: 3, done: 1, in hand: 1, fallen silent: 0."
        " At work: run two on part 2, last sign of life 7 s ago."
    )


def test_a_run_that_fell_silent_is_named_and_taken_over(record, shared):
    takes(record, shared, "lost", ago=61)
    found = found_of(record)
    assert (found.condition, found.todo.code) == (Condition.LATE, "lease_is_taken_over")
    assert sentence(found.says).endswith("fallen silent: 1. Silent: run lost on part 1, last sign of life 61 s ago.")


def test_one_that_nobody_is_at_work_on_is_late_and_while_somebody_ends_it_it_is_not(record, shared):
    assert found_of(record).condition is Condition.LATE
    with record.registry() as connection:
        assert runs.take_lease(connection, "sweep:att", "one", now=record.clock.now(), seconds=60)
    assert found_of(record).condition is Condition.FINE


def test_nothing_is_said_of_one_that_is_ended_nor_of_one_that_nobody_shares(record, shared):
    with record.registry() as connection:
        runs.end_sweep(connection, shared, at=record.clock.now(), counts={})
        values = {"run": "two", "actor": "system:sweep:two", "started_at": record.clock.now(), "counts": "{}"}
        runs.begin_sweep(connection, treaty="att", day=record.today(), **values)
    assert [one for one in of_record(record) if one.what == "shared sweep"] == []
