"""Requested steps: what somebody asks a flow to take, taken as that person, with the rights of the day it runs."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.core.actors import note, number_of
from casework.core.readers import reader_for
from casework.core.rights import NotOnFile, NotYours, require
from casework.core.workspace import Workspace
from casework.dossiers.steps import reason_beside, take_step
from models.ledger import dossiers
from models.runs import runs
from models.store.engine import Connection
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR, Reader
from pathways.grammar.journey import NotTaken, refuse_misplaced
from pathways.grammar.projection import project
from pathways.grammar.refusals import refusal
from pathways.grammar.roles import Right

_ALREADY = " already"


@dataclass(frozen=True, kw_only=True, slots=True)
class Carried:
    """What became of a request: taken, refused, or done already."""

    request: str
    result: str

    @property
    def is_taken(self) -> bool:
        """Tell whether the step is taken, now or by a run before."""
        return self.result in ("taken", f"taken{_ALREADY}")


def request_step(
    workspace: Workspace,
    state: str,
    step: str,
    *,
    treaty: str,
    name: str,
    on: date | None = None,
    reason: str = "",
    reader: Reader,
) -> str:
    """Ask a flow to take a step; return the request's id. Rights are checked now and again when it runs.

    NotTaken when no such step leads on from the stage; what is still missing may come before the flow runs.
    """
    require(reader, Right.STEP, state, name)
    reason_beside(reason)  # refuses what cannot stand beside a step
    with workspace.registry() as connection:
        record = dossiers.record_of(connection, treaty, state)
        if record is None:
            raise NotOnFile(refusal("no_dossier", state=name))
        pathway, day = workspace.pathway(treaty), on or workspace.today()
        facts = dossiers.facts_of(connection, [record])[record.id]
        refuse_misplaced(pathway, project(pathway, state, facts, on=day, reader=reader), step)
        request = uuid.uuid4().hex
        runs.add_request(
            connection,
            id=request,
            actor=reader.actor,
            person_id=number_of(reader),
            treaty=treaty,
            state=state,
            step=step,
            day=day,
            reason=reason,
            asked_at=workspace.clock.now(),
        )
        return request


class _Answered(Exception):
    """Another run was faster: what this one did for the request is undone."""


def carry_out(workspace: Workspace, request_id: str, *, run: str) -> Carried:
    """Take the step a request asks for, as the person who asked, with that person's rights of today."""
    request = _request(workspace, request_id)
    if request["result"] == runs.WAITING:
        with suppress(_Answered):
            return Carried(request=request_id, result=_carry_out(workspace, request, run))
        request = _request(workspace, request_id)
    return Carried(request=request_id, result=f"{request['result']}{_ALREADY}")


def _request(workspace: Workspace, request_id: str) -> Any:
    with workspace.reading() as connection:
        request = runs.request(connection, request_id)
    if request is None:
        raise NotOnFile(refusal("no_such_request"))
    return request


def _carry_out(workspace: Workspace, request: Any, run: str) -> str:
    """Return what became of it; taken and answered in one transaction, so that no crash and no other run parts them."""

    def answer(connection: Connection, result: str = "taken", refusal: str = "") -> None:
        if not runs.answer_request(connection, request["id"], result=result, refusal=refusal):
            raise _Answered
        asker = Reader(actor=request["actor"])
        note(workspace, connection, asker, f"request {result}", f"request:{request['id']}", run=run)

    try:
        _take_as_asked(workspace, request, answer)
    except (NotTaken, NotYours, NotOnFile) as refused:
        with workspace.registry() as connection:
            answer(connection, "refused", " ".join(map(sentence, refused.refusals)))
        return "refused"
    return "taken"


def _take_as_asked(workspace: Workspace, request: Any, answer: Callable[[Connection], None]) -> None:
    person, treaty = request["person_id"], request["treaty"]
    take_step(
        workspace,
        request["state"],
        request["step"],
        treaty=treaty,
        name=request["state"],
        on=request["day"],
        reason=request["reason"],
        reader=OPERATOR if person is None else reader_for(workspace, person, treaty=treaty),
        also=answer,
    )
