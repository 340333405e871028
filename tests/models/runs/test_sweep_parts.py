"""A part of a sweep is in one run's hand at a time, on either database; who falls silent loses it, and is told."""

from contextlib import closing
from datetime import timedelta

import pytest

from models.ledger.due_dossiers import Span
from models.runs import runs, sweep_parts
from tests.builders import AN_HOUR, a_workspace
from tests.casework.sweeps import many

LATER = AN_HOUR + timedelta(seconds=61)


@pytest.fixture
def record(tmp_path, record_as):
    opened = a_workspace(tmp_path, record_as(), opened=False)
    yield opened
    opened.close()


def cut(record, size=100, treaty="att"):
    many(record)
    with record.registry() as connection:
        values = {"run": "one", "actor": "system:sweep:one", "started_at": AN_HOUR, "counts": '{"due":197}'}
        sweep = runs.begin_sweep(connection, treaty=treaty, day=record.today(), **values)
        sweep_parts.cut(connection, sweep, on=record.today(), treaty="att", size=size)
    return sweep


def takes(record, sweep, holder, now=AN_HOUR):
    with record.registry() as connection:
        return sweep_parts.take(connection, sweep, holder, now=now, seconds=60)


def beats(record, part, holder, now=AN_HOUR, **counts):
    with record.registry() as connection:
        return sweep_parts.beat(connection, part, holder, now=now, counts=counts)


def ends(record, part, holder, **counts):
    with record.registry() as connection:
        return sweep_parts.end(connection, part, holder, at=AN_HOUR, counts=counts)


def at_work(record, now=AN_HOUR):
    with record.reading() as connection:
        return sweep_parts.at_work(connection, now=now, seconds=60)


def test_every_dossier_is_in_one_part_also_what_comes_after(record):
    sweep = cut(record, size=80)
    first, second, third = (takes(record, sweep, "one") for _ in range(3))
    assert (first.within.first, third.within.last) == (0, None)
    assert second.within.first == first.within.last + 1
    assert third.within.first == second.within.last + 1
    assert takes(record, sweep, "one") is None


def test_a_part_that_is_due_in_full_is_no_part_more(record):
    sweep = cut(record, size=197)
    assert takes(record, sweep, "one").within == Span(0, None)
    assert takes(record, sweep, "another") is None


def test_each_takes_the_next_and_nobody_what_another_holds(record):
    sweep = cut(record)
    one, another = takes(record, sweep, "one"), takes(record, sweep, "another")
    assert (one.number, another.number) == (1, 2)
    assert beats(record, one, "one")
    assert not beats(record, one, "another")
    assert at_work(record) == {"sweep:att"}


def test_who_falls_silent_is_taken_over_and_then_told(record):
    sweep = cut(record)
    part = takes(record, sweep, "one")
    assert takes(record, sweep, "another", LATER) == part
    assert not beats(record, part, "one", LATER)
    assert not ends(record, part, "one")


def test_who_takes_a_part_over_goes_on_counting_from_what_the_run_before_had_written(record):
    sweep = cut(record)
    part = takes(record, sweep, "one")
    assert beats(record, part, "one", advanced=3)
    assert takes(record, sweep, "another", LATER) == (*part[:3], {"advanced": 3})
    with record.reading() as connection:
        assert sweep_parts.came_to(connection, sweep) == [{"advanced": 3}, {}]


def test_what_somebody_counted_who_was_about_to_end_the_sweep_stands_for_all_its_parts(record):
    sweep = cut(record)
    assert ends(record, takes(record, sweep, "one"), "one", advanced=2)
    with record.registry() as connection:
        sweep_parts.keep(connection, sweep_parts.shared(connection, "att"), {"advanced": 5})
        assert sweep_parts.came_to(connection, sweep) == [{"advanced": 5}]
        assert sweep_parts.shared(connection, "att").due == 197


def test_a_sign_of_life_keeps_it(record):
    sweep = cut(record, size=197)
    part = takes(record, sweep, "one")
    assert beats(record, part, "one", AN_HOUR + timedelta(seconds=30))
    assert takes(record, sweep, "another", LATER) is None
    assert at_work(record, LATER) == {"sweep:att"}


def test_a_sign_of_life_of_a_clock_that_was_wrong_is_not_believed(record):
    sweep = cut(record, size=197)
    part = takes(record, sweep, "one", AN_HOUR + timedelta(hours=1))
    assert at_work(record) == set()
    assert takes(record, sweep, "another") == part


@pytest.mark.postgres
def test_a_part_that_its_holder_writes_of_just_now_is_passed_over_and_waited_for_by_nobody(
    tmp_path, postgres_record_as
):
    with closing(a_workspace(tmp_path, postgres_record_as(), opened=False)) as record:
        sweep = cut(record)
        part = takes(record, sweep, "one")
        with record.registry() as writing:
            assert sweep_parts.beat(writing, part, "one", now=AN_HOUR, counts={})
            with record.registry() as connection:
                connection.exec_driver_sql("SET LOCAL lock_timeout = '2s'")
                found = sweep_parts.take(connection, sweep, "another", now=LATER, seconds=60)
        assert found.number == part.number + 1


def test_what_is_done_is_taken_by_nobody_and_counted(record):
    sweep = cut(record)
    first, second = takes(record, sweep, "one"), takes(record, sweep, "another")
    assert ends(record, second, "another", advanced=2)
    assert not beats(record, second, "another")
    assert takes(record, sweep, "another", LATER).number == first.number
    with record.reading() as connection:
        assert sweep_parts.came_to(connection, sweep) == [{}, {"advanced": 2}]
        assert sweep_parts.left(connection, sweep) == [(1, LATER)]
        assert sweep_parts.shared(connection, "att") == (sweep, record.today(), 197)
    assert ends(record, first, "another", advanced=1)
    assert takes(record, sweep, "another", LATER) is None
    with record.reading() as connection:
        assert sweep_parts.left(connection, sweep) == []


def test_the_parts_of_an_earlier_sweep_are_forgotten_with_the_next(record):
    earlier, of_all = cut(record), cut(record, treaty=runs.EVERY)
    later = cut(record)
    assert takes(record, earlier, "one") is None
    assert takes(record, of_all, "one") is not None
    assert takes(record, later, "one") is not None
