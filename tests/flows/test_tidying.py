"""What a stop leaves on Prefect's pages is put right at the next start: nothing runs for ever, nothing twelve times."""

from datetime import UTC, datetime, timedelta

import pytest

LONG_AGO = datetime(2025, 3, 1, 5, tzinfo=UTC)
SINCE = datetime(2025, 3, 2, 8, tzinfo=UTC)


@pytest.fixture
def runs_of(window, deployed):
    """Give a way to see a deployment's runs that no schedule made for the future."""

    def look(name):
        which = {"deployment_id": {"any_": [deployed[name]["id"]]}}
        found = window.ask("/flow_runs/filter", {"flow_runs": which, "sort": "START_TIME_ASC"})
        return [run for run in found if not run["auto_scheduled"]]

    yield look
    for name in ("post/letters", "audit/ledger"):
        for run in look(name):
            window.delete(f"/flow_runs/{run['id']}")


@pytest.fixture
def make(window, deployed):
    """Give a way to make a run that stands as it was left."""

    def left(name, state, at=LONG_AGO):
        said = {"type": state, "state_details": {"scheduled_time": at.isoformat()}}
        return window.ask(f"/deployments/{deployed[name]['id']}/create_flow_run", {"state": said})["id"]

    return left


def test_a_run_whose_process_was_killed_is_said_to_have_crashed(window, make, runs_of):
    killed = [make("audit/ledger", state) for state in ("RUNNING", "PENDING")]
    window.prefect.tidy(SINCE)
    assert {run: window.prefect.look(run).kind for run in killed} == dict.fromkeys(killed, "CRASHED")
    assert "process was gone" in window.prefect.look(killed[0]).message


def test_many_late_runs_become_one(window, make, runs_of):
    late = [make("post/letters", "SCHEDULED", LONG_AGO + timedelta(minutes=5 * n)) for n in range(3)]
    window.prefect.tidy(SINCE)
    assert {window.prefect.look(run).kind for run in late} == {"CANCELLED"}
    assert [run["state_type"] for run in runs_of("post/letters") if run["id"] not in late] == ["SCHEDULED"]


def test_what_is_still_to_come_is_left_alone(window, make, runs_of):
    coming = make("audit/ledger", "SCHEDULED", SINCE + timedelta(minutes=1))
    window.prefect.tidy(SINCE)
    assert window.prefect.look(coming).kind == "SCHEDULED"


def test_what_has_ended_is_left_alone(window, make, runs_of):
    ended = make("audit/ledger", "COMPLETED")
    window.prefect.tidy(SINCE)
    assert window.prefect.look(ended).kind == "COMPLETED"
