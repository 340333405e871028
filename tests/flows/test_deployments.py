"""prefect.yaml deploys every flow, on the office's hours, and holds no lock and no secret."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml  # type: ignore[import-untyped]
from prefect.flows import Flow
from prefect.server.schemas.schedules import CronSchedule

from casework.operations.flows import FLOWS
from desk.runtime.prefect_server import POOL
from desk.scheduling.prefect_file import written
from pathways import pathways
from tests.desk.running_processes import comes_about
from tests.made_up_treaty import found_beside_the_real_ones
from tests.running_prefect import ZONE

ROOT = Path(__file__).resolve().parents[2]
DECLARED = yaml.safe_load((ROOT / "prefect.yaml").read_text())["deployments"]
GENEVA = ZoneInfo("Europe/Zurich")


def flow_of(deployment):
    module, _, name = deployment["entrypoint"].rpartition(".")
    found = getattr(import_module(module), name)
    assert isinstance(found, Flow)
    return found


def name_of(deployment):
    return f"{flow_of(deployment).name}/{deployment['name']}"


def times(deployment):
    """Return the next hours of a schedule over three days, a change to winter time and a Monday among them."""
    [schedule] = deployment["schedules"]
    start, end = (datetime(2026, 10, day, 12, tzinfo=UTC) for day in (24, 27))
    dates = asyncio.run(CronSchedule(**schedule).get_dates(n=1000, start=start, end=end))
    return [moment.astimezone(UTC) for moment in dates if start < moment <= end]


def test_every_flow_is_deployed():
    flows = {f"flows.{path.stem}.{path.stem}" for path in (ROOT / "flows").glob("*.py")}
    flows -= {f"flows.{name}.{name}" for name in ("__init__", "artifacts", "discretion")}
    assert {deployment["entrypoint"] for deployment in DECLARED} == flows


@pytest.mark.parametrize("deployment", DECLARED, ids=name_of)
def test_a_deployment_waits_for_nobody_s_place(deployment):
    assert deployment["work_pool"] == {"name": POOL}
    assert "concurrency_limit" not in deployment
    assert flow_of(deployment).retries == 0


@pytest.mark.parametrize("deployment", DECLARED, ids=name_of)
def test_no_parameter_could_hold_a_state(deployment):
    named = flow_of(deployment).parameters.properties
    assert set(named) <= {"treaty", "on", "folder", "request", "asked_by"}
    assert [kind["type"] for kind in named.get("asked_by", {}).get("anyOf", [])] in ([], ["integer", "null"])
    assert deployment.get("parameters", {}) in ({}, *({"treaty": treaty} for treaty in pathways()))


@pytest.mark.slow
def test_what_is_done_at_an_hour_is_done_at_the_office_s_and_the_rest_whatever_its_clock(deployed):
    zones = {name: [one["schedule"]["timezone"] for one in found["schedules"]] for name, found in deployed.items()}
    assert zones["sweep/att"] == zones["audit/ledger"] == [ZONE]
    assert zones["post/letters"] == zones["intake/inbox"] == ["UTC"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("sweep/att", r"sweep att \d{4}-\d\d-\d\d"),
        ("audit/ledger", r"audit \d{4}-\d\d-\d\d"),
        ("post/letters", "post"),
        ("intake/inbox", "intake"),
    ],
)
def test_a_run_carries_its_name_before_it_begins(window, deployed, name, called):
    which = {"deployment_id": {"any_": [deployed[name]["id"]]}, "state": {"type": {"any_": ["SCHEDULED"]}}}
    found = []

    def scheduled():
        found[:] = [one for one in window.ask("/flow_runs/filter", {"flow_runs": which}) if one["auto_scheduled"]]
        return bool(found)

    assert comes_about(scheduled)
    assert [one["name"] for one in found if not re.fullmatch(called, one["name"])] == []


def test_each_flow_that_takes_a_treaty_is_deployed_for_each_of_them_and_every_other_once():
    with found_beside_the_real_ones():
        keys = pathways()
        both = yaml.safe_load(written((ROOT / "prefect.yaml").read_text()))["deployments"]
        takes = {d["name"]: "treaty" in flow_of(d).parameters.properties for d in both}
        of_treaties = {name_of(d): (d["parameters"], d["tags"]) for d in both if takes[d["name"]]}
        assert of_treaties == {f"sweep/{key}": ({"treaty": key}, [key, "sweep"]) for key in keys}
    others = [d["entrypoint"] for d in both if not takes[d["name"]]]
    assert sorted(others) == sorted(d["entrypoint"] for d in DECLARED if d["name"] != "att")


@pytest.mark.parametrize("deployment", [d for d in DECLARED if d["schedules"]], ids=name_of)
def test_without_prefect_the_same_is_done_at_the_same_hours(deployment):
    schedule = FLOWS[flow_of(deployment).name].schedule
    minute = timedelta(minutes=1)
    moments = (datetime(2026, 10, 24, 12, 1, tzinfo=UTC) + n * minute for n in range(3 * 24 * 60))
    struck = [m for m in moments if schedule.falls_between(m - minute, m, GENEVA)]
    assert struck == times(deployment)
    assert [schedule.next_after(m, GENEVA) for m in struck[:-1]] == struck[1:]
    assert [schedule.last_before(m + minute, GENEVA) for m in struck] == struck


def test_what_is_done_on_mondays_is_done_on_the_next_and_was_on_the_last():
    schedule = FLOWS["retention"].schedule
    monday = datetime(2026, 10, 26, 4, tzinfo=UTC)  # five in Geneva, in winter
    week = timedelta(days=7, hours=1)  # on the Monday before it was summer there
    assert schedule.next_after(monday - timedelta(seconds=1), GENEVA) == monday
    assert schedule.next_after(monday - timedelta(days=6), GENEVA) == monday
    assert schedule.last_before(monday - timedelta(seconds=1), GENEVA) == monday - week
    assert schedule.last_before(monday + timedelta(days=6), GENEVA) == monday


def test_what_is_done_once_a_day_is_done_by_geneva_s_clock():
    zones = {name_of(d): s["timezone"] for d in DECLARED for s in d["schedules"]}
    assert (zones["sweep/att"], zones["audit/ledger"]) == ("Europe/Zurich", "Europe/Zurich")


def test_what_is_deployed_is_written_from_the_flows_as_they_are_declared():
    text = (ROOT / "prefect.yaml").read_text()
    assert written(text) == text, "make schedules writes it anew"


def test_a_step_is_only_taken_when_somebody_asks():
    [request] = [d for d in DECLARED if d["entrypoint"] == "flows.advance.advance"]
    assert request["schedules"] == []


@pytest.mark.slow
def test_what_is_deployed_is_what_is_declared(deployed):
    assert set(deployed) == set(map(name_of, DECLARED))
    for declared in DECLARED:
        found = deployed[name_of(declared)]
        hours = [(s["schedule"]["cron"], s["schedule"]["timezone"]) for s in found["schedules"]]
        assert hours == [(s["cron"], s["timezone"].replace(GENEVA.key, ZONE)) for s in declared["schedules"]]
        assert found["pull_steps"] == [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]
        assert found["tags"] == declared["tags"]
