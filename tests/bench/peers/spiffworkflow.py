"""SpiffWorkflow: a BPMN process for each case, which waits at a timer; kept as JSON beside it, without its drawing.

The drawing is parsed once. That it is not written into each case's JSON is what the library's own server does too, and
leaves the greater part out of what has to be read and written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from sqlalchemy import Column, Integer, MetaData, String, Table, bindparam, insert, update

from tests.bench.peers import contract, core
from tests.bench.peers.contract import LATER, NEXT, TODAY, Sweep, cases

_DRAWN = """<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="ways" targetNamespace="way">
  <process id="way" isExecutable="true">
    <startEvent id="opened"><outgoing>to_deposit</outgoing></startEvent>
    <sequenceFlow id="to_deposit" sourceRef="opened" targetRef="deposit" />
    <intermediateCatchEvent id="deposit" name="Deposit">
      <incoming>to_deposit</incoming><outgoing>to_implementation</outgoing>
      <timerEventDefinition id="in_force"><timeDate>enters_into_force_on</timeDate></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="to_implementation" sourceRef="deposit" targetRef="implementation" />
    <intermediateCatchEvent id="implementation" name="Implementation">
      <incoming>to_implementation</incoming><outgoing>to_end</outgoing>
      <timerEventDefinition id="next"><timeDate>next_on</timeDate></timerEventDefinition>
    </intermediateCatchEvent>
    <sequenceFlow id="to_end" sourceRef="implementation" targetRef="end" />
    <endEvent id="end"><incoming>to_end</incoming></endEvent>
  </process>
</definitions>"""

_workflows = Table("workflows", MetaData(), Column("case_id", Integer, primary_key=True), Column("state", String))
_due = core.DUE.add_columns(_workflows.c.state).join_from(cases, _workflows, _workflows.c.case_id == cases.c.id)
_keep = update(_workflows).where(_workflows.c.case_id == bindparam("_id")).values(state=bindparam("_state"))


class _WithoutDrawing(BpmnWorkflowConverter):
    """Keeps what a case has come to, and takes the drawing from where it was parsed."""

    def to_dict(self, workflow: Any) -> dict[str, Any]:
        kept: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        return kept

    def from_dict(self, dct: dict[str, Any]) -> Any:
        workflow = self.target_class(_SPEC, {}, deserializing=True)
        workflow.tasks = self.mapping_from_dict(dct["tasks"], UUID, workflow=workflow)
        workflow.task_tree = workflow.tasks.get(UUID(dct["root"]))
        self.set_default_attributes(workflow, dct)
        return workflow


def _parsed() -> Any:
    parser = BpmnParser()
    parser.add_bpmn_str(_DRAWN.encode())
    return parser.get_spec("way")


_SPEC = _parsed()
_serializer = BpmnWorkflowSerializer(
    BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: _WithoutDrawing})
)


def prepare(url: str, count: int) -> None:
    """Begin one process that is due and one that is not; the others are as these."""
    contract.prepare(url, count)
    due, later, today = _begun(str(TODAY)), _begun(str(LATER)), set(contract.due(count))
    with contract.transaction(url) as connection:
        _workflows.create(connection)
        states = ({"case_id": id_, "state": due if id_ in today else later} for id_ in range(1, count + 1))
        connection.execute(insert(_workflows), list(states))


def _begun(enters_into_force_on: str) -> str:
    workflow = BpmnWorkflow(_SPEC)
    workflow.task_tree.set_data(enters_into_force_on=enters_into_force_on, next_on=str(NEXT))
    workflow.do_engine_steps()
    kept: str = _serializer.serialize_json(workflow)
    return kept


@contextmanager
def opened(url: str) -> Iterator[Sweep]:
    """Give a loop that brings each due process back, lets its timer fire, and keeps what it has come to."""
    engine = contract.engine(url)

    def sweep() -> int:
        done = 0
        while True:
            with engine.begin() as connection:
                due = connection.execute(_due).all()
                if not due:
                    return done
                connection.execute(_keep, [{"_id": case.id, "_state": _gone_on(case.state)} for case in due])
                core.write(connection, [core.Due(*case[:3]) for case in due])
                done += len(due)

    yield sweep
    engine.dispose()


def _gone_on(state: str) -> str:
    workflow = _serializer.deserialize_json(state)
    workflow.refresh_timers()
    workflow.do_engine_steps()
    [waits] = workflow.waiting_events()
    if waits.value != str(NEXT):
        raise ValueError("A process waits for another day than the one it should have come to.")
    kept: str = _serializer.serialize_json(workflow)
    return kept
