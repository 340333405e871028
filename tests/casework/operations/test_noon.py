"""Noon: a sweep that has not completed by then is told once, by letter, and stands on the list until dealt with."""

from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from threading import Barrier, Thread

import pytest

from casework.core.workspace import Workspace
from casework.follow_ups.actions import close
from casework.follow_ups.failures import open_failures
from casework.letters.administration import list_letters
from casework.operations import noon
from casework.operations.checkup_of_record import of_record
from casework.operations.noon import alert_at_noon
from casework.operations.sweep import sweep
from casework.record.opening import open_record
from models.store.engine import Store
from notifications.refusals import sentence
from pathways.grammar.clearance import OPERATOR
from pathways.grammar.refusals import Refused
from tests.builders import clock_of, days_pass
from tests.casework.letters.at_the_post import a_person
from tests.casework.sweeps import many, swept

#: Noon of the zone in summer, on the day after the record was opened.
NOON = datetime(2026, 7, 25, 10, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def office(record):
    """Give a record with two people of the Secretariat who can be reached, and one who cannot."""
    for name in ("Ann", "Bo"):
        a_person(record, name, role="secretariat")
    a_person(record, "Cy", role="secretariat", vouched_by=None)
    return record


def looked(workspace, at):
    clock_of(workspace).hour = at
    return alert_at_noon(workspace)


def letters(workspace):
    return [one.name for one in list_letters(workspace, reader=OPERATOR)]


def failures(workspace):
    with workspace.reading() as connection:
        return open_failures(connection)


def test_at_noon_everybody_of_the_secretariat_who_can_be_reached_gets_one_letter(office):
    assert looked(office, NOON - MINUTE) == ()
    assert letters(office) == []
    assert looked(office, NOON) == ("att",)
    assert sorted(letters(office)) == ["Ann", "Bo"]
    assert looked(office, NOON + 5 * MINUTE) == ("att",)
    assert looked(office, NOON + timedelta(hours=11)) == ("att",)
    assert sorted(letters(office)) == ["Ann", "Bo"]


def test_whoever_else_serves_hears_nothing(record):
    a_person(record, "Ann", role="champion")
    looked(record, NOON)
    assert letters(record) == []


def test_it_stands_in_the_check_up_and_on_the_list_until_somebody_has_dealt_with_it(office):
    looked(office, NOON)
    [failure] = failures(office)
    assert (failure.about, failure.treaty, failure.state) == ("sweep", "att", None)
    assert [sentence(one) for one in failure.reasons] == ["On 2026-07-25 no sweep had completed by noon."]
    assert any(one.name == "not dealt with: sweep" for one in of_record(office))
    swept(office)
    assert looked(office, NOON + MINUTE) == ()
    assert failures(office) == (failure,), "no success hides it"
    close(office, failure.follow_up, "done: the machine was off", treaty="att", reader=OPERATOR)
    assert failures(office) == ()


def test_what_was_dealt_with_comes_back_with_the_next_day_that_is_missed_and_not_before(office):
    looked(office, NOON)
    [failure] = failures(office)
    close(office, failure.follow_up, "done: restarted", treaty="att", reader=OPERATOR)
    looked(office, NOON + 5 * MINUTE)
    assert failures(office) == ()
    looked(office, NOON + DAY)
    [again] = failures(office)
    assert again.at == NOON + DAY
    assert sorted(letters(office)) == ["Ann", "Ann", "Bo", "Bo"]


def test_days_that_are_missed_one_after_the_other_are_one_matter_and_a_letter_each(office):
    for days in range(3):
        looked(office, NOON + days * DAY)
    [failure] = failures(office)
    assert (failure.at, failure.last_at) == (NOON, NOON + 2 * DAY)
    assert len(letters(office)) == 6


def test_where_nobody_can_be_reached_it_is_on_the_list_all_the_same(record):
    assert looked(record, NOON) == ("att",)
    assert letters(record) == []
    assert len(failures(record)) == 1


@pytest.mark.parametrize("treaty", ["att", None])
def test_a_day_that_was_swept_is_no_matter(office, treaty):
    clock_of(office).hour = datetime.combine(NOON.date(), time(4), UTC)
    sweep(office, treaty, run="morning")
    assert looked(office, NOON) == ()


def test_a_sweep_of_the_day_before_that_ran_late_is_none_of_today(office):
    clock_of(office).hour = NOON - MINUTE
    sweep(office, "att", on=NOON.date() - DAY, run="late")
    assert looked(office, NOON) == ("att",)


def test_a_sweep_that_died_is_none(office, monkeypatch):
    def dies(*_, **__):
        raise Refused

    clock_of(office).hour = NOON - MINUTE
    with monkeypatch.context() as broken:
        broken.setattr("casework.follow_ups.reminders.remind", dies)
        with pytest.raises(Refused):
            swept(office)
    assert looked(office, NOON) == ("att",)


def test_a_record_that_was_opened_today_has_done_what_today_brought(office):
    assert looked(office, NOON - DAY + MINUTE) == ()


def test_a_training_record_alerts_nobody(training):
    a_person(training, "Ann", role="secretariat")
    days_pass(training, "2022-07-01")
    assert looked(training, NOON) == ()


def test_noon_is_that_of_the_zone_also_in_winter(office):
    winter = datetime(2026, 12, 1, 11, tzinfo=UTC)
    assert looked(office, winter - MINUTE) == ()
    assert looked(office, winter) == ("att",)


def test_after_a_clock_that_went_ahead_only_what_is_due_and_left_is_told(office):
    clock_of(office).hour = NOON + 400 * DAY
    swept(office)
    assert looked(office, NOON) == ()
    many(office)
    assert looked(office, NOON) == ("att",)


def test_a_desk_whose_clock_went_ahead_keeps_no_later_day_silent(office):
    looked(office, NOON + 30 * DAY)
    assert looked(office, NOON) == ("att",)
    looked(office, NOON + 30 * DAY)
    assert len(letters(office)) == 4


def test_what_is_killed_before_it_is_written_whole_is_done_by_the_next_look(office, monkeypatch):
    def dies(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(noon, "write_noon_letter", dies)
        with pytest.raises(KeyboardInterrupt):
            looked(office, NOON)
    assert (letters(office), failures(office)) == ([], ())
    looked(office, NOON)
    assert sorted(letters(office)) == ["Ann", "Bo"]


def test_of_two_desks_that_look_at_once_one_writes(office, monkeypatch):
    clock_of(office).hour = NOON
    monkeypatch.setattr(noon, "_tell_once", _met_before(noon._tell_once, Barrier(2)))
    desks = [closing(Workspace(office.settings, Store(office.settings.url), office.clock)) for _ in range(2)]
    with desks[0] as one, desks[1] as other:
        looking = [Thread(target=alert_at_noon, args=(desk,)) for desk in (one, other)]
        for desk in looking:
            desk.start()
        for desk in looking:
            desk.join()
    assert sorted(letters(office)) == ["Ann", "Bo"]
    assert len(failures(office)) == 1


def _met_before(goes_on, both):
    def met(*told):
        both.wait(30)
        goes_on(*told)

    return met


def test_on_the_day_a_second_treaty_is_opened_the_first_is_told_and_the_second_is_not(office, rivers):
    clock_of(office).hour = NOON - MINUTE
    open_record(office, treaty=rivers.key)
    assert looked(office, NOON) == ("att",)
    assert looked(office, NOON + DAY) == ("att", rivers.key)
