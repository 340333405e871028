"""Prefect as a process of the supervisor: how it is started, and the address at which it is asked.

Nothing of Prefect is imported here: it takes seconds, and what is asked over the wire is also what is tested.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from casework.core.log_lines import JsonLines
from desk.processes.ports import HOST
from desk.scheduling.prefect_http import LONG, Patience, PrefectRefused, Server, ask

POOL = "accede"
_KEPT = timedelta(days=30)  # the record keeps what matters; Prefect keeps the window clean
_FINAL = frozenset({"COMPLETED", "FAILED", "CRASHED", "CANCELLED"})
_UNFINISHED = ("RUNNING", "PENDING", "CANCELLING")


def environment(home: Path, port: int) -> dict[str, str]:
    """Return what Prefect's programs are told: their own home, this machine only, nothing to anybody else."""
    return {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{HOST}:{port}",  # the default lets any web page in
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_CLI_PROMPT": "false",
        "PREFECT_WORKER_QUERY_SECONDS": "2",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(int(_KEPT.total_seconds())),
    }


def in_json() -> dict[str, str]:
    """Return what Prefect's programs are told, so that their lines, and those of the flows, are as the desk's are."""
    lines = f"{JsonLines.__module__}.{JsonLines.__qualname__}"
    return {
        "PREFECT_LOGGING_HANDLERS_CONSOLE_FORMATTER": "json",
        "PREFECT_LOGGING_HANDLERS_DEBUG_FORMATTER": "json",  # what its own threads say
        "PREFECT_LOGGING_FORMATTERS_JSON_CLASS": lines,
        "PREFECT_LOGGING_COLORS": "false",
    }


def for_clients(auth: str | None) -> dict[str, str]:
    """Return what the worker and whoever deploys are told, to be let in."""
    return {"PREFECT_API_AUTH_STRING": auth} if auth else {}


def for_server(auth: str | None) -> dict[str, str]:
    """Return what the server is told: the password without which it does nothing for anybody, itself included."""
    return {"PREFECT_SERVER_API_AUTH_STRING": auth, **for_clients(auth)} if auth else {}


def server_command(port: int) -> list[str]:
    """Return the command that runs the server, behind its gate."""
    return [sys.executable, "-m", "desk.runtime.prefect_gate", "--port", str(port)]


def database_command() -> list[str]:
    """Return the command that makes the server's database, or brings it up to date."""
    return [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]


def deploy_command(file: Path) -> list[str]:
    """Return the command that deploys all of a file such as `prefect.yaml`."""
    return [sys.executable, "-m", "prefect", "--no-prompt", "deploy", "--all", "--prefect-file", str(file)]


def worker_command() -> list[str]:
    """Return the command that runs a worker; its limit spares the machine, it is no lock."""
    return [
        *(sys.executable, "-m", "prefect", "worker", "start", "--name", POOL),
        *("--pool", POOL, "--type", "process", "--limit", "3"),
    ]


@dataclass(frozen=True, kw_only=True)
class Run:
    """A flow run: its name, the kind of its state such as COMPLETED, and what the state says."""

    name: str
    kind: str
    message: str

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will come of it."""
        return self.kind in _FINAL


@dataclass(frozen=True, kw_only=True)
class Prefect:
    """A running server."""

    port: int
    auth: str | None = field(default=None, repr=False)
    patience: Patience = LONG

    @property
    def url(self) -> str:
        """Return the address of its page."""
        return f"http://{HOST}:{self.port}"

    def is_healthy(self) -> bool:
        """Tell whether it answers yet."""
        try:
            return self.ask("GET", "/health") is True
        except PrefectRefused:
            return False

    def ensure_pool(self, directory: Path) -> None:
        """Make the work pool, or tell it anew how and where a run is started: this Python may have moved."""
        template = {"base_job_template": _job_template(directory)}
        try:
            self.ask("POST", "/work_pools/", {"name": POOL, "type": "process", **template})
        except PrefectRefused:
            self.ask("PATCH", f"/work_pools/{POOL}", template)

    def tidy(self, now: datetime) -> None:
        """Say of runs that a killed process left behind what became of them, and let one run stand for all late ones.

        To be called while no worker runs. Prefect leaves a killed run Running for ever, and would start every
        run that fell due while nobody was there at once.
        """
        for run in self._runs({"state": {"type": {"any_": list(_UNFINISHED)}}}):
            self._set_state(run, "CRASHED", "Its process was gone when Accede started again.")
        late = self._runs(
            {
                "state": {"type": {"any_": ["SCHEDULED"]}},
                "next_scheduled_start_time": {"before_": now.isoformat()},
            }
        )
        for run in late:
            self._set_state(run, "CANCELLED", "Nobody was there to run it; one later run does its work.")
        for deployment in sorted({run["deployment_id"] for run in late if run["deployment_id"]}):
            self._start(deployment, {})

    def run(self, deployment: str, **parameters: str) -> str:
        """Ask for a run of a deployment such as `sweep/att`; return the run's id."""
        found = self.ask("GET", f"/deployments/name/{deployment}")
        return self._start(found["id"], {"parameters": parameters, "state": _SCHEDULED})

    def look(self, run: str) -> Run:
        """Return how a run stands."""
        found = self.ask("GET", f"/flow_runs/{run}")
        state = found["state"]
        return Run(name=found["name"], kind=state["type"], message=state["message"] or "")

    def _runs(self, which: Mapping[str, Any]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.ask("POST", "/flow_runs/filter", {"flow_runs": which})
        return found

    def _set_state(self, run: Mapping[str, Any], kind: str, message: str) -> None:
        state = {"type": kind, "name": kind.capitalize(), "message": message}
        self.ask("POST", f"/flow_runs/{run['id']}/set_state", {"state": state, "force": True})

    def _start(self, deployment: str, run: Mapping[str, Any]) -> str:
        """Make a run, once however often it must be asked; return its id."""
        body = {**run, "idempotency_key": str(uuid4())}
        return str(self.ask("POST", f"/deployments/{deployment}/create_flow_run", body)["id"])

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Ask its interface; PrefectRefused when it does not do what it was asked."""
        return ask(Server(url=self.url, auth=self.auth), method, path, body, patience=self.patience)


_SCHEDULED = {"type": "SCHEDULED", "message": "Asked for by Accede."}


def _job_template(directory: Path) -> dict[str, Any]:
    """Return how a run is started: by this Python at once, and in the worker's own group.

    The pool's own way starts Prefect twice for each run, in a session that outlives its worker.
    """
    command = shlex.join([sys.executable, "-m", "prefect.engine"])
    options: dict[str, dict[str, Any]] = {
        "command": {"type": "string", "default": command},
        "env": {"type": "object", "additionalProperties": {"type": "string"}},
        "name": {"type": "string"},
        "stream_output": {"type": "boolean", "default": True},
        "working_dir": {"type": "string", "default": str(directory)},
    }
    return {
        "job_configuration": {name: f"{{{{ {name} }}}}" for name in options},
        "variables": {"type": "object", "properties": options},
    }
