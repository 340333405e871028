"""Whose day it is: every rung has its own, whoever is asked next is named, and whoever was asked before sees with whom.

The silent States have been so since the record was opened; each rung of theirs has fourteen days of patience.
"""

from datetime import date, timedelta

import pytest

from casework.follow_ups.actions import close, hand_over, snooze, take
from casework.follow_ups.inbox import follow_up_inbox
from casework.follow_ups.listing import follow_up_list, follow_up_view
from casework.follow_ups.whose import Part
from casework.letters.posting import post
from pathways.grammar.clearance import OPERATOR
from tests.appointments import a_champion, a_coordinator, eyes, silent_states, the_secretariat, told
from tests.builders import clock_of
from tests.mailserver import Answer

TODAY = date(2026, 11, 2)
PATIENCE = timedelta(days=14)


@pytest.fixture
def workspace(silent_record_with_mail):
    return silent_record_with_mail


@pytest.fixture
def people(workspace):
    """Give a person for each rung."""
    found = {"champion": a_champion, "coordinator": a_coordinator, "secretariat": the_secretariat}
    return {role: appoint(workspace)[0] for role, appoint in found.items()}


def on_day(workspace, day):
    """Sweep a day and carry its letters; return Angola's follow-up."""
    clock_of(workspace).stand_on(str(day))
    id_ = silent_states(workspace).get("AGO")
    clock_of(workspace).hour += timedelta(minutes=15)
    post(workspace, run=f"post {day}")
    return id_


def seen(workspace, id_, person=None):
    return follow_up_view(workspace, id_, treaty="att", reader=eyes(workspace, person) if person else OPERATOR)


def parts(workspace, id_, people):
    """Return in which part of the inbox of each of the people a follow-up stands."""
    found = {}
    for role, person in people.items():
        shown = follow_up_inbox(workspace, treaty="att", reader=eyes(workspace, person))
        found[role] = next(part for part, f in shown.open if f.id == id_)
    return found


def test_every_rung_has_its_own_day_and_nothing_is_late_on_the_day_it_reaches_somebody(workspace, people):
    day = TODAY
    for role, then in (("champion", "coordinator"), ("coordinator", "secretariat"), ("secretariat", None)):
        view = seen(workspace, on_day(workspace, day))
        assert (view.role, view.due_on, view.is_late) == (role, day + PATIENCE, False)
        assert (view.next_role, view.next_on) == (then, day + PATIENCE if then else None)
        day += PATIENCE
    view = seen(workspace, on_day(workspace, day + timedelta(days=1)))
    assert (view.due_on, view.is_late) == (day, True), "there is nobody further to ask"


def test_a_sweep_that_comes_late_gives_the_first_rung_its_whole_time(workspace, people):
    on_day(workspace, TODAY - timedelta(days=90))
    view = seen(workspace, on_day(workspace, TODAY + timedelta(days=90)))
    assert (view.role, view.due_on, view.is_late) == ("champion", TODAY + timedelta(days=104), False)


def test_what_a_late_sweep_opens_is_not_late_either_while_its_letter_waits(workspace, people):
    late = TODAY + timedelta(days=90)
    clock_of(workspace).stand_on(str(late))
    view = seen(workspace, silent_states(workspace)["AGO"])
    assert (view.opened_on, view.due_on, view.is_late) == (late, late + PATIENCE, False)


def test_the_own_day_is_counted_from_the_day_the_letter_left(workspace, people, mail_server):
    id_ = silent_states(workspace)["AGO"]
    before = seen(workspace, id_)
    assert before.next_on == before.due_on
    clock_of(workspace).stand_on("2026-11-05")
    post(workspace, run="at last")
    view = seen(workspace, id_)
    assert (view.due_on, view.next_on) == (date(2026, 11, 19), date(2026, 11, 19))
    assert any("By 19 November 2026; if it is still open then" in letter.text for letter in mail_server.messages)


def test_whom_it_has_moved_on_from_sees_so_with_whom_it_is_and_is_never_late(workspace, people):
    id_ = on_day(workspace, TODAY)
    assert parts(workspace, id_, people) == {
        "champion": Part.FOR_MY_ROLE, "coordinator": Part.OTHERS, "secretariat": Part.OTHERS,
    }  # fmt: skip
    on_day(workspace, TODAY + PATIENCE)
    assert parts(workspace, id_, people) == {
        "champion": Part.PASSED_ON, "coordinator": Part.FOR_INFORMATION, "secretariat": Part.OTHERS,
    }  # fmt: skip
    last = TODAY + 2 * PATIENCE
    on_day(workspace, last)
    on_day(workspace, last + PATIENCE + timedelta(days=1))
    assert parts(workspace, id_, people) == {
        "champion": Part.PASSED_ON, "coordinator": Part.PASSED_ON, "secretariat": Part.FOR_MY_ROLE,
    }  # fmt: skip
    for role, late in (("champion", False), ("coordinator", False), ("secretariat", True)):
        view = seen(workspace, id_, people[role])
        assert (view.is_passed_on, view.is_late, view.role) == (not late, late, "secretariat")


