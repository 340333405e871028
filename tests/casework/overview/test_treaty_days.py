"""Days that the treaty brings by itself: near ones stand among a State's matters, until their step is taken."""

import pytest

from pathways.grammar.dates import DayRange
from pathways.grammar.journey import DueStep
from pathways.grammar.pathway import By
from pathways.grammar.stages import Stage
from tests.builders import ATT
from tests.casework.overview.case_material import TODAY, in_days, matters, the_state


@pytest.mark.parametrize(
    ("force", "leaves", "found"),
    [
        (-1, None, []),
        (0, None, [("entry_into_force", 0)]),
        (30, None, [("entry_into_force", 30)]),
        (31, None, []),
        (None, -1, []),
        (None, 0, [("withdrawal", 0)]),
        (None, 30, [("withdrawal", 30)]),
        (None, 31, []),
        (10, 20, [("withdrawal", 20)]),  # of who leaves, that it was bound is no news
        (10, 90, []),
    ],
)
def test_a_date_of_the_treaty_stands_there_for_its_last_thirty_days_and_wants_nobody(force, leaves, found):
    snapshot = the_state(
        entry_into_force=None if force is None else DayRange(in_days(force - 5), in_days(force)),
        withdrawal_effective=None if leaves is None else in_days(leaves),
    )
    there = matters("nobody", snapshot)
    assert [(matter.occasion, matter.days) for matter in there] == found
    assert all(matter.wants_nobody and not matter.asked and not matter.is_others for matter in there)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ({"entry_into_force": DayRange(TODAY, TODAY)}, Stage.IMPLEMENTATION),
        ({"withdrawal_effective": TODAY}, Stage.OUTSIDE),
    ],
)
def test_on_its_day_it_stands_there_until_the_step_is_taken_or_all_day_where_that_may_not_be_known(said, target):
    [step] = [one for one in ATT.steps if one.by is By.DATE and one.target is target]
    waits, taken = (DueStep(step=step, on=TODAY),), ()
    for steps, stage, there in ((waits, Stage.DEPOSIT, 1), (waits, target, 1), (taken, target, 0), (taken, None, 1)):
        assert len(matters("nobody", the_state(stage=stage, steps=steps, **said))) == there
