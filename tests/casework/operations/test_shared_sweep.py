"""Shared sweeps on PostgreSQL: three workers, one of which is lost; the rest is done without a person, and once."""

import os
import signal
from collections import Counter
from contextlib import closing
from datetime import timedelta

import pytest

from casework.core.leases import LeaseGone, UnderWay
from casework.follow_ups import reminders
from casework.operations import batches, sweep
from casework.operations.sweep import unfinished
from casework.record.audit import verify
from models.ledger import due_dossiers
from models.runs import runs, sweep_parts
from tests.bench.made_up import FIRST_DAY, Size
from tests.builders import StandingClock, a_workspace
from tests.casework.large_sweeps import make_record, steps, what_it_came_to
from tests.casework.sweep_workers import (
    BATCH,
    LEASE,
    TREATY,
    Fate,
    a_clock,
    all_together,
    send_home,
    start,
    workspace_at,
)
from tests.casework.sweeps import many
from tests.desk.running_processes import comes_about
from tests.relay import relayed

pytestmark = pytest.mark.postgres
SIZE = Size(dossiers=190, due=160, first=TREATY)


@pytest.fixture(scope="module")
def template(postgres, postgres_template, tmp_path_factory):
    """Give a record on the eve of a day on which 160 dossiers are due."""
    name = postgres.create(postgres_template)
    make_record(tmp_path_factory.mktemp("eve"), postgres.url(name), SIZE)
    return name


@pytest.fixture
def database(postgres, template):
    name = postgres.create(template)
    yield name
    postgres.drop(name)


@pytest.fixture(scope="module")
def by_one(postgres, template, tmp_path_factory):
    """Give what the sweep of the day comes to when one run does it alone and nobody is lost."""
    url = postgres.url(postgres.create(template))
    with closing(workspace_at(tmp_path_factory.mktemp("alone"), url, a_clock(), shared_from=10_000)) as workspace:
        sweep.sweep(workspace, TREATY, on=FIRST_DAY, run="alone")
        assert parts_of(workspace) == []
        return what_it_came_to(workspace), counts_of(workspace), number_of(workspace, "fact")


@pytest.fixture
def looker(postgres, database, tmp_path):
    """Give the workspace of whoever looks on, and would sweep next."""
    with closing(workspace_at(tmp_path / "looker", postgres.url(database), a_clock())) as workspace:
        yield workspace


@pytest.fixture
def hire(tmp_path):
    """Give what lets a worker of a name begin; whoever is at work when the test ends is sent home."""
    hired = []

    def hire(name, *told, **said):
        hired.append(start(tmp_path / name, *told, **said))
        return hired[-1]

    yield hire
    send_home(hired)


def parts_of(workspace):
    with workspace.reading() as connection:
        query = "SELECT number, holder, beaten_at, ended_at FROM sweep_part ORDER BY number"
        return list(connection.exec_driver_sql(query).mappings())


def holders_of(workspace):
    return {part["number"]: part["holder"] for part in parts_of(workspace)}


def counts_of(workspace):
    with workspace.reading() as connection:
        return runs.sweeps(connection)[0]["counts"]


def number_of(workspace, table):
    with workspace.reading() as connection:
        return connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar()


def lose_parts(workspace):
    """Let whatever is in hand be another's."""
    with workspace.registry() as connection:
        connection.exec_driver_sql("UPDATE sweep_part SET holder = 'another run' WHERE holder IS NOT NULL")


def facts_by(workspace, run):
    with workspace.reading() as connection:
        query = "SELECT COUNT(*) FROM fact WHERE actor = %s"
        return connection.exec_driver_sql(query, (f"system:sweep:{run}",)).scalar()


def assert_as_by_one(workspace, by_one):
    """See that nothing was done twice or left, and that the sweep was ended once."""
    came_to, counts, facts = by_one
    assert number_of(workspace, "fact") == facts
    assert what_it_came_to(workspace) == came_to
    assert counts_of(workspace) == counts, "what a run did before it was lost is counted too"
    assert set(steps(workspace).values()) == {1}
    found = verify(workspace)
    assert (found.chain, found.replay) == ((), ())
    with workspace.reading() as connection:
        of_the_day = [row["state"] for row in runs.sweeps(connection) if row["day"] == FIRST_DAY]
        assert (of_the_day, runs.leases(connection)) == (["completed"], [])
    assert all(part["ended_at"] for part in parts_of(workspace))