def test_the_inbox_lists_its_parts_in_their_order(workspace, people):
    id_ = on_day(workspace, TODAY)
    take(workspace, id_, reader=eyes(workspace, people["champion"]), treaty=None)
    on_day(workspace, TODAY + PATIENCE)
    shown = follow_up_inbox(workspace, treaty="att", reader=eyes(workspace, people["champion"]))
    order = [part for part, _ in shown.open]
    assert (order[0], set(order[1:])) == (Part.MINE, {Part.PASSED_ON})


def test_what_has_asked_the_reader_stands_before_what_never_has(workspace, people):
    id_ = on_day(workspace, TODAY)
    clock_of(workspace).stand_on("2026-11-05")
    hand_over(workspace, id_, people["secretariat"], reader=OPERATOR, treaty=None)
    post(workspace, run="test")
    hand_over(workspace, id_, people["champion"], reader=OPERATOR, treaty=None)
    shown = follow_up_inbox(workspace, treaty="att", reader=eyes(workspace, people["secretariat"]))
    order = [part for part, _ in shown.open if part in (Part.PASSED_ON, Part.OTHERS)]
    assert (order[0], set(order[1:])) == (Part.PASSED_ON, {Part.OTHERS})


def test_whom_a_rung_leaves_is_told_so_once_in_the_next_digest(workspace, people, mail_server):
    id_ = on_day(workspace, TODAY)
    champion, coordinator, secretariat = people.values()
    mail_server.messages.clear()
    on_day(workspace, TODAY + PATIENCE)
    assert told(workspace, id_) == [(champion, "chase"), (coordinator, "chase"), (champion, "news")]
    [letter] = [m.text for m in mail_server.messages if "champion.of.nam" in m.recipients[0]]
    assert "is now with whoever is asked next" in letter
    on_day(workspace, TODAY + 2 * PATIENCE)
    assert sorted(told(workspace, id_)[3:]) == [(coordinator, "news"), (secretariat, "chase")]


def test_a_rung_that_nothing_reaches_passes_on_and_the_next_has_its_whole_time(workspace, people, mail_server):
    mail_server.answers["champion.of.nam@mission.example"] = Answer.REFUSE
    id_ = on_day(workspace, TODAY)
    mail_server.answers.clear()
    on_day(workspace, TODAY + timedelta(days=1))
    view = seen(workspace, id_)
    assert (view.role, view.due_on) == ("coordinator", TODAY + timedelta(days=1) + PATIENCE)
    assert (people["champion"], "news") in told(workspace, id_)
    assert parts(workspace, id_, people)["champion"] is Part.PASSED_ON


def test_what_tells_of_the_passing_on_moves_neither_rung_nor_day(workspace, people, mail_server):
    id_ = on_day(workspace, TODAY)
    mail_server.answers["champion.of.nam@mission.example"] = Answer.LATER
    on_day(workspace, TODAY + PATIENCE)
    mail_server.answers.clear()
    mail_server.messages.clear()
    on_day(workspace, TODAY + PATIENCE + timedelta(days=1))
    assert any("is now with whoever is asked next" in letter.text for letter in mail_server.messages)
    view = seen(workspace, id_)
    assert (view.role, view.due_on, view.next_on) == ("coordinator", TODAY + 2 * PATIENCE, TODAY + 2 * PATIENCE)


def test_who_has_taken_it_keeps_it_and_the_own_day_when_a_further_rung_is_told(workspace, people):
    id_ = on_day(workspace, TODAY)
    clock_of(workspace).stand_on("2026-11-05")
    take(workspace, id_, reader=eyes(workspace, people["champion"]), treaty=None)
    assert seen(workspace, id_).due_on == TODAY + PATIENCE, "it was asked already, and has no more time by taking it"
    on_day(workspace, TODAY + PATIENCE)
    view = seen(workspace, id_)
    assert (view.owner, view.due_on) == (people["champion"], TODAY + PATIENCE)
    assert parts(workspace, id_, people)["champion"] is Part.MINE
    assert (people["champion"], "news") not in told(workspace, id_)


def test_what_somebody_took_and_left_undone_goes_on_to_the_secretariat_and_its_owner_is_told(workspace, people):
    id_ = on_day(workspace, TODAY)
    take(workspace, id_, reader=eyes(workspace, people["champion"]), treaty=None)
    for passed in (1, 2):
        on_day(workspace, TODAY + passed * PATIENCE)
        post(workspace, run="test")
        clock_of(workspace).stand_on(str(TODAY + passed * PATIENCE))
    last = TODAY + 2 * PATIENCE
    view = seen(workspace, id_)
    assert (view.owner, view.role, view.due_on, view.is_late) == (None, "secretariat", last + PATIENCE, False)
    assert parts(workspace, id_, people)["champion"] is Part.PASSED_ON
    assert (people["champion"], "news") in told(workspace, id_)


