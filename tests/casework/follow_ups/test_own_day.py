"""The day for which somebody has opened a follow-up stands, whoever has it and whenever a sweep runs."""

from datetime import date

import pytest

from casework.follow_ups.actions import hand_over
from casework.follow_ups.listing import follow_up_view
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, eyes
from tests.casework.follow_ups.test_own import THE_DAY, opened, swept


@pytest.mark.parametrize("is_handed_over", [False, True])
def test_its_day_stands_where_no_sweep_ran_on_it(silent_record_with_mail, is_handed_over):
    workspace = silent_record_with_mail
    (one, _), (two, _) = a_champion(workspace, "NAM"), a_champion(workspace, "ZAF")
    id_ = opened(workspace, eyes(workspace, one))
    if is_handed_over:
        hand_over(workspace, id_, two, reader=eyes(workspace, one), treaty=None)
        post(workspace, run="at once")
    swept(workspace, date(2026, 11, 21))
    post(workspace, run="the day after")
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (view.due_on, view.is_late) == (THE_DAY, True)
    swept(workspace, date(2026, 11, 22))
    post(workspace, run="two days after")
    assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).due_on == THE_DAY
