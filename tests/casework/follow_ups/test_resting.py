"""A follow-up rests until a later day for a reason, and for no longer than its stage has patience."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from casework.follow_ups.actions import NotFollowedUp, snooze
from casework.follow_ups.listing import follow_up_list, follow_up_view
from pathways.grammar.clearance import OPERATOR
from tests.appointments import (
    SILENT_ON,
    a_champion,
    silent_states,
    the_secretariat,
    told,
)
from tests.builders import clock_of

TODAY = SILENT_ON
NEXT_WEEK = date(2026, 11, 9)


@pytest.fixture
def workspace(silent_record):
    return silent_record


def test_a_follow_up_rests_until_a_later_day_for_a_reason(workspace):
    id_ = silent_states(workspace)["AGO"]
    with pytest.raises(NotFollowedUp) as refused:
        snooze(workspace, id_, until=TODAY, reason=" ", reader=OPERATOR, treaty=None)
    assert refused.value.codes == ("rests_until_a_later_day", "say_why_it_rests")
    snooze(workspace, id_, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)
    assert (view.snoozed_until, view.snooze_reason, view.closed_on) == (NEXT_WEEK, "elections", None)


@pytest.mark.parametrize(
    ("patience", "latest"), [(14, "2026-11-16"), (30, "2026-12-02"), (180, "2027-05-01"), (365, "2027-05-01")]
)
def test_a_follow_up_rests_no_longer_than_its_stage_has_patience_and_never_half_a_year(workspace, patience, latest):
    id_, last = silent_states(workspace)["AGO"], date.fromisoformat(latest)
    with workspace.registry() as connection:
        connection.execute(text("UPDATE follow_up SET patience = :days"), {"days": patience})
    with pytest.raises(NotFollowedUp) as refused:
        snooze(workspace, id_, until=last + timedelta(days=1), reason="why", reader=OPERATOR, treaty=None)
    (found,) = refused.value.refusals
    assert (found.code, found.field, found.values["latest"]) == ("rests_no_longer", "until", last)
    assert snooze(workspace, id_, until=last, reason="why", reader=OPERATOR, treaty=None).snoozed_until == last


def test_while_a_follow_up_rests_nobody_is_told_and_then_whoever_was_asked_last_is_again(workspace):
    (champion, _), (officer, _) = a_champion(workspace), the_secretariat(workspace)
    id_ = silent_states(workspace)["AGO"]
    vacant = next(f.id for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.kind == "nobody")
    for follow_up in (id_, vacant):
        snooze(workspace, follow_up, until=NEXT_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on("2026-11-08")
    silent_states(workspace)
    assert (told(workspace, id_), told(workspace, vacant)) == ([], [])
    clock_of(workspace).stand_on(str(NEXT_WEEK))
    silent_states(workspace)
    assert (told(workspace, id_), told(workspace, vacant)) == ([(champion, "chase")], [(officer, "task")])


def test_a_follow_up_may_rest_more_than_once(workspace):
    champion, _ = a_champion(workspace)
    id_ = silent_states(workspace)["AGO"]
    for until in (NEXT_WEEK, date(2026, 11, 16)):
        snooze(workspace, id_, until=until, reason="elections", reader=OPERATOR, treaty=None)
        clock_of(workspace).stand_on(str(until))
        silent_states(workspace)
        assert told(workspace, id_) == [(champion, "chase")]