def test_who_takes_what_another_was_asked_has_the_whole_time_and_the_other_is_told(workspace, people):
    id_ = on_day(workspace, TODAY)
    clock_of(workspace).stand_on("2026-11-12")
    take(workspace, id_, reader=eyes(workspace, people["coordinator"]), treaty=None)
    view = seen(workspace, id_)
    assert (view.due_on, view.next_on) == (date(2026, 11, 26), date(2026, 11, 26))
    assert parts(workspace, id_, people)["champion"] is Part.PASSED_ON
    assert told(workspace, id_)[-1] == (people["champion"], "news")
    hand_over(workspace, id_, people["champion"], reader=OPERATOR, treaty=None)
    assert told(workspace, id_)[-1] == (people["coordinator"], "news"), "no letter had asked; it was taken all the same"


def test_who_gets_it_has_the_whole_time_and_whoever_had_it_is_told_unless_it_was_their_doing(workspace, people):
    other, _ = a_champion(workspace, "ZAF")
    id_ = on_day(workspace, TODAY)
    clock_of(workspace).stand_on("2026-12-28")
    hand_over(workspace, id_, other, reader=eyes(workspace, people["champion"]), treaty=None)
    view = seen(workspace, id_)
    assert (view.due_on, view.is_late, view.next_on) == (date(2027, 1, 11), False, date(2027, 1, 11))
    assert parts(workspace, id_, people)["champion"] is Part.PASSED_ON
    assert seen(workspace, id_, people["champion"]).owner_name == "Champion of ZAF"
    assert (people["champion"], "news") not in told(workspace, id_)
    hand_over(workspace, id_, people["champion"], reader=OPERATOR, treaty=None)
    assert (other, "news") not in told(workspace, id_), "the letter that asked had not left"
    post(workspace, run="test")
    hand_over(workspace, id_, other, reader=OPERATOR, treaty=None)
    assert told(workspace, id_)[-1] == (people["champion"], "news")


def test_what_rests_is_passed_on_to_nobody_and_has_its_whole_time_afterwards(workspace, people):
    id_ = on_day(workspace, TODAY)
    for until in ("2026-11-10", "2026-11-16"):
        rests = date.fromisoformat(until)
        snooze(workspace, id_, until=rests, reason="elections", reader=OPERATOR, treaty=None)
        view = seen(workspace, id_)
        assert (view.role, view.next_role, view.next_on) == ("champion", "champion", rests)
    assert parts(workspace, id_, people)["champion"] is Part.FOR_MY_ROLE
    on_day(workspace, "2026-11-16")
    view = seen(workspace, id_)
    assert (view.role, view.due_on, view.snoozed_until) == ("champion", date(2026, 11, 30), None)
    assert (people["champion"], "news") not in told(workspace, id_)


def test_what_is_given_away_while_it_rests_asks_nobody_further_before_its_letter_has_left(workspace, people):
    other, _ = a_champion(workspace, "ZAF")
    id_ = on_day(workspace, TODAY)
    snooze(workspace, id_, until=date(2026, 11, 10), reason="elections", reader=OPERATOR, treaty=None)
    hand_over(workspace, id_, other, reader=OPERATOR, treaty=None)
    clock_of(workspace).stand_on("2026-11-30")
    silent_states(workspace)
    assert (people["coordinator"], "chase") not in told(workspace, id_)


def test_a_rung_that_nobody_holds_is_not_announced(workspace):
    a_champion(workspace)
    the_secretariat(workspace)
    view = seen(workspace, on_day(workspace, TODAY))
    assert (view.next_role, view.next_on) == ("secretariat", TODAY + PATIENCE)


def test_the_letter_says_by_when_and_who_is_asked_next(workspace, people, mail_server):
    on_day(workspace, TODAY)
    [letter] = [m.text for m in mail_server.messages if "champion.of.nam" in m.recipients[0]]
    assert "By 16 November 2026; if it is still open then, it goes on to the regional coordinator." in letter
    mail_server.messages.clear()
    on_day(workspace, TODAY + PATIENCE)
    [letter] = [m.text for m in mail_server.messages if "coordinator.of.nam" in m.recipients[0]]
    assert "If it is still open on 30 November 2026, it goes on to the Secretariat." in letter
    assert "By 30 November" not in letter, "of a coordinator nothing is asked"
    mail_server.messages.clear()
    on_day(workspace, TODAY + 2 * PATIENCE)
    [letter] = [m.text for m in mail_server.messages if "desk.officer" in m.recipients[0]]
    assert "By 14 December 2026." in letter


def test_what_is_closed_has_nobody_who_is_asked_next(workspace, people):
    id_ = on_day(workspace, TODAY)
    close(workspace, id_, "done: they will answer", reader=OPERATOR, treaty=None)
    [view] = [f for f in follow_up_list(workspace, treaty="att", reader=OPERATOR) if f.id == id_]
    assert (view.next_role, view.next_on, view.is_passed_on) == (None, None, False)