@pytest.mark.slow
def test_three_workers_share_a_sweep_and_come_to_what_one_comes_to(postgres, database, looker, by_one, hire):
    clock, together = a_clock(), all_together(3)
    workers = [hire(f"worker {n}", postgres.url(database), clock, together=together) for n in range(3)]
    assert [worker.ended for worker in workers] == ["done"] * 3
    assert_as_by_one(looker, by_one)
    assert set(holders_of(looker).values()) == {worker.run for worker in workers}
    assert sweep.sweep(looker, TREATY, on=FIRST_DAY, run="once more").repeated


@pytest.mark.slow
@pytest.mark.parametrize("fate", Fate)
def test_a_worker_that_is_lost_is_taken_over_and_writes_nothing_more(postgres, database, looker, by_one, hire, fate):
    clock = a_clock()
    with relayed(postgres.socket) as relay:
        url = relay.url(database) if fate is Fate.CUT_OFF else postgres.url(database)
        lost = hire("lost", url, clock, fate)
        assert lost.met.wait(LEASE * 10)
        relay.cut()
        lost.goes_on.set()
        in_hand = next(part for part in parts_of(looker) if part["holder"] == lost.run)
        wrote = facts_by(looker, lost.run)
        others = [hire(name, postgres.url(database), clock) for name in ("second", "third")]
        assert comes_about(lambda: holders_of(looker)[in_hand["number"]] != lost.run, LEASE * 10)
        taken = next(part for part in parts_of(looker) if part["number"] == in_hand["number"])
        if fate is Fate.STOPPED:
            os.kill(lost.process.pid, signal.SIGCONT)
        assert [other.ended for other in others] == ["done"] * 2
    assert lost.ended == {Fate.KILLED: ""}.get(fate, "StoreUnreachable")
    assert taken["beaten_at"] - in_hand["beaten_at"] <= timedelta(seconds=2 * LEASE)
    assert facts_by(looker, lost.run) == wrote > 0
    assert_as_by_one(looker, by_one)


@pytest.mark.slow
def test_a_sweep_that_lost_all_its_workers_is_missed_and_finished_by_the_next_run(
    postgres, database, looker, by_one, hire
):
    clock, fates = a_clock(), (Fate.KILLED, Fate.STOPPED, Fate.CUT_OFF)
    with relayed(postgres.socket) as relay:
        urls = {Fate.CUT_OFF: relay.url(database)}
        lost = [hire(fate.name, urls.get(fate, postgres.url(database)), clock, fate) for fate in fates]
        assert all(worker.met.wait(LEASE * 10) for worker in lost)
        relay.cut()
        for worker in lost:
            worker.goes_on.set()
        assert unfinished(looker) == []
        assert comes_about(lambda: unfinished(looker) == [(TREATY, FIRST_DAY)], LEASE * 10), (
            "the post asks for it again"
        )
        found = sweep.sweep(looker, TREATY, on=FIRST_DAY, run="next")
        assert (found.due, found.failed, found.repeated) == (SIZE.due, (), False)
        os.kill(lost[1].process.pid, signal.SIGCONT)
    assert [worker.ended for worker in lost] == ["", "StoreUnreachable", "StoreUnreachable"]
    assert_as_by_one(looker, by_one)


def test_a_run_that_was_stopped_between_two_batches_writes_nothing_once_its_part_is_another_s(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)

    with pytest.raises(LeaseGone, match="taken_over"):
        sweep.sweep(looker, TREATY, on=FIRST_DAY, run="late", progress=lambda *_: lose_parts(looker))
    with looker.reading() as connection:
        assert due_dossiers.count_due(connection, FIRST_DAY, treaty=TREATY) == SIZE.due - BATCH
    assert holders_of(looker)[1] == "another run"


