"""Runs in Prefect: what it says of each flow, for the page of runs, and a run asked for by hand.

A page waits for it a moment and no longer; when Prefect does not answer, the record still does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from uuid import uuid4

from casework.operations.flows import STARTED, Flow, deployments
from desk.scheduling.prefect_http import Patience, PrefectBusy, PrefectRefused, Server, ask

_MOMENT = 1.5  # seconds for everything a page asks
_START = Patience(one=5, in_all=10, pause=0.3)  # making a run is a write, which others may be at
_SHORTEST = 0.05


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """A flow as Prefect sees it: its last run, how that ended and what it said, and when the next one is planned.

    `run` is the last run's id, and `url` leads to it, `all_url` to all of them. `kind` is Prefect's word for a state,
    such as completed.
    """

    all_url: str
    run: str = ""
    name: str = ""
    kind: str = ""
    says: str = ""
    at: datetime | None = None
    url: str = ""
    next_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """Prefect's page, and every flow that is deployed there; `unanswered` are those it said nothing of in time."""

    url: str
    flows: Mapping[Flow, Seen]
    unanswered: frozenset[Flow] = frozenset()


def look_in(server: Server, *, treaty: str) -> Window:
    """Look at every flow; PrefectRefused when nothing is there. What takes longer than a moment is unanswered."""
    asking = _Asking(server=server, until=monotonic() + _MOMENT)
    try:
        found = asking.deployed(treaty)
    except PrefectBusy:
        return Window(url=server.page("/"), flows={}, unanswered=frozenset(Flow))
    flows: dict[Flow, Seen] = {}
    try:
        for flow, number in found.items():
            flows[flow] = asking.flow(flow, number)
    except PrefectRefused:
        return Window(url=server.page("/"), flows=flows, unanswered=frozenset(found.keys() - flows.keys()))
    return Window(url=server.page("/"), flows=flows)


def ask_for(server: Server, flow: Flow, *, treaty: str, by: int) -> None:
    """Ask for a run now, as a person's number; asked for twice by a slow answer it is made once."""
    found = ask(server, "GET", f"/deployments/name/{deployments(treaty)[flow]}", patience=_START)
    parameters = {"asked_by": by} if flow is Flow.SWEEP else {}
    body = {"parameters": parameters, "state": _ASKED, "idempotency_key": str(uuid4())}
    ask(server, "POST", f"/deployments/{found['id']}/create_flow_run", body, patience=_START)


_ASKED = {"type": "SCHEDULED", "message": "Asked for at the desk."}


@dataclass(frozen=True, kw_only=True)
class _Asking:
    """Questions that have one moment together."""

    server: Server
    until: float

    def deployed(self, treaty: str) -> dict[Flow, str]:
        """Return the number of each flow's deployment."""
        names = {name.partition("/")[2]: flow for flow, name in deployments(treaty).items()}
        found = self._ask("/deployments/filter", {"deployments": {"name": {"any_": list(names)}}})
        ours = {one["name"]: one["id"] for one in found if one["entrypoint"] == _entrypoint(names[one["name"]])}
        return {flow: ours[name] for name, flow in names.items() if name in ours}

    def flow(self, flow: Flow, number: str) -> Seen:
        """Return what there is to see of a flow."""
        last = self._run(number, {"not_any_": ["SCHEDULED"]}, "EXPECTED_START_TIME_DESC")
        coming = self._run(number, {"any_": ["SCHEDULED"]}, "EXPECTED_START_TIME_ASC") if flow in STARTED else None
        return Seen(
            all_url=self.server.page(f"/deployments/deployment/{number}"),
            run=str(last["id"]) if last else "",
            name=last["name"] if last else "",
            kind=str(last["state_type"]).lower() if last else "",
            says=(last["state"]["message"] or "") if last else "",
            at=_moment(last["start_time"] or last["expected_start_time"]) if last else None,
            url=self.server.page(f"/runs/flow-run/{last['id']}") if last else "",
            next_at=_moment(coming["expected_start_time"]) if coming else None,
        )

    def _run(self, deployment: str, state: Mapping[str, Any], sort: str) -> Mapping[str, Any] | None:
        which = {"deployments": {"id": {"any_": [deployment]}}, "flow_runs": {"state": {"type": state}}}
        found = self._ask("/flow_runs/filter", {**which, "sort": sort, "limit": 1})
        return found[0] if found else None

    def _ask(self, path: str, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        left = max(_SHORTEST, self.until - monotonic())
        found = ask(self.server, "POST", path, body, patience=Patience(one=left, in_all=left, pause=_SHORTEST))
        if not isinstance(found, list):
            raise PrefectRefused(f"What answers at {self.server.url} is not Prefect.")
        return found


def _entrypoint(flow: Flow) -> str:
    return f"flows.{flow}.{flow}"


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
