"""Nobody is forgotten: what its last rung leaves open is brought up again, once it is late, in one letter of a week.

Angola's follow-up reaches the Secretariat on Monday 30 November 2026, and is due on 14 December.
"""

from datetime import date, timedelta

import pytest

from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.listing import follow_up_view
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, a_coordinator, eyes, silent_states, the_secretariat, told
from tests.builders import clock_of
from tests.mailserver import Answer

REACHED, DUE = date(2026, 11, 30), date(2026, 12, 14)
A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
AGAIN = DUE + A_WEEK  # the Monday after it was due


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


@pytest.fixture
def officer(workspace):
    a_champion(workspace)
    a_coordinator(workspace)
    return the_secretariat(workspace)[0]


def on_day(workspace, day, *, posted=True):
    """Sweep a day and carry its letters; return Angola's follow-up."""
    clock_of(workspace).stand_on(str(day))
    id_ = silent_states(workspace).get("AGO")
    clock_of(workspace).hour += timedelta(minutes=15)
    if posted:
        post(workspace, run=f"post {day}")
    return id_


def with_the_secretariat(workspace):
    for weeks in (4, 2, 0):
        id_ = on_day(workspace, REACHED - weeks * A_WEEK)
    return id_


def reminders(workspace, id_, person):
    return told(workspace, id_).count((person, "chase"))


def seen(workspace, id_):
    return follow_up_view(workspace, id_, treaty="att", reader=OPERATOR)


def test_the_last_to_be_asked_are_asked_again_on_mondays_while_it_is_late(workspace, officer):
    id_ = with_the_secretariat(workspace)
    days, before = [], reminders(workspace, id_, officer)
    for day in (REACHED + n * A_DAY for n in (7, *range(14, 40))):
        on_day(workspace, day)
        if reminders(workspace, id_, officer) > before:
            days.append(day)
            before += 1
    assert days == [AGAIN, AGAIN + 2 * A_WEEK]


def test_it_stays_as_late_as_it_was(workspace, officer):
    with_the_secretariat(workspace)
    view = seen(workspace, on_day(workspace, AGAIN))
    assert (view.role, view.due_on, view.is_late, view.next_role) == ("secretariat", DUE, True, None)


def test_the_letter_says_that_it_was_asked_before(workspace, officer, mail_server):
    with_the_secretariat(workspace)
    mail_server.messages.clear()
    on_day(workspace, AGAIN)
    [letter] = [m.text for m in mail_server.messages if "desk.officer" in m.recipients[0]]
    assert "It was asked before, and is still open." in letter
    assert "By 14 December" not in letter


def test_who_of_the_secretariat_has_taken_it_is_the_one_reminded(workspace, officer):
    colleague, _ = the_secretariat(workspace, "Colleague")
    id_ = with_the_secretariat(workspace)
    take(workspace, id_, reader=eyes(workspace, colleague), treaty=None)
    on_day(workspace, AGAIN)
    assert (reminders(workspace, id_, officer), reminders(workspace, id_, colleague)) == (1, 1)
    assert (seen(workspace, id_).owner, seen(workspace, id_).due_on) == (colleague, DUE)


def test_what_was_given_away_and_left_undone_comes_back_to_the_secretariat(workspace, officer):
    champion, _ = a_champion(workspace, "ZAF")
    id_ = with_the_secretariat(workspace)
    hand_over(workspace, id_, champion, reader=OPERATOR, treaty=None)
    on_day(workspace, REACHED + A_DAY)
    on_day(workspace, DUE + A_DAY)
    assert seen(workspace, id_).owner == champion
    on_day(workspace, AGAIN)
    view = seen(workspace, id_)
    assert (view.owner, view.role, view.due_on, view.is_late) == (None, "secretariat", AGAIN + 2 * A_WEEK, False)
    assert (champion, "news") in told(workspace, id_)
    assert reminders(workspace, id_, officer) == 2


def test_nobody_is_asked_again_while_the_letter_before_has_not_left(workspace, officer):
    with_the_secretariat(workspace)
    id_ = on_day(workspace, AGAIN, posted=False)
    for weeks in (2, 4, 6):
        on_day(workspace, AGAIN + weeks * A_WEEK, posted=False)
    assert reminders(workspace, id_, officer) == 2


def test_a_last_rung_that_no_letter_reaches_is_asked_again_as_well(workspace, officer, mail_server):
    mail_server.answers["desk.officer@mission.example"] = Answer.REFUSE
    id_ = with_the_secretariat(workspace)
    mail_server.answers.clear()
    on_day(workspace, AGAIN)
    assert reminders(workspace, id_, officer) == 2


def test_what_rests_or_is_closed_is_brought_up_no_more(workspace, officer):
    id_ = with_the_secretariat(workspace)
    clock_of(workspace).stand_on(str(DUE))
    snooze(workspace, id_, until=DUE + 2 * A_WEEK, reason="elections", reader=OPERATOR, treaty=None)
    on_day(workspace, AGAIN)
    assert reminders(workspace, id_, officer) == 1
    close(workspace, id_, "not needed: the mission will answer", reader=OPERATOR, treaty=None)
    on_day(workspace, AGAIN + 4 * A_WEEK)
    assert reminders(workspace, id_, officer) == 1


def test_while_nobody_serves_the_last_rung_it_waits_for_whoever_comes(workspace):
    champion, _ = a_champion(workspace)
    id_ = on_day(workspace, REACHED - 4 * A_WEEK)
    on_day(workspace, AGAIN)
    officer, _ = the_secretariat(workspace)
    on_day(workspace, AGAIN + A_DAY)
    assert (reminders(workspace, id_, champion), reminders(workspace, id_, officer)) == (1, 1)
