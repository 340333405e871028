"""The own day where patience does not count: a duty's is the treaty's, and one that a person chose is that person's."""

from datetime import date, timedelta

import pytest

from casework.follow_ups.actions import hand_over, take
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.own import Intention, open_own
from casework.letters.posting import post
from casework.operations.sweep import sweep
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, eyes, silent_states, the_secretariat
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


def test_whoever_is_appointed_in_the_last_days_has_the_treatys_day_too(silent_record):
    one, *_ = near(silent_record, date(2027, 5, 24))
    the_secretariat(silent_record)
    near(silent_record, date(2027, 5, 25))
    view = follow_up_view(silent_record, one.id, treaty="att", reader=OPERATOR)
    assert (view.role, view.due_on) == ("secretariat", REPORTED_BY)


@pytest.mark.parametrize(("left_on", "by"), [("2026-11-20", "20 November 2026"), ("2026-11-23", "20 November 2026")])
def test_a_letter_about_ones_own_names_its_day_however_late_it_leaves(
    silent_record_with_mail, mail_server, left_on, by
):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    meant = Intention(words="Call the mission", on=date(2026, 11, 20), state="AGO")
    open_own(workspace, meant, reader=eyes(workspace, person), treaty="att")
    clock_of(workspace).stand_on("2026-11-20")
    sweep(workspace, run="of its day", treaty="att")
    clock_of(workspace).stand_on(left_on)
    post(workspace, run="test")
    [letter] = [one.text for one in mail_server.messages if "champion.of.nam" in one.recipients[0]]
    assert f"is yours to do. By {by}.\n" in letter


@pytest.mark.parametrize("role", ["champion", "secretariat"])
def test_the_day_of_ones_own_stands_when_the_sweep_and_the_letter_come_days_after_it(silent_record_with_mail, role):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace) if role == "champion" else the_secretariat(workspace)
    meant = Intention(words="Call the mission", on=date(2026, 11, 20), state="AGO")
    own = open_own(workspace, meant, reader=eyes(workspace, person), treaty="att").follow_up.id
    clock_of(workspace).stand_on("2026-11-25")
    sweep(workspace, run="five days after", treaty="att")
    post(workspace, run="test")
    view = follow_up_view(workspace, own, treaty="att", reader=eyes(workspace, person))
    assert (view.due_on, view.is_late) == (date(2026, 11, 20), True)


def test_who_has_it_from_somebody_else_has_a_day_to_come_where_the_letter_leaves_late(
    silent_record_with_mail, mail_server
):
    workspace = silent_record_with_mail
    person, _ = a_champion(workspace)
    meant = Intention(words="Call the mission", on=date(2026, 11, 20), state="AGO", owner=person)
    own = open_own(workspace, meant, reader=OPERATOR, treaty="att").follow_up.id
    clock_of(workspace).stand_on("2026-11-20")
    sweep(workspace, run="of its day", treaty="att")
    clock_of(workspace).stand_on("2026-11-23")
    post(workspace, run="test")
    view = follow_up_view(workspace, own, treaty="att", reader=OPERATOR)
    assert (view.due_on, view.is_late) == (date(2026, 12, 7), False)
    assert any("By 7 December 2026." in letter.text for letter in mail_server.messages)
