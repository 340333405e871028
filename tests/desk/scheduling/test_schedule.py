"""Without Prefect the same is done at the same hours, and one thing that fails keeps nothing else from being done."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from casework.depositary.drop_folder import inbox_of
from casework.follow_ups.failures import open_failures
from casework.operations.flows import STARTED, Flow
from desk.processes.stop_signal import StopSignal
from desk.scheduling.schedule import once, run_due
from pathways import pathways
from tests.builders import a_workspace, clock_of
from tests.made_up_treaty import found_beside_the_real_ones


@dataclass
class QuickBell(StopSignal):
    """A stop signal whose waiting takes no time: the clock goes on by so many minutes instead, until it is given."""

    clock: object
    minutes: int
    left: int
    heard: list[float] = field(default_factory=list)

    def wait(self, seconds):
        self.clock.hour += timedelta(minutes=self.minutes)
        self.left -= 1
        return self.left < 0


@pytest.fixture
def workspace(tmp_path, sqlite_record_as):
    opened = a_workspace(tmp_path, sqlite_record_as(empty=True), opened=False)
    yield opened
    opened.close()


def a_day_long(workspace, *, minutes=10):
    said = []
    run_due(workspace, QuickBell(clock=clock_of(workspace), minutes=minutes, left=24 * 60 // minutes), said.append)
    return said


def test_a_day_has_one_sweep_one_audit_and_the_post_again_and_again(workspace):
    said = a_day_long(workspace)
    assert len([line for line in said if "sweep att 2026-07-25" in line]) == 1
    assert len([line for line in said if "the ledger is whole" in line]) == 1
    assert len([line for line in said if "  post: " in line]) == 24 * 6 + 1  # and once at the start
    assert any(line.startswith("04:00 UTC  sweep") for line in said)  # six in Geneva, in summer


def starts(workspace):
    """Start and stop at once, and return what was done."""
    said = []
    run_due(workspace, QuickBell(clock=clock_of(workspace), minutes=0, left=0), said.append)
    return [line.split("  ")[1].split(":")[0] for line in said]


def test_a_machine_that_was_off_at_the_hour_does_at_its_start_what_is_overdue_and_once(workspace):
    assert starts(workspace) == ["post", "intake"]  # the record was opened today
    clock_of(workspace).hour += timedelta(days=3)
    day = clock_of(workspace).now().date()
    assert starts(workspace) == [f"sweep att {day}", "post", "intake", "audit", "backup", "retention", "enquiry"]
    assert starts(workspace) == ["post", "intake", "enquiry"]  # which leaves no mark, and is safe to repeat


def test_what_a_clock_that_went_ahead_did_is_not_taken_for_done(workspace):
    clock_of(workspace).hour += timedelta(days=30)
    starts(workspace)
    clock_of(workspace).hour -= timedelta(days=27)
    day = clock_of(workspace).now().date()
    assert starts(workspace) == [f"sweep att {day}", "post", "intake", "audit", "backup", "retention", "enquiry"]


def test_before_the_hour_only_what_yesterday_missed_is_overdue(workspace):
    workspace.settings = workspace.settings.model_copy(update={"zone": "Pacific/Auckland"})
    clock_of(workspace).hour = clock_of(workspace).hour.replace(hour=16) + timedelta(days=3)  # four in the morning
    assert any(done.startswith("sweep") for done in starts(workspace))
    clock_of(workspace).hour += timedelta(hours=25)  # five, and yesterday was swept
    assert not any(done.startswith("sweep") for done in starts(workspace))
    clock_of(workspace).hour += timedelta(hours=1, minutes=5)
    assert any(done.startswith("sweep") for done in starts(workspace))


def test_each_treaty_has_a_sweep_of_its_own_and_what_is_for_all_of_them_is_done_once(workspace):
    with found_beside_the_real_ones():
        keys = pathways()
        said = [line.split("  ")[1].split(":")[0] for line in a_day_long(workspace)]
    day = clock_of(workspace).now().date()
    assert [line for line in said if line.startswith(("sweep", "audit"))].count("audit") == 1
    assert [line for line in said if line.startswith("sweep")] == [f"sweep {key} {day}" for key in keys]


def test_one_round_that_fails_says_why_and_the_others_go_on(workspace):
    inbox_of(workspace).write_text("a file where the folder should be")
    said = a_day_long(workspace, minutes=60)
    assert any("intake/inbox: " in line for line in said)
    assert any("sweep att" in line for line in said)
    inbox_of(workspace).unlink()
    assert once(workspace, Flow.INTAKE, treaty="att").startswith("intake: ")
    with workspace.reading() as connection:
        [failed] = open_failures(connection)
    assert (failed.about, [one.code for one in failed.reasons]) == ("intake", ["machine_did_not_do_it"])


@pytest.mark.parametrize("name", STARTED)
def test_each_can_be_done_by_itself(workspace, name):
    assert once(workspace, name, treaty="att").startswith(name)
