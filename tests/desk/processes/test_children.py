"""No child outlives the one who started it, however that one ends."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk.running_processes import all_gone, comes_about

SMALL = Path(__file__).with_name("small_supervisor.py")


@dataclass(frozen=True, kw_only=True)
class Started:
    """A small supervisor at work."""

    process: subprocess.Popen[str]
    place: Path

    def pids(self):
        """Return the numbers of everything it has started."""
        return [int(file.read_text()) for file in self.place.glob("*.pid")]

    @property
    def said(self):
        """Return what it said at its end."""
        return self.process.communicate(timeout=60)[1]


@pytest.fixture
def start(tmp_path):
    """Give a starter of small supervisors; each is killed at the end if it must be."""
    started = []

    def with_children(*kinds):
        process = subprocess.Popen([sys.executable, SMALL, tmp_path, *kinds], stderr=subprocess.PIPE, text=True)
        started.append(process)
        expected = {"supervisor", *kinds, *({"grandchild"} if "parent" in kinds else ())} - {"brief"}
        assert comes_about(
            lambda: all((tmp_path / f"{k}.pid").exists() and (tmp_path / f"{k}.pid").read_text() for k in expected)
        )
        return Started(process=process, place=tmp_path)

    yield with_children
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda s: s.name)
def test_a_stop_signal_leaves_no_process_behind(start, signum):
    small = start("patient", "parent")
    small.process.send_signal(signum)
    assert small.process.wait(60) == 0
    assert all_gone(small.pids())


def test_a_killed_supervisor_leaves_no_process_behind_and_no_grandchild(start):
    small = start("deaf", "parent")
    small.process.kill()
    assert all_gone(small.pids())


def test_killing_the_reaper_too_leaves_no_child_behind(start):
    small = start("deaf")
    children = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(small.process.pid)], capture_output=True, text=True, check=True
    )
    reaper = next(line.split()[0] for line in children.stdout.splitlines() if "desk.processes.orphan_reaper" in line)
    os.kill(int(reaper), signal.SIGKILL)
    small.process.kill()
    assert all_gone(small.pids())


def test_who_was_started_last_is_asked_to_end_first(start):
    small = start("patient", "waiting")
    small.process.send_signal(signal.SIGINT)
    assert small.process.wait(60) == 0
    assert (small.place / "ended").read_text().split() == ["waiting", "patient"]


def test_a_second_stop_signal_ends_the_deaf_without_grace(start):
    small = start("deaf")
    small.process.send_signal(signal.SIGINT)
    with pytest.raises(subprocess.TimeoutExpired):  # the deaf one has a minute's grace
        small.process.wait(1)
    small.process.send_signal(signal.SIGINT)
    assert small.process.wait(20) == 0
    assert all_gone(small.pids())


def test_a_child_that_falls_ends_the_rest_and_its_words_are_found(start):
    small = start("patient", "brief")
    assert "The brief has stopped by itself" in small.said
    assert "disk is on fire" in (small.place / "log" / "brief.log").read_text()
    assert all_gone(small.pids())


def test_last_times_words_are_kept_once(start, tmp_path):
    start("brief").process.wait(60)
    (tmp_path / "supervisor.pid").unlink()
    start("brief").process.wait(60)
    assert sorted(log.name for log in (tmp_path / "log").iterdir()) == ["brief.log", "brief.log.1"]


def test_nobody_else_reads_what_a_child_says(start):
    small = start("patient")
    assert (small.place / "log" / "patient.log").stat().st_mode & 0o077 == 0
