"""The day of a duty is the treaty's, whoever is asked and on whatever day it reaches somebody."""

from datetime import date, timedelta

from casework.follow_ups.actions import hand_over, take
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import silent_states, the_secretariat
from tests.builders import clock_of

REPORTED_BY = date(2027, 5, 31)  # art. 13(3)


def near(workspace, day):
    """Sweep a day; return the follow-ups on annual reports that are due soon."""
    clock_of(workspace).stand_on(str(day))
    silent_states(workspace)
    listed = follow_up_list(workspace, open_only=True, treaty="att", reader=OPERATOR)
    return [one for one in listed if one.kind == "date_near" and one.about.startswith("annual report")]


def test_a_treatys_day_stays_whoever_it_reaches_and_the_letter_says_so(silent_record_with_mail, mail_server):
    workspace = silent_record_with_mail
    first, _ = the_secretariat(workspace)
    second, _ = the_secretariat(workspace, "Another officer")
    found = near(workspace, date(2027, 5, 24))
    assert {(one.due_on, one.is_late) for one in found} == {(REPORTED_BY, False)}
    clock_of(workspace).hour += timedelta(days=2)
    post(workspace, run="test")
    assert any("By 31 May 2027." in letter.text for letter in mail_server.messages)
    one, other, *_ = found
    take(workspace, one.id, first, reader=OPERATOR, treaty=None)
    hand_over(workspace, one.id, second, reader=OPERATOR, treaty=None)
    for id_ in (one.id, other.id):
        assert follow_up_view(workspace, id_, treaty="att", reader=OPERATOR).due_on == REPORTED_BY


def test_whom_it_reaches_on_a_later_day_is_not_late_on_that_day(silent_record_with_mail):
    workspace = silent_record_with_mail
    the_secretariat(workspace)
    one, *_ = near(workspace, date(2027, 5, 24))
    second, _ = the_secretariat(workspace, "Another officer")
    clock_of(workspace).stand_on("2027-06-10")
    hand_over(workspace, one.id, second, reader=OPERATOR, treaty=None)
    view = follow_up_view(workspace, one.id, treaty="att", reader=OPERATOR)
    assert (view.due_on, view.is_late) == (date(2027, 6, 10), False)
