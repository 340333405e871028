"""The page of runs, from the record: what each flow did last, what failed, and the letters that reached nobody.

For the Secretariat alone. What Prefect says of the same runs is not asked here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

from casework.core.actors import names_of
from casework.core.rights import require_secretariat
from casework.core.workspace import Workspace
from casework.depositary.drop_folder import waiting
from casework.follow_ups.failures import FailureView, open_failures
from casework.letters.administration import LetterView, list_letters
from casework.operations import shared_sweep
from casework.operations.checkup import check_up
from casework.operations.findings import Finding
from casework.operations.flows import FLOWS, Flow
from casework.operations.manual_runs import ASKED, row_of
from casework.record.nightly import last_backup
from casework.retention.weekly import looked_through_at
from models.runs import health, journal, runs, sweep_parts
from models.store.engine import Connection
from notifications.outbox import LetterState
from pathways.grammar.clearance import Reader
from pathways.grammar.refusals import Remark

_DAY = timedelta(days=1)
_LATELY = 10
_AT_MOST = 200
_LONGEST = 64  # characters of a letter's id, and more than it has
_PATIENCE = 1.0  # seconds for what is far; a page is no place to wait
#: A letter that was not delivered, and may need somebody.
UNDELIVERED = (LetterState.DEAD, LetterState.HELD, LetterState.AGAIN)


@dataclass(frozen=True, kw_only=True, slots=True)
class FlowView:
    """A flow by what it left in the record: when last, for which day, how it ended, what it did, by number.

    `asked_by` and `asked_at`: who last started it by hand. `at` is None while it has left nothing.
    """

    flow: Flow
    at: datetime | None
    day: date | None = None
    state: str = ""
    did: Mapping[str, int]
    asked_by: str | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RunsView:
    """What runs by itself, what failed, and what was not delivered; `found` holds letters that were looked for.

    `failures`: what nobody has dealt with; `failing`: the States whose dossiers could not be treated since. `results`:
    what the last run of each flow came to, by the id of that run.
    """

    treaty: str
    flows: tuple[FlowView, ...]
    failures: tuple[FailureView, ...]
    failing: frozenset[str]
    undelivered: tuple[LetterView, ...]
    lately: tuple[LetterView, ...]
    sought: str
    found: tuple[LetterView, ...]
    findings: tuple[Finding, ...]
    prefect_url: str | None
    results: Mapping[str, Remark | str]


def runs_view(workspace: Workspace, *, treaty: str, letter: str = "", reader: Reader) -> RunsView:
    """Return what the record knows of its runs; NotYours to anybody but the Secretariat."""
    require_secretariat(reader)
    sought = letter.strip()[:_LONGEST]
    with workspace.reading() as connection:
        flows = tuple(_flows(workspace, connection, treaty))
        failures = tuple(one for one in open_failures(connection) if one.treaty == treaty)
        failing = frozenset(journal.failing(connection, treaty))
        results = journal.said(connection)
    return RunsView(
        treaty=treaty,
        flows=flows,
        failures=failures,
        failing=failing,
        undelivered=list_letters(workspace, states=UNDELIVERED, limit=_AT_MOST, reader=reader),
        lately=list_letters(workspace, states=(LetterState.SENT,), limit=_LATELY, reader=reader),
        sought=sought,
        found=list_letters(workspace, beginning=sought, limit=_LATELY, reader=reader) if sought else (),
        findings=check_up(workspace, patience=_PATIENCE).findings,
        prefect_url=workspace.settings.prefect_url,
        results=results,
    )


def _flows(workspace: Workspace, connection: Connection, treaty: str) -> Iterator[FlowView]:
    asked = journal.last_noted(connection, ASKED)
    names = names_of(connection, (by.actor for by in asked.values()))
    last = {
        Flow.SWEEP: _sweep(connection, treaty),
        Flow.POST: _post(workspace, connection),
        Flow.INTAKE: _intake(workspace, connection, treaty),
        Flow.AUDIT: _audit(connection),
        Flow.BACKUP: _backup(workspace),
        Flow.RETENTION: _Last(at=looked_through_at(workspace)),
        Flow.ADVANCE: _advance(connection, treaty),
    }
    for flow in FLOWS:
        found = last.get(flow, _Last())
        by = asked.get(row_of(flow))
        yield FlowView(
            flow=flow,
            **found._asdict(),
            asked_by=names.get(by.actor, by.actor) if by else None,
            asked_at=by.at if by else None,
        )


class _Last(NamedTuple):
    """What a flow left when it last ran: when that was, for which day, how it ended, and what it did."""

    at: datetime | None = None
    day: date | None = None
    state: str = ""
    did: Mapping[str, int] = MappingProxyType({})


def _sweep(connection: Connection, treaty: str) -> _Last:
    row = journal.last_sweep(connection, (treaty, runs.EVERY))
    if row is None:
        return _Last()
    at = row["finished_at"] or row["started_at"]
    shared = sweep_parts.shared(connection, row["treaty"]) if row["state"] == runs.RUNNING else None
    did = shared_sweep.so_far(connection, shared) if shared else json.loads(row["counts"])
    return _Last(at=at, day=row["day"], state=row["state"], did=did)


def _post(workspace: Workspace, connection: Connection) -> _Last:
    """Count what was tried within a day, and what waits now."""
    now = workspace.clock.now()
    waits = health.letters_by_state(connection).get(LetterState.WAITING, 0)
    return _Last(at=journal.last_try(connection), did={**journal.tries_since(connection, now - _DAY), "waiting": waits})


def _intake(workspace: Workspace, connection: Connection, treaty: str) -> _Last:
    there = {"files": len(waiting(workspace))}
    row = journal.last_file(connection, treaty)
    if row is None:
        return _Last(did=there)
    return _Last(at=row["at"], day=row["published"], did={**json.loads(row["counts"]), **there})


def _audit(connection: Connection) -> _Last:
    seal = runs.last_seal(connection)
    if seal is None:
        return _Last()
    return _Last(at=seal["sealed_at"], did={"facts": seal["facts"], "dossiers": seal["dossiers"]})


def _backup(workspace: Workspace) -> _Last:
    last = last_backup(workspace)
    return _Last(at=last.at, did={"facts": last.facts}) if last else _Last()


def _advance(connection: Connection, treaty: str) -> _Last:
    waits = {"requests": journal.requests_waiting(connection, treaty)}
    row = journal.last_request(connection, treaty)
    if row is None:
        return _Last(did=waits)
    return _Last(at=row["asked_at"], day=row["day"], state=row["result"], did=waits)
