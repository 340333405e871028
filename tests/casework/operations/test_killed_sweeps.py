"""Sweeps killed in the middle: no State is moved twice, nothing is forgotten, and the next run takes over."""

from __future__ import annotations

import multiprocessing
import random
import signal
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest

from casework.operations import batches
from casework.operations.sweep import sweep
from casework.record.audit import verify
from models.ledger import due_dossiers
from models.runs import runs
from tests.bench.made_up import FIRST_DAY, Size, made_up
from tests.builders import a_workspace
from tests.casework.large_sweeps import make_record, steps, what_it_came_to

SIZE = Size(dossiers=2000, due=2000)
KILLS, BATCH, AT_MOST = 20, 20, 4  # a run is killed before or after so many batches of a hundred
LEASE = 60
SIX = datetime.combine(FIRST_DAY, time(6), UTC)

#: A child is forked from a server that has everything loaded, so that kills fall into the sweep.
_nursery = multiprocessing.get_context("forkserver")
_nursery.set_forkserver_preload(["tests.casework.loaded"])


def the_workspace(home, url, round_):
    """Open the workspace at an hour by which the leases of earlier rounds have run out."""
    hour = SIX + round_ * timedelta(seconds=LEASE + 1)
    return a_workspace(Path(home), url, opened=False, now=hour, pathways=made_up, lease_seconds=LEASE)


def sweep_until_killed(home, url, round_, treated):
    batches.BATCH = BATCH
    workspace = the_workspace(home, url, round_)

    def count(_done, _of):
        with treated.get_lock():
            treated.value += 1

    sweep(workspace, None, run=f"round {round_}", progress=count)


@pytest.mark.slow
def test_a_sweep_killed_twenty_times_moves_no_state_twice(tmp_path, store_url):
    make_record(tmp_path, store_url, SIZE)
    killed = sum(killed_in(tmp_path, store_url, round_) for round_ in range(KILLS))
    workspace = the_workspace(tmp_path, store_url, KILLS)
    left = still_due(workspace)
    last = sweep(workspace, None, run="the last")
    assert (last.failed, sweep(workspace, None, run="once more").repeated) == ((), True)

    assert killed == KILLS
    assert 0 < left < SIZE.due, "the kills fell before or after the sweeping, and this test shows nothing"
    assert still_due(workspace) == 0
    assert Counter(steps(workspace).values()) == {1: len(steps(workspace))}
    found = verify(workspace)
    assert (found.chain, found.replay) == ((), ())
    assert what_it_came_to(workspace) == undisturbed(tmp_path / "twin")
    noted = Counter(row["state"] for row in runs_of(workspace))
    assert noted == {"completed": 1, "taken over": noted["taken over"]}
    assert noted["taken over"] > KILLS / 2
    workspace.close()


def killed_in(home, url, round_):
    """Let a sweep run and kill it at a moment of its own; tell whether it was killed at work."""
    moment = random.Random(round_)
    treated = _nursery.Value("i", 0)
    child = _nursery.Process(target=sweep_until_killed, args=(str(home), url, round_, treated))
    child.start()
    enough = moment.randint(1, AT_MOST)
    while child.is_alive() and treated.value < enough:
        child.join(0.001)
    child.join(moment.uniform(0.0, 0.02))
    child.kill()
    child.join()
    return child.exitcode == -signal.SIGKILL


def undisturbed(home):
    """Return what the same record comes to when nobody kills anything."""
    home.mkdir()
    url = f"sqlite:///{home / 'record.db'}"
    make_record(home, url, SIZE)
    workspace = the_workspace(home, url, 0)
    sweep(workspace, None, run="undisturbed")
    came_to = what_it_came_to(workspace)
    workspace.close()
    return came_to


def still_due(workspace):
    with workspace.reading() as connection:
        return due_dossiers.count_due(connection, FIRST_DAY, treaty=None)


def runs_of(workspace):
    with workspace.reading() as connection:
        return [row for row in runs.sweeps(connection, limit=100) if row["day"] == FIRST_DAY]
