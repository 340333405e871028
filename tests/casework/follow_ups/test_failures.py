"""What failed stands on the list since the hour at which it was met first, until a person has dealt with it."""

from datetime import timedelta

from casework.follow_ups.actions import close
from casework.follow_ups.failures import RUN_FAILED, note_failure, open_failures
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import refusal
from tests.builders import clock_of


def met(workspace):
    """Let a run fail an hour later; return how that stands on the list."""
    clock_of(workspace).hour += timedelta(hours=1)
    with workspace.registry() as connection:
        told = {"mark": "audit", "about": "audit", "reasons": [refusal("run_stopped", kind="ValueError")]}
        note_failure(workspace, connection, RUN_FAILED, treaty="att", **told)
        [one] = open_failures(connection)
    return one


def test_a_failure_met_again_keeps_its_first_hour_until_somebody_has_closed_it(record):
    first, again = met(record), met(record)
    assert (again.follow_up, again.at) == (first.follow_up, first.at)
    assert again.last_at == first.at + timedelta(hours=1)
    close(record, again.follow_up, "done: mended", reader=OPERATOR, treaty="att")
    assert met(record).at == first.at + timedelta(hours=2)