@pytest.mark.slow
def test_a_part_that_somebody_holds_by_a_clock_that_stands_is_not_waited_for_without_end(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)
    with pytest.raises(LeaseGone):
        sweep.sweep(looker, TREATY, on=FIRST_DAY, run="lost", progress=lambda *_: lose_parts(looker))
    looker.clock = StandingClock(max(part["beaten_at"] for part in parts_of(looker) if part["holder"]))
    with pytest.raises(UnderWay, match="under_way"):
        sweep.sweep(looker, TREATY, on=FIRST_DAY, run="next")
    assert {number for number, holder in holders_of(looker).items() if holder == "another run"} == {1}


def test_a_sweep_of_another_day_that_was_left_unfinished_comes_first(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)

    def lost(_done, _of):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep.sweep(looker, TREATY, on=FIRST_DAY, run="lost", progress=lost)
    looker.clock = type(looker.clock)(looker.clock.shift + timedelta(days=1))
    found = sweep.sweep(looker, TREATY, run="next day")
    with looker.reading() as connection:
        ended = [(row["day"], row["state"]) for row in runs.sweeps(connection)[:2]]
    assert found.on == FIRST_DAY + timedelta(days=1)
    assert ended == [(found.on, "completed"), (FIRST_DAY, "completed")]


def test_what_a_run_did_that_is_lost_while_it_ends_the_sweep_is_counted_too(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)
    before, remind = number_of(looker, "notice"), reminders.remind

    def lost(*args, **said):
        with looker.registry() as connection:
            connection.exec_driver_sql("UPDATE follow_up SET next_rung_on = %s", (FIRST_DAY,))
        told = number_of(looker, "notice")
        remind(*args, **said)
        assert number_of(looker, "notice") > told
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(reminders, "remind", lost)
        with pytest.raises(KeyboardInterrupt):
            sweep.sweep(looker, TREATY, on=FIRST_DAY, run="lost")
    found = sweep.sweep(looker, TREATY, on=FIRST_DAY, run="next")
    assert (found.due, found.notices) == (SIZE.due, number_of(looker, "notice") - before)


def test_whoever_comes_to_the_end_second_finds_it_ended_and_says_the_same(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)
    done, called = [], []

    def another(_day):
        done.append(sweep.sweep(looker, TREATY, on=FIRST_DAY, run="second", others=called.append))
        with looker.reading() as connection:
            done.append(runs.sweeps(connection)[0])

    found = sweep.sweep(looker, TREATY, on=FIRST_DAY, run="first", others=another)
    with looker.reading() as connection:
        assert runs.sweeps(connection)[0] == done[1], "it is ended once"
    assert (found, called) == (done[0], []), "who joins calls nobody"
    assert set(holders_of(looker).values()) == {"second"}


def test_where_little_is_due_there_are_parts_for_each_of_the_runs_too(looker):
    """A part of two batches, a thousand dossiers, would be all that any one treaty has."""
    looker.settings = looker.settings.model_copy(update={"sweep_runs": 3})
    sweep.sweep(looker, TREATY, on=FIRST_DAY, run="first")
    assert len(parts_of(looker)) == 12


def test_sqlite_has_one_writer_so_there_a_sweep_is_one_run_s(sqlite_record_url, tmp_path):
    with closing(a_workspace(tmp_path, sqlite_record_url, opened=False, shared_from=1)) as workspace:
        called = []
        many(workspace)
        assert sweep.sweep(workspace, "att", run="alone", others=called.append).due
        assert (parts_of(workspace), called) == ([], [])


def test_others_are_called_once_and_only_where_there_is_something_to_share(looker, monkeypatch):
    monkeypatch.setattr(batches, "BATCH", BATCH)
    called = []
    sweep.sweep(looker, TREATY, on=FIRST_DAY, run="first", others=called.append)
    sweep.sweep(looker, TREATY, on=FIRST_DAY, run="again", others=called.append)
    assert called == [FIRST_DAY]
    assert Counter(holders_of(looker).values()) == {"first": 16}
    with looker.reading() as connection:
        assert sweep_parts.shared(connection, TREATY) is None
