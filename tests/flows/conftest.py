"""A real Prefect server for the tests of the flows: on loopback, with a home of its own, telling nobody."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

os.environ["DO_NOT_TRACK"] = "1"  # before anything imports Prefect, which would tell that it was imported

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import State
from prefect.flow_engine import run_flow
from prefect.flows import Flow
from prefect.logging.handlers import APILogHandler
from prefect.settings import (
    PREFECT_API_AUTH_STRING,
    PREFECT_API_URL,
    PREFECT_HOME,
    PREFECT_LOGGING_TO_API_BATCH_INTERVAL,
    temporary_settings,
)
from prefect.states import Scheduled

from casework.core.workspace import Workspace, open_workspace
from casework.record.opening import open_record
from desk.runtime import prefect_server
from desk.scheduling import prefect_file
from desk.scheduling.prefect_http import PrefectRefused
from tests.builders import a_day
from tests.running_prefect import ZONE, RunningPrefect, running_prefect

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A flow run as everybody sees it on Prefect's pages."""

    state: State[Any]
    name: str
    tags: list[str]
    parameters: dict[str, Any]
    artifacts: dict[str, Any]  # by type
    everything: str  # all that Prefect holds of it: run, states, logs, artifacts

    @property
    def message(self) -> str:
        """What its state says."""
        return self.state.message or ""


@dataclass(frozen=True, kw_only=True)
class Window(RunningPrefect):
    """Prefect's pages, and the runs seen there."""

    def run(self, flow: Callable[..., State[Any]], *args: Any) -> Ran:
        """Run a flow in this process, and look at all that was told to Prefect."""
        state = flow(*args, return_state=True)
        APILogHandler().flush()
        return self.look(state)

    def run_scheduled(self, flow: Flow[..., Any], at: datetime, **parameters: Any) -> Ran:
        """Run a flow as if it had been scheduled for a moment that is past."""
        with get_client(sync_client=True) as client:
            scheduled = client.create_flow_run(flow, parameters=parameters, state=Scheduled(scheduled_time=at))
        state = run_flow(flow, flow_run=scheduled, parameters=parameters, return_type="state")
        assert isinstance(state, State)
        APILogHandler().flush()
        return self.look(state)

    def look(self, state: State[Any]) -> Ran:
        """Look at a run."""
        run_id = str(state.state_details.flow_run_id)
        run = self.ask(f"/flow_runs/{run_id}")
        of_it = {"flow_run_id": {"any_": [run_id]}}
        artifacts = self.ask("/artifacts/filter", {"artifacts": of_it})
        logs = self.ask("/logs/filter", {"logs": of_it})
        states = self.ask(f"/flow_run_states/?flow_run_id={run_id}")
        assert logs, "nothing was logged, so nothing can be said about the logs"
        return Ran(
            state=state,
            name=run["name"],
            tags=run["tags"],
            parameters=run["parameters"],
            artifacts={a["type"]: json.loads(a["data"]) if a["type"] == "table" else a["data"] for a in artifacts},
            everything=json.dumps([run, artifacts, logs, states], ensure_ascii=False),
        )

    def ask(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Ask Prefect's interface."""
        return self.prefect.ask("GET" if body is None else "POST", path, body)

    def delete(self, path: str) -> None:
        """Take something away; asked twice because the first answer was late, it is gone already."""
        with suppress(PrefectRefused):
            self.prefect.ask("DELETE", path)


@pytest.fixture(scope="session")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Window]:
    """Give a running server, and let flows of this process talk to it."""
    home = tmp_path_factory.mktemp("prefect")
    with running_prefect(home) as running:
        told: dict[Any, Any] = {PREFECT_API_URL: f"{running.prefect.url}/api", PREFECT_HOME: home}
        told |= {PREFECT_API_AUTH_STRING: running.prefect.auth, PREFECT_LOGGING_TO_API_BATCH_INTERVAL: 0.1}
        with temporary_settings(told):
            yield Window(prefect=running.prefect, children=running.children)
            APILogHandler().flush()


@pytest.fixture(scope="session")
def deployed(window: Window, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Deploy everything as anybody would, and give the deployments by name."""
    window.prefect.ensure_pool(ROOT)
    file = tmp_path_factory.mktemp("deployed") / "prefect.yaml"
    file.write_text(prefect_file.written(prefect_file.FILE.read_text(), zone=ZONE))
    told = prefect_server.for_clients(window.prefect.auth)
    deploying = window.children.start("deploy", prefect_server.deploy_command(file), told=told)
    assert window.children.finish(deploying, 90), deploying.log.read_text()
    return {
        f"{window.ask('/flows/' + d['flow_id'])['name']}/{d['name']}": d for d in window.ask("/deployments/filter", {})
    }


@pytest.fixture(scope="session")
def opened_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a training record on the eve of the Philippines' entry into force, to be copied."""
    home = tmp_path_factory.mktemp("eve")
    with closing(open_workspace(home)) as opened:
        open_record(opened, training=a_day("2022-06-21"), treaty="att")
    return home


@pytest.fixture
def workspace(opened_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """Give a record of one's own, where flows find it."""
    shutil.copytree(opened_home, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("ACCEDE_HOME", str(tmp_path))
    with closing(open_workspace()) as opened:
        yield opened
