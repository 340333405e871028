"""The flow “retention” tells how much was kept long enough, and of whom it tells nothing."""

from casework.people.persons import add_person
from casework.record.opening import move_clock
from flows.retention import retention
from pathways.grammar.clearance import OPERATOR
from tests.builders import a_day
from tests.flows.test_flows import count, tells_nothing


def test_retention_says_how_much_and_names_nobody(window, workspace):
    add_person(workspace, "Ruritania Jones", email="jones@x.test", reader=OPERATOR)
    move_clock(workspace, a_day("2023-07-01"))
    ran = window.run(retention)
    assert ran.name == "retention 2023-07-01"
    assert ran.message == "Proposed to be erased by the rules of retention: 1"
    assert count(ran, "proposed to be erased") == 1
    assert tells_nothing(ran)
