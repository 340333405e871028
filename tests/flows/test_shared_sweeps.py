"""A sweep that is to be shared asks Prefect once for more runs of itself; one that is not, for none."""

from contextlib import closing

import pytest

from casework.core.workspace import open_workspace
from casework.record.opening import move_clock
from flows.sweep import sweep
from tests.builders import a_day

pytestmark = pytest.mark.postgres


@pytest.fixture
def on_postgres(postgres_record_as, tmp_path, monkeypatch):
    """Give a training record on PostgreSQL on the day before an entry into force, where flows find it."""
    monkeypatch.setenv("ACCEDE_HOME", str(tmp_path))
    monkeypatch.setenv("ACCEDE_DATABASE_URL", postgres_record_as(training="2022-06-21"))
    with closing(open_workspace()) as opened:
        yield opened


def asked_for(window, deployed, day):
    which = {"flow_runs": {"deployment_id": {"any_": [deployed["sweep/att"]["id"]]}}}
    asked = [run["parameters"] for run in window.ask("/flow_runs/filter", which) if not run["auto_scheduled"]]
    return [parameters for parameters in asked if parameters.get("on") == day]


def test_a_sweep_of_much_asks_once_for_more_runs_of_itself(window, deployed, on_postgres, monkeypatch):
    monkeypatch.setenv("ACCEDE_SHARED_FROM", "1")
    monkeypatch.setenv("ACCEDE_SWEEP_RUNS", "3")
    move_clock(on_postgres, a_day("2022-06-22"))
    ran = window.run(sweep, "att", None, 7)
    assert ran.state.is_completed()
    assert ran.artifacts["progress"] == 100
    other = {"treaty": "att", "on": "2022-06-22", "asked_by": 7}
    assert asked_for(window, deployed, "2022-06-22") == [other] * 2
    assert window.run(sweep, "att", a_day("2022-06-22"), 7).message.endswith("nothing has become due since.")
    assert asked_for(window, deployed, "2022-06-22") == [other] * 2


def test_a_sweep_of_little_asks_for_none(window, deployed, on_postgres, monkeypatch):
    monkeypatch.setenv("ACCEDE_SWEEP_RUNS", "3")
    move_clock(on_postgres, a_day("2022-06-23"))
    assert window.run(sweep, "att").state.is_completed()
    assert asked_for(window, deployed, "2022-06-23") == []
