"""What the check-up says of who is at work on the record."""

from datetime import timedelta

import pytest

from casework.operations.checkup_of_record import of_record
from casework.operations.findings import Condition
from models.runs import runs


@pytest.mark.parametrize(
    ("ahead", "condition", "says"),
    [
        (timedelta(0), Condition.FINE, "lease_at_work"),
        (timedelta(seconds=-61), Condition.LATE, "lease_silent"),
        (timedelta(hours=1), Condition.LATE, "lease_not_believed"),
    ],
)
def test_who_is_silent_is_late_and_so_is_who_took_a_lease_by_a_clock_that_was_wrong(record, ahead, condition, says):
    with record.registry() as connection:
        runs.take_lease(connection, "audit", "one", now=record.clock.now() + ahead, seconds=60)
    [found] = [one for one in of_record(record) if one.what == "lease"]
    assert (found.of, found.condition, found.says.code) == ("audit", condition, says)
